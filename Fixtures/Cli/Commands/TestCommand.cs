// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>test</c>: everything a contributor must see pass, the unit tests and the suite.</summary>
internal static class TestCommand
{
    /// <summary>The command.</summary>
    public static Command Build(PeerCatalog catalog, Terminal terminal)
    {
        var execution = new ExecutionOptions();
        var command = new Command("test", "Runs the unit tests, then every scenario; the last line counts both.");
        execution.AddTo(command);
        command.SetAction(parsed => RunAsync(execution.Read(parsed), catalog, terminal));
        return command;
    }

    private static async Task<int> RunAsync(Execution execution, PeerCatalog catalog, Terminal terminal)
    {
        if (Checkout.Find() is not { } checkout)
        {
            return terminal.Fail((int)ExitStatus.Environment, "test needs the source tree: run it from a checkout");
        }

        using var interruption = new Interruption(terminal.Error);
        var units = await UnitTests.RunAsync(checkout, terminal, interruption.Token);
        if (interruption.Status is { } interrupted)
        {
            return interrupted;
        }

        var everything = new ScenarioChoice([], Selection.All);
        var suite = await new SuiteRun(everything, execution, catalog, terminal).ExecuteAsync(interruption);
        var total = units + TestCounts.Of(suite, execution.Strict);
        terminal.Out.WriteLine(total);
        return suite.Status == (int)ExitStatus.AsExpected && total.Failed > 0 ? (int)ExitStatus.Unexpected : suite.Status;
    }
}
