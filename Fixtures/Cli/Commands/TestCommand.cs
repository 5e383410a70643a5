// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.CommandLine;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Libreswan;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>test</c>: everything a contributor must see pass, the unit tests and the suite.</summary>
internal static class TestCommand
{
    /// <summary>
    /// Peers that are not part of the test: not every scenario that judges the suite, too, passes against them yet.
    /// <c>run</c> has them.
    /// </summary>
    private static readonly ImmutableArray<string> LeftOut = [LibreswanDriver.PeerName];

    /// <summary>The command.</summary>
    public static Command Build(PeerCatalog catalog, Terminal terminal)
    {
        var execution = new ExecutionOptions();
        var command = new Command("test", "Runs the unit tests, every scenario, and the tests of the container peers' drivers; the last line counts all.");
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
        var containerPeers = catalog.Drivers.Where(driver => driver is { NeedsContainer: true, IsByNameOnly: false }).Select(driver => driver.Name).ToArray();
        var units = await UnitTests.RunAsync(checkout, containerPeers, terminal, interruption.Token);
        if (interruption.Status is { } interrupted)
        {
            return interrupted;
        }

        var everything = new ScenarioChoice([], Selection.All) { SparesPeersTheReceivedFields = true, PeersLeftOut = LeftOut };
        var suite = await new SuiteRun(everything, execution, catalog, terminal).ExecuteAsync(interruption);
        var total = units + TestCounts.Of(suite, execution.Strict);

        // The network between the gateways belongs to one run at a time: a driver's own tests come when the suite has left it.
        foreach (var peer in containerPeers.Intersect(suite.Peers))
        {
            total += await UnitTests.RunAgainstAsync(peer, checkout, terminal, interruption.Token);
        }

        if (interruption.Status is { } late)
        {
            return late;
        }

        if (suite.Findings > 0)
        {
            terminal.Out.WriteLine($"{suite.Findings} findings about peers: a MUST broken in scenarios that judge the peer alone; not counted, see the report");
        }

        terminal.Out.WriteLine(total);
        var status = suite.StatusWithoutFindings;
        return status == (int)ExitStatus.AsExpected && total.Failed > 0 ? (int)ExitStatus.Unexpected : status;
    }
}
