// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Cli.Reading;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>compare</c>: what two peers do differently, from a run that was or from one that is made for it.</summary>
internal static class CompareCommand
{
    /// <summary>The command.</summary>
    public static Command Build(PeerCatalog catalog, Terminal terminal)
    {
        var a = new Argument<string>("A") { Description = "The first peer." };
        var b = new Argument<string>("B") { Description = "The second peer." };
        var from = new Option<string?>("--from")
        {
            HelpName = "DIR",
            Description = "A results' folder of a run against both with --evidence all. Default: both are run now.",
        };
        var selection = new SelectionOptions(hasPeers: false);
        var target = new TargetOptions();
        var execution = new ExecutionOptions();
        var command = new Command("compare", "What two peers do differently in the same scenarios; writes compare.html, compare.md and compare.json.") { a, b, from };
        selection.AddTo(command, catalog);
        target.AddTo(command);
        execution.AddTo(command);
        command.SetAction(parsed =>
        {
            var (nameA, nameB) = (parsed.GetRequiredValue(a), parsed.GetRequiredValue(b));
            if (nameA == nameB)
            {
                return Task.FromResult(terminal.Fail((int)ExitStatus.BadArguments, $"{nameA} is the same peer twice: name two"));
            }

            var (peers, all) = target.Join(parsed, catalog, selection.Read(parsed, catalog));
            var choice = all with { NamedPeers = [nameA, nameB] };
            var how = execution.Read(parsed) with { Evidence = EvidenceMode.All };
            return parsed.GetValue(from) is { } folder
                ? Task.FromResult(Stored(folder, how.Out ?? folder, choice, terminal))
                : RunAsync(choice, how, peers, terminal);
        });
        return command;
    }

    private static int Stored(string folder, string output, ScenarioChoice choice, Terminal terminal)
    {
        if (!StoredRun.TryRead(folder, out var results, out var error))
        {
            return terminal.Fail((int)ExitStatus.BadArguments, $"--from {error}");
        }

        return Compare(results, folder, output, choice, terminal) is { } status ? (int)status : (int)ExitStatus.AsExpected;
    }

    private static async Task<int> RunAsync(ScenarioChoice choice, Execution execution, PeerCatalog catalog, Terminal terminal)
    {
        if (choice.NamedPeers.FirstOrDefault(name => !catalog.TryFind(name, out _)) is { } unknown)
        {
            return terminal.Fail((int)ExitStatus.BadArguments, catalog.Unknown(unknown));
        }

        // The two with each other, too, where that is possible: the baseline.
        var pair = PairNames.Of(choice.NamedPeers[0], choice.NamedPeers[1]);
        var wanted = catalog.TryFind(pair, out _) ? choice with { NamedPeers = choice.NamedPeers.Add(pair) } : choice;
        using var interruption = new Interruption(terminal.Error);
        var run = await new SuiteRun(wanted, execution, catalog, terminal).ExecuteAsync(interruption);
        if (run.Folder is not { } folder || !StoredRun.TryRead(folder, out var results, out _))
        {
            return run.Status;
        }

        return Compare(results, folder, folder, choice, terminal) is { } status ? (int)status : run.Status;
    }

    /// <summary>Compares, prints, writes. Null when that could be done, else the status that says why not.</summary>
    private static ExitStatus? Compare(RunResults results, string folder, string output, ScenarioChoice choice, Terminal terminal)
    {
        var (a, b) = (choice.NamedPeers[0], choice.NamedPeers[1]);
        if (choice.NamedPeers.FirstOrDefault(name => results.Peers.All(peer => peer.Name != name)) is { } missing)
        {
            terminal.Fail((int)ExitStatus.BadArguments, $"'{folder}' has no results of {missing}; it has those of {string.Join(", ", results.Peers.Select(peer => peer.Name))}");
            return ExitStatus.BadArguments;
        }

        var chosen = results with { Scenarios = [.. results.Scenarios.Where(choice.Selection.Matches)] };
        var comparison = PeerComparer.Compare(
            chosen, a, b, record => record.Evidence is null ? null : EvidenceFolder.ReadTrace(Path.Combine(folder, record.Evidence)));
        if (comparison.Scenarios == 0)
        {
            terminal.Fail((int)ExitStatus.NothingSelected, $"no selected scenario has a verdict of both {a} and {b}");
            return ExitStatus.NothingSelected;
        }

        try
        {
            ComparisonFolder.Write(output, comparison, folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            terminal.Fail((int)ExitStatus.BadArguments, $"'{output}': {problem.Message.TrimEnd('.')}; name a folder that can be written to");
            return ExitStatus.BadArguments;
        }

        ComparisonSummary.Print(comparison, terminal);
        terminal.Out.WriteLine($"Comparison: {Path.Combine(output, ComparisonFolder.HtmlFile)}");
        return null;
    }
}
