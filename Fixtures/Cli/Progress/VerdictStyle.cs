// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Progress;

/// <summary>How verdicts look on a terminal.</summary>
internal static class VerdictStyle
{
    /// <summary>The colour of a verdict.</summary>
    public static string Colour(this Verdict verdict) => verdict switch
    {
        Verdict.Pass => "green",
        Verdict.Fail or Verdict.Fixed => "red",
        Verdict.NonStrict or Verdict.Environment => "yellow",
        Verdict.HarnessError => "magenta",
        _ => "grey",
    };

    /// <summary>Text in a verdict's colour, as markup.</summary>
    public static string Paint(this Verdict verdict, string text) => $"[{verdict.Colour()}]{Markup.Escape(text)}[/]";

    /// <summary>One line about an outcome, as markup: verdict, id, peer, time and title.</summary>
    public static string Line(this ScenarioRecord record) =>
        $"{record.Verdict.Paint($"{record.Verdict.ToText(),-13}")} {Markup.Escape(record.Id)} [blue]{Markup.Escape(record.Peer)}[/] "
        + $"[grey]{TimeSpan.FromMilliseconds(record.DurationMs).Brief()}[/] {Markup.Escape(record.Name)}";

    /// <summary>A number of scenarios in words: <c>1 scenario</c>, <c>2 scenarios</c>.</summary>
    public static string Scenarios(int count) => count == 1 ? "1 scenario" : $"{count} scenarios";

    /// <summary>A duration for people: <c>0.12 s</c>, <c>3:07</c>.</summary>
    public static string Brief(this TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 10 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s"),
        { TotalSeconds: < 60 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0} s"),
        _ => $"{(int)duration.TotalMinutes}:{duration.Seconds:00}",
    };
}
