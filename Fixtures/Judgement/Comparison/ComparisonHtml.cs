// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// A comparison as one static HTML page: it opens from disk and loads nothing. Each difference lists its scenarios with their frames; each
/// scenario has both ladders side by side, the frames that differ marked.
/// </summary>
public static class ComparisonHtml
{
    /// <summary>Renders the page.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="root">The results' folder, seen from the page's.</param>
    /// <param name="traceOf">The packets of an evidence folder, named as in records; null when there are none.</param>
    public static string Render(PeerComparison comparison, string root, Func<string, Trace?> traceOf)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(traceOf);
        var html = new HtmlBuilder();
        var headline = ComparisonHeadline.Of(comparison);
        html.Add($"""<!DOCTYPE html>""");
        html.Add($"""<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.Add($"""<meta name="color-scheme" content="light dark"><title>IPsec comparison: {headline}</title>""");
        html.AddMarkup($"<style>\n{HtmlReport.Asset("report.css")}\n{HtmlReport.Asset("compare.css")}</style></head><body>");
        html.Add($"""<header><p class="kicker">IPsec comparison</p><h1>{headline}</h1><p>{ComparisonHeadline.Scope(comparison)}</p><nav class="links">""");
        foreach (var kind in DifferenceKinds.All)
        {
            html.Add($"""<a href="#{kind.ToString()}">{kind.Title()} ({comparison.Of(kind).Length})</a>""");
        }

        html.Add($"</nav></header><main>");
        foreach (var kind in DifferenceKinds.All)
        {
            WriteKind(html, comparison, kind, root);
        }

        WriteBaseline(html, comparison);
        WriteScenarios(html, comparison, root, traceOf);
        html.Add($"</main><footer>Nonces, cookies, SPIs and message IDs are random and not compared; intervals within 20 % are equal.</footer></body></html>");
        return html.ToString();
    }

    private static void WriteBaseline(HtmlBuilder html, PeerComparison comparison)
    {
        if (comparison.Baseline.IsEmpty)
        {
            return;
        }

        var (a, b) = (comparison.A.Name, comparison.B.Name);
        html.Add($"""<section class="feature" id="Baseline"><h3>Baseline</h3><p>{BaselineComparison.Headline(comparison)}</p><table>""");
        html.Add($"<thead><tr><th>policy</th><th>we and {a}</th><th>we and {b}</th><th>{a} and {b}</th><th>so</th></tr></thead><tbody>");
        foreach (var row in comparison.Baseline)
        {
            html.Add($"<tr><td>{row.Name}</td><td>{row.WithA?.ToText() ?? "not run"}</td><td>{row.WithB?.ToText() ?? "not run"}</td>");
            html.Add($"<td>{row.Between?.ToText() ?? "not run"}</td><td>{AgreementText.Of(row.Agreement, a, b)}</td></tr>");
        }

        html.Add($"</tbody></table></section>");
    }

    private static void WriteKind(HtmlBuilder html, PeerComparison comparison, DifferenceKind kind, string root)
    {
        html.Add($"""<section class="feature" id="{kind.ToString()}"><h3>{kind.Title()}</h3>""");
        var rows = comparison.Of(kind);
        if (rows.IsEmpty)
        {
            html.Add($"""<p class="none">no difference</p></section>""");
            return;
        }

        html.Add($"""<div class="compared columns" aria-hidden="true"><span>what</span><span>{comparison.A.Name}</span><span>{comparison.B.Name}</span><span>scenarios</span></div>""");
        foreach (var row in rows)
        {
            html.Add($"""<details class="row"><summary class="compared"><span class="id">{row.Aspect}</span>""");
            html.Add($"""<span class="did">{row.A}</span><span class="did">{row.B}</span><span>{row.Count}</span></summary><div class="details"><ul class="where">""");
            foreach (var occurrence in row.Occurrences)
            {
                WriteOccurrence(html, comparison, occurrence, root);
            }

            html.Add($"</ul></div></details>");
        }

        html.Add($"</section>");
    }

    private static void WriteOccurrence(HtmlBuilder html, PeerComparison comparison, DifferenceOccurrence occurrence, string root)
    {
        html.Add($"""<li><a class="mono" href="{HtmlVerdict.LinkTo(Key(occurrence))}">{occurrence.Scenario}</a>{HtmlOutcome.RoleText(occurrence.Role)}""");
        WritePackets(html, comparison.A.Name, occurrence.AEvidence, occurrence.AFrames, root);
        WritePackets(html, comparison.B.Name, occurrence.BEvidence, occurrence.BFrames, root);
        foreach (var (peer, message) in new[] { (comparison.A.Name, occurrence.AMessage), (comparison.B.Name, occurrence.BMessage) })
        {
            if (message is not null)
            {
                html.Add($"<pre>{peer}: {message}</pre>");
            }
        }

        html.Add($"</li>");
    }

    private static void WritePackets(HtmlBuilder html, string peer, string? evidence, IReadOnlyCollection<int> frames, string root)
    {
        var seen = frames.Count == 0 ? "" : " " + OccurrenceText.Frames([.. frames]);
        if (evidence is null)
        {
            html.Add($"<span>{peer}{seen}</span>");
        }
        else
        {
            html.Add($"""<a href="{HtmlVerdict.RelativeLink($"{root}/{evidence}")}/">{peer}{seen}</a>""");
        }
    }

    private static void WriteScenarios(HtmlBuilder html, PeerComparison comparison, string root, Func<string, Trace?> traceOf)
    {
        var scenarios = comparison.Differences
            .SelectMany(row => row.Occurrences.Select(occurrence => (row.Kind, Occurrence: occurrence)))
            .GroupBy(entry => Key(entry.Occurrence)).OrderBy(scenario => scenario.Key, StringComparer.Ordinal);
        html.Add($"""<section class="feature"><h3>Scenarios, side by side</h3>""");
        foreach (var scenario in scenarios)
        {
            var first = scenario.First().Occurrence;
            html.Add($"""<details class="row"><summary><span class="id mono">{first.Scenario}</span><span class="title">{HtmlOutcome.RoleText(first.Role)}</span></summary>""");
            html.Add($"""<div class="details"><div class="sides" id="{HtmlVerdict.Name(scenario.Key)}">""");
            WriteSide(html, comparison.A.Name, first.AEvidence, root, traceOf, Marks(scenario.Select(entry => (entry.Kind, entry.Occurrence.AFrames))));
            WriteSide(html, comparison.B.Name, first.BEvidence, root, traceOf, Marks(scenario.Select(entry => (entry.Kind, entry.Occurrence.BFrames))));
            html.Add($"</div></div></details>");
        }

        html.Add($"</section>");
    }

    private static void WriteSide(
        HtmlBuilder html, string peer, string? evidence, string root, Func<string, Trace?> traceOf, FrozenDictionary<int, string> marks)
    {
        html.Add($"""<div class="side"><h4>{peer}</h4>""");
        if (evidence is not null && traceOf(evidence) is { } trace)
        {
            html.Add($"""<p class="proof"><a href="{HtmlVerdict.RelativeLink($"{root}/{evidence}")}/">evidence folder</a></p><div class="scroll">""");
            html.AddMarkup(LadderSvg.Render([.. trace.Messages.Select((message, i) => Marked(message, i + 1, marks))], $"Messages against {peer}"));
            html.Add($"</div>");
        }
        else
        {
            html.Add($"""<p class="none">its packets were not kept</p>""");
        }

        html.Add($"</div>");
    }

    /// <summary>The arrow with its frame number, and what differs there.</summary>
    private static LadderStep Marked(TraceMessage message, int place, FrozenDictionary<int, string> marks)
    {
        var frame = message.Frame == 0 ? place : message.Frame;
        var step = message.Ladder with { Label = FormattableString.Invariant($"{frame}: {message.Ladder.Label}") };
        return marks.TryGetValue(frame, out var mark) ? step with { Note = step.Note is null ? mark : $"{step.Note}\n{mark}" } : step;
    }

    private static FrozenDictionary<int, string> Marks(IEnumerable<(DifferenceKind Kind, System.Collections.Immutable.ImmutableArray<int> Frames)> rows) => rows
        .SelectMany(row => row.Frames.Select(frame => (Frame: frame, row.Kind)))
        .GroupBy(mark => mark.Frame, mark => mark.Kind)
        .ToFrozenDictionary(mark => mark.Key, mark => "differs: " + string.Join(", ", mark.Distinct().Order().Select(kind => kind.Title())));

    private static string Key(DifferenceOccurrence occurrence) => $"{occurrence.Scenario}.{occurrence.Role.ToText()}";
}
