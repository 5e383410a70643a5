// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The results as Markdown, short enough for a pull request's comment.</summary>
public static class MarkdownSummary
{
    /// <summary>How many outcomes of a kind are told in full; the rest are counted. A comment holds 65,536 characters.</summary>
    private const int LongestList = 25;

    private const int LongestMessage = 1200;

    /// <summary>Renders the summary.</summary>
    public static string Render(RunResults results, ReportContext context)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(context);
        var text = new StringBuilder();
        Line(text, $"# IPsec conformance: {Headline.Of(results, context.Strict)}");
        Line(text);
        WritePeers(text, results);
        Line(text, $"Suite {Cell(results.Suite.Version)} ({Cell(results.Suite.Commit)}), seed {results.Seed},");
        Line(text, $"started {results.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, took {DurationText.Of(results.DurationMs)};");
        var place = results.Environment;
        Line(text, $"{Cell(place.Os)}, kernel {Cell(place.Kernel)}, container engine {Cell(place.Engine ?? "none")}.");
        WriteFull(text, "Unexpected results", results.Scenarios.Where(scenario => scenario.Verdict.IsUnexpected(context.Strict)));
        WriteFull(text, "Faults of the suite", Of(results, Verdict.HarnessError));
        WriteFull(text, "Environment problems", Of(results, Verdict.Environment));
        if (!context.Strict)
        {
            WriteList(text, "SHOULDs not followed", Of(results, Verdict.NonStrict));
        }

        WriteList(text, "Known deviations", Of(results, Verdict.Known));
        return text.ToString();
    }

    private static IEnumerable<ScenarioRecord> Of(RunResults results, Verdict verdict) =>
        results.Scenarios.Where(scenario => scenario.Verdict == verdict);

    private static void WritePeers(StringBuilder text, RunResults results)
    {
        Line(text, $"| peer | version | data plane | {string.Join(" | ", Verdicts.All.Select(verdict => verdict.ToText()))} |");
        Line(text, $"|---|---|---|{string.Concat(Verdicts.All.Select(_ => "---:|"))}");
        foreach (var peer in results.Peers)
        {
            var counts = VerdictCounts.Of(results.Scenarios.Where(scenario => scenario.Peer == peer.Name).Select(scenario => scenario.Verdict));
            Line(text, $"| {Cell(peer.Name)} | {Cell(peer.Version)} | {Cell(peer.DataPlane)} | {Counts(counts)} |");
        }

        Line(text, $"| **all** | | | {Counts(results.Summary)} |");
        Line(text);
    }

    private static string Counts(VerdictCounts counts) =>
        string.Join(" | ", Verdicts.All.Select(verdict => counts[verdict] == 0 ? "" : counts[verdict].ToString(CultureInfo.InvariantCulture)));

    private static void WriteFull(StringBuilder text, string title, IEnumerable<ScenarioRecord> scenarios)
    {
        var all = scenarios.ToList();
        if (!WriteTitle(text, title, all.Count))
        {
            return;
        }

        foreach (var scenario in all.Take(LongestList))
        {
            Line(text, $"**{scenario.Verdict.ToText()}** {Where(scenario)}");
            Line(text);
            var message = scenario.Message ?? scenario.Verdict.Meaning();
            message = message.Length > LongestMessage ? message[..LongestMessage] + " ..." : message;
            var fence = Fence(message);
            Line(text, $"{fence}text\n{message.TrimEnd()}\n{fence}");
            Line(text);
        }

        WriteRest(text, all.Count);
    }

    private static void WriteList(StringBuilder text, string title, IEnumerable<ScenarioRecord> scenarios)
    {
        var all = scenarios.ToList();
        if (!WriteTitle(text, title, all.Count))
        {
            return;
        }

        foreach (var scenario in all.Take(LongestList))
        {
            Line(text, $"- {Where(scenario)}, {Cell(string.Join(' ', scenario.Clauses))}");
        }

        WriteRest(text, all.Count);
    }

    private static bool WriteTitle(StringBuilder text, string title, int count)
    {
        if (count > 0)
        {
            Line(text, $"\n## {title}: {count}");
            Line(text);
        }

        return count > 0;
    }

    private static void WriteRest(StringBuilder text, int count)
    {
        if (count > LongestList)
        {
            Line(text, $"\nand {count - LongestList} more: see {ResultsFolder.ReportFile}.");
        }
    }

    private static string Where(ScenarioRecord scenario)
    {
        var role = scenario.Role == Role.None ? "" : $" as {scenario.Role.ToText()}";
        return $"{Cell(scenario.Id)} · {Cell(scenario.Peer)}{role} · {Cell(scenario.Name)}";
    }

    /// <summary>Text that is no markup, in one line, also inside a table.</summary>
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var character in text.ReplaceLineEndings(" "))
        {
            if (character is '|' or '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '#')
            {
                cell.Append('\\');
            }

            cell.Append(character);
        }

        return cell.ToString();
    }

    /// <summary>A code fence longer than any run of backticks inside.</summary>
    private static string Fence(string message)
    {
        var longest = 0;
        var run = 0;
        foreach (var character in message)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('`', Math.Max(3, longest + 1));
    }

    private static void Line(StringBuilder text, FormattableString? line = null) =>
        text.Append(line?.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
