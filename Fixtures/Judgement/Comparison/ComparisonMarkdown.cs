// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A comparison as Markdown, short enough for a pull request's comment.</summary>
public static class ComparisonMarkdown
{
    private const int LongestSection = 25;
    private const int Examples = 2;

    /// <summary>Renders it.</summary>
    public static string Render(PeerComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {ComparisonHeadline.Of(comparison)}\n\n{ComparisonHeadline.Scope(comparison)}\n");
        foreach (var kind in DifferenceKinds.All)
        {
            var rows = comparison.Of(kind);
            if (rows.IsEmpty)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"\n## {kind.Title()}\n\n| what | {Escape(comparison.A.Name)} | {Escape(comparison.B.Name)} | scenarios | for example |\n|---|---|---|---|---|\n");
            foreach (var row in rows.Take(LongestSection))
            {
                var examples = string.Join("; ", row.Occurrences.Take(Examples).Select(occurrence => OccurrenceText.Of(occurrence, comparison.A.Name, comparison.B.Name)));
                text.Append(CultureInfo.InvariantCulture, $"| {Escape(row.Aspect)} | {Escape(row.A)} | {Escape(row.B)} | {row.Count} | {Escape(examples)} |\n");
            }

            if (rows.Length > LongestSection)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{rows.Length - LongestSection} more stand in {ComparisonFolder.HtmlFile}.\n");
            }
        }

        WriteBaseline(text, comparison);
        return text.ToString();
    }

    private static void WriteBaseline(StringBuilder text, PeerComparison comparison)
    {
        if (comparison.Baseline.IsEmpty)
        {
            return;
        }

        var (a, b) = (Escape(comparison.A.Name), Escape(comparison.B.Name));
        text.Append(CultureInfo.InvariantCulture, $"\n## Baseline\n\n{Escape(BaselineComparison.Headline(comparison))}\n");
        var rows = comparison.Baseline.Where(row => row.Agreement != Agreement.All).ToArray();
        if (rows.Length == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n| policy | we and {a} | we and {b} | {a} and {b} | so |\n|---|---|---|---|---|\n");
        foreach (var row in rows.Take(LongestSection))
        {
            var so = AgreementText.Of(row.Agreement, comparison.A.Name, comparison.B.Name);
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(row.Name)} ({row.Scenario}) | {Text(row.WithA)} | {Text(row.WithB)} | {Text(row.Between)} | {Escape(so)} |\n");
        }

        if (rows.Length > LongestSection)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{rows.Length - LongestSection} more stand in {ComparisonFolder.HtmlFile}.\n");
        }
    }

    private static string Text(Verdict? verdict) => verdict?.ToText() ?? "not run";

    /// <summary>What would end a cell, a row, or be taken for markup.</summary>
    private static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal).Replace('\n', ' ');
}
