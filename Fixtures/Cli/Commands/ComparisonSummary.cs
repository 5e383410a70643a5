// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Ipsec.Fixtures.Judgement;
using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>What a person reads at the end of a comparison: a table a kind of difference, the commonest first.</summary>
internal static class ComparisonSummary
{
    private const int MostRows = 12;
    private const int LongestCell = 180;

    /// <summary>Prints it.</summary>
    public static void Print(PeerComparison comparison, Terminal terminal)
    {
        foreach (var kind in DifferenceKinds.All)
        {
            var rows = comparison.Of(kind);
            if (rows.IsEmpty)
            {
                continue;
            }

            terminal.Console.WriteLine();
            terminal.Console.Write(TableOf(kind, rows.Take(MostRows), comparison));
            if (rows.Length > MostRows)
            {
                terminal.Out.WriteLine($"and {rows.Length - MostRows} more: see {ComparisonFolder.HtmlFile}");
            }
        }

        terminal.Console.WriteLine();
        terminal.Out.WriteLine(ComparisonHeadline.Of(comparison));
        terminal.Out.WriteLine(ComparisonHeadline.Scope(comparison));
        if (!comparison.Baseline.IsEmpty)
        {
            PrintBaseline(comparison, terminal);
        }
    }

    private static void PrintBaseline(PeerComparison comparison, Terminal terminal)
    {
        var (a, b) = (comparison.A.Name, comparison.B.Name);
        foreach (var row in comparison.Baseline.Where(row => row.Agreement is not (Agreement.All or Agreement.Unknown)))
        {
            terminal.Out.WriteLine($"{row.Name}: {AgreementText.Of(row.Agreement, a, b)}");
        }

        terminal.Out.WriteLine(BaselineComparison.Headline(comparison));
    }

    private static Table TableOf(DifferenceKind kind, IEnumerable<DifferenceRow> rows, PeerComparison comparison)
    {
        var table = new Table().Border(TableBorder.Minimal).Expand()
            .AddColumn($"[bold]{Markup.Escape(kind.Title())}[/]")
            .AddColumn(Markup.Escape(comparison.A.Name))
            .AddColumn(Markup.Escape(comparison.B.Name))
            .AddColumn(new TableColumn("seen").RightAligned().NoWrap())
            .AddColumn("for example");
        foreach (var row in rows)
        {
            table.AddRow(
                Cell(row.Aspect),
                Cell(row.A),
                Cell(row.B),
                row.Count.ToString(CultureInfo.InvariantCulture),
                Cell(OccurrenceText.Of(row.Occurrences[0], comparison.A.Name, comparison.B.Name)));
        }

        return table;
    }

    private static string Cell(string text) => Markup.Escape(text.Length <= LongestCell ? text : text[..LongestCell] + "...");
}
