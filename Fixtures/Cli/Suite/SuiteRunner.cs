// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Suite;

/// <summary>Runs chosen scenarios of a loaded suite.</summary>
internal static class SuiteRunner
{
    /// <summary>How long scenarios that were running when the user ended the run may take to notice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs the scenarios, several times over if asked to. Returns early when the user ends the run.</summary>
    public static Task RunAsync(LoadedSuite suite, RunSession session, IReadOnlyCollection<SuiteScenario> chosen, int rounds) => Task.Run(() =>
    {
        var filter = new ChosenTests(chosen.Select(scenario => scenario.Identity.TestId));
        for (var round = 1; round <= rounds && !session.Stopping.IsCancellationRequested; round++)
        {
            session.BeginRound(round);
            suite.Runner.RunAsync(new LostScenarios(session, chosen.Select(scenario => scenario.Identity)), filter);
            WaitForEnd(suite, session);
        }
    });

    private static void WaitForEnd(LoadedSuite suite, RunSession session)
    {
        while (!suite.Runner.WaitForCompletion((int)Glance.TotalMilliseconds))
        {
            if (session.Stopping.IsCancellationRequested)
            {
                suite.Runner.StopRun(force: false);
                suite.Runner.WaitForCompletion((int)Grace.TotalMilliseconds);
                return;
            }
        }
    }
}
