// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Cli.Progress;
using Ipsec.Fixtures.Cli.Suite;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>One run of the suite, from the choice of scenarios to the reports.</summary>
internal sealed class SuiteRun(ScenarioChoice choice, Execution execution, PeerCatalog catalog, Terminal terminal)
{
    /// <summary>Runs, reports, cleans up.</summary>
    public async Task<SuiteRunResult> ExecuteAsync(Interruption interruption)
    {
        if (!OutputFolder.TryMake(execution.Out, out var folder, out var error))
        {
            return new SuiteRunResult(terminal.Fail((int)ExitStatus.BadArguments, error), null);
        }

        var started = DateTimeOffset.Now;
        var session = new RunSession(OptionsFor(folder), catalog, RunSession.LoadLedger(), terminal.Say);
        RunSession.Begin(session);
        await using var stop = interruption.Token.Register(session.Stop);
        try
        {
            return await ExecuteAsync(session, folder, started, interruption);
        }
        catch (OperationCanceledException) when (interruption.Status is { } interrupted)
        {
            return new SuiteRunResult(interrupted, null);
        }
        finally
        {
            await session.DisposeAsync();
            folder.RemoveIfEmpty();
        }
    }

    private RunOptions OptionsFor(OutputFolder folder) => new()
    {
        Peers = choice.PeersOf(catalog),
        OutputDirectory = folder.Path,
        Evidence = execution.Evidence,
        Strict = execution.Strict,
        Seed = execution.Seed,
        MayInstall = execution.MayInstall,
        Keep = execution.Keep,
    };

    private async Task<SuiteRunResult> ExecuteAsync(
        RunSession session, OutputFolder folder, DateTimeOffset started, Interruption interruption)
    {
        var suite = LoadedSuite.Load(execution.Jobs);
        if (suite.Problems(session.Ledger) is { Count: > 0 } problems)
        {
            problems.ToList().ForEach(terminal.Error.WriteLine);
            return Nothing(ExitStatus.HarnessFault, "the features contradict themselves: nothing was run");
        }

        SuiteScenario[] chosen = [.. suite.Select(choice.Selection).Where(scenario => choice.Means(scenario.Identity.Tags, scenario.Identity.Peer, catalog))];
        if (chosen.Length == 0)
        {
            return Nothing(ExitStatus.NothingSelected, "no scenario is selected; list shows what there is");
        }

        var wanted = chosen.Select(scenario => scenario.Identity.Peer).Distinct();
        var peers = await PeerPreparation.StartAsync(session.Peers, choice, wanted, terminal);
        if (interruption.Status is { } interrupted)
        {
            return new SuiteRunResult(interrupted, null);
        }

        if (peers.Count == 0)
        {
            return Nothing(ExitStatus.Environment, "no peer that was asked for could be started: nothing was run");
        }

        var runnable = chosen.Where(scenario => peers.Any(peer => peer.Name == scenario.Identity.Peer)).ToArray();
        using var journal = new ResultsJournal(folder.Path, HeaderOf(session, started, peers));
        session.Journal = journal;
        folder.MarkLatest();
        await RunAsync(suite, session, runnable);
        return Report(session, journal, folder, interruption);
    }

    private async Task RunAsync(LoadedSuite suite, RunSession session, SuiteScenario[] scenarios)
    {
        var times = execution.Rounds > 1 ? $", {execution.Rounds} times" : "";
        terminal.Say($"{VerdictStyle.Scenarios(scenarios.Length)}{times}, seed {execution.Seed}");
        var board = new ProgressBoard(scenarios.Length * execution.Rounds, execution.Strict);
        IProgressDisplay display = terminal.IsLive
            ? new LiveDisplay(terminal.Console, board, execution.Verbose)
            : new LogDisplay(terminal.Out, board, execution.Verbose);
        session.Observer = display;
        await display.ShowAsync(SuiteRunner.RunAsync(suite, session, scenarios, execution.Rounds));
    }

    private SuiteRunResult Report(RunSession session, ResultsJournal journal, OutputFolder folder, Interruption interruption)
    {
        var results = journal.ToResults(DateTimeOffset.Now - journal.Header.Started);
        journal.WriteAll(results, ReportContext.FromEvidence(folder.Path, session.Ledger, execution.Strict));
        RunSummary.Print(results, terminal, execution.Strict, interruption.Status is not null);
        terminal.Out.WriteLine($"Report: {Path.Combine(folder.Path, ResultsFolder.ReportFile)}");
        var status = interruption.Status ?? (int)ExitStatuses.Of(results.Scenarios.Select(scenario => scenario.Verdict), execution.Strict);
        var own = results.Scenarios.Where(scenario => !IsFinding(scenario)).ToArray();
        return new SuiteRunResult(status, results.Summary)
        {
            Peers = [.. results.Peers.Select(peer => peer.Name)],
            Folder = folder.Path,
            Findings = results.Scenarios.Length - own.Length,
            StatusWithoutFindings = interruption.Status ?? (int)ExitStatuses.Of(own.Select(scenario => scenario.Verdict), execution.Strict),
        };
    }

    private bool IsFinding(ScenarioRecord scenario) =>
        scenario.Verdict == Verdict.Fail
        && scenario.Tags.Contains("judges:peer")
        && catalog.TryFind(scenario.Peer, out var driver) && driver.NeedsContainer;

    private SuiteRunResult Nothing(ExitStatus status, string why) => new(terminal.Fail((int)status, why), null);

    private static RunHeader HeaderOf(RunSession session, DateTimeOffset started, IReadOnlyList<PeerRecord> peers) => new(
        new SuiteRecord(SuiteIdentity.Version, SuiteIdentity.Commit),
        started,
        session.Options.Seed,
        SuiteIdentity.Environment(session.Peers.Engine),
        [.. peers]);
}
