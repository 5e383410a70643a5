// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>run</c>: runs scenarios.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Build(PeerCatalog catalog, Terminal terminal)
    {
        var selection = new SelectionOptions();
        var target = new TargetOptions();
        var execution = new ExecutionOptions();
        var command = new Command("run", "Runs scenarios, by default all against self and every container peer that can be started here.");
        selection.AddTo(command, catalog);
        target.AddTo(command);
        execution.AddTo(command);
        command.SetAction(parsed =>
        {
            var (peers, choice) = target.Join(parsed, catalog, selection.Read(parsed, catalog));
            return RunAsync(new SuiteRun(choice, execution.Read(parsed), peers, terminal), terminal);
        });
        return command;
    }

    private static async Task<int> RunAsync(SuiteRun run, Terminal terminal)
    {
        using var interruption = new Interruption(terminal.Error);
        var result = await run.ExecuteAsync(interruption);
        return result.Status;
    }
}
