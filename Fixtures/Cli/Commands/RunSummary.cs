// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Cli.Progress;
using Ipsec.Fixtures.Judgement;
using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>What a person reads at the end of a run: a table of features and peers, what went wrong, and the totals.</summary>
internal static class RunSummary
{
    private const int MostExplained = 50;

    /// <summary>Prints it.</summary>
    public static void Print(RunResults results, Terminal terminal, bool strict, bool interrupted)
    {
        if (!results.Scenarios.IsEmpty)
        {
            terminal.Console.Write(TableOf(results));
        }

        var explained = results.Scenarios.Where(scenario => NeedsExplaining(scenario, strict)).ToArray();
        foreach (var scenario in explained.Take(MostExplained))
        {
            terminal.Console.WriteLine();
            terminal.Console.MarkupLine(scenario.Line());
            // Not through the console: it would wrap what somebody may want to copy.
            foreach (var line in (scenario.Message ?? "").Split('\n'))
            {
                terminal.Out.WriteLine($"  {line}");
            }
        }

        if (explained.Length > MostExplained)
        {
            terminal.Out.WriteLine($"and {explained.Length - MostExplained} more: see the report");
        }

        terminal.Console.WriteLine();
        var total = $"{VerdictStyle.Scenarios(results.Scenarios.Length)}: {Counts(results.Summary, ", ")}";
        var end = interrupted ? ", cut off by the user" : "";
        terminal.Console.MarkupLine($"{total} in {TimeSpan.FromMilliseconds(results.DurationMs).Brief()}, seed {results.Seed}{end}");
    }

    private static bool NeedsExplaining(ScenarioRecord scenario, bool strict) =>
        scenario.Verdict.IsUnexpected(strict) || scenario.Verdict is Verdict.NonStrict or Verdict.Environment or Verdict.HarnessError;

    private static Table TableOf(RunResults results)
    {
        var seen = results.Scenarios.Select(scenario => scenario.Peer).ToHashSet();
        var peers = results.Peers.Select(peer => peer.Name).Where(seen.Contains).ToArray();
        var table = new Table().Border(TableBorder.Minimal).AddColumn("Feature");
        table.AddColumns(peers.Select(peer => new TableColumn(Markup.Escape(peer))).ToArray());
        var features = results.Scenarios.GroupBy(scenario => scenario.Feature);
        foreach (var feature in features.OrderBy(feature => feature.Key, StringComparer.Ordinal))
        {
            var verdicts = feature.ToLookup(scenario => scenario.Peer, scenario => scenario.Verdict);
            var cells = peers.Select(peer => Counts(VerdictCounts.Of(verdicts[peer]), "\n"));
            table.AddRow([Markup.Escape(feature.Key), .. cells]);
        }

        return table;
    }

    private static string Counts(VerdictCounts counts, string separator) => string.Join(
        separator,
        Verdicts.All.Where(verdict => counts[verdict] > 0)
            .Select(verdict => verdict.Paint($"{counts[verdict]} {verdict.ToText()}"))
            .DefaultIfEmpty("-"));
}
