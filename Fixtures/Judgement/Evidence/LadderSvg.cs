// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// A message ladder as an inline SVG sequence diagram. Colours come from the page's style sheet by class, so that it follows light and dark;
/// encrypted messages have a lock and a double line, so that colour is not the only sign.
/// </summary>
public static class LadderSvg
{
    private const double TimeColumn = 84;
    private const double HeadHeight = 44;
    private const double NarrowestGap = 260;
    private const double WidestGap = 540;
    private const double ArrowHead = 8;
    private const double LockGap = 8;
    private const double LockWidth = 10;
    private const double Margin = LadderRow.Margin;
    private const double LineHeight = LadderRow.LineHeight;
    private const double SelfLoop = LadderRow.SelfLoop;

    /// <summary>Renders the diagram; an empty ladder gives an empty text.</summary>
    /// <param name="steps">The messages in order of time.</param>
    /// <param name="title">What the diagram shows, for those who cannot see it.</param>
    public static string Render(IReadOnlyList<LadderStep> steps, string title)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (steps.Count == 0)
        {
            return "";
        }

        var names = steps.SelectMany(step => new[] { step.From, step.To }).Distinct(StringComparer.Ordinal).ToList();
        var gap = Gap(steps);
        var rows = steps.Select(step => LadderRow.Of(step, names.IndexOf(step.From), names.IndexOf(step.To), gap)).ToList();
        var bottom = HeadHeight + rows.Sum(row => row.Height) + LadderRow.Gap;
        var width = TimeColumn + rows.Max(row => row.Right(gap)) + Margin;
        var height = bottom + Margin;
        var svg = new HtmlBuilder();
        svg.Add($"""<svg class="ladder" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}"><title>{title}</title>""");
        for (var i = 0; i < names.Count; i++)
        {
            DrawParticipant(svg, names[i], X(i, gap), bottom);
        }

        var y = HeadHeight;
        foreach (var row in rows)
        {
            DrawRow(svg, row, y, gap);
            y += row.Height;
        }

        svg.Add($"</svg>");
        return svg.ToString();
    }

    private static double X(int participant, double gap) => TimeColumn + (participant * gap);

    private static double Gap(IReadOnlyList<LadderStep> steps)
    {
        var longest = steps.Max(step => Math.Max(step.Label.Length, step.Sublabel.Length));
        return Math.Clamp((longest * LadderRow.CharacterWidth) + (4 * Margin), NarrowestGap, WidestGap);
    }

    private static void DrawParticipant(HtmlBuilder svg, string name, double x, double bottom)
    {
        var half = Math.Max(34, ((name.Length * LadderRow.CharacterWidth) + Margin) / 2);
        svg.Add($"""<line class="life" x1="{x}" y1="{HeadHeight - 12}" x2="{x}" y2="{bottom}"/>""");
        svg.Add($"""<rect class="head" x="{x - half}" y="6" width="{2 * half}" height="26" rx="6"/>""");
        svg.Add($"""<text class="name" x="{x}" y="24" text-anchor="middle">{name}</text>""");
    }

    private static void DrawRow(HtmlBuilder svg, LadderRow row, double top, double gap)
    {
        var from = X(row.From, gap);
        var to = X(row.To, gap);
        var self = row.From == row.To;
        var middle = self ? from + SelfLoop + Margin : (from + to) / 2;
        var anchor = self ? "start" : "middle";
        var y = top + LadderRow.Gap;
        var kind = row.Step.Encrypted ? "encrypted" : "clear";
        svg.Add($"""<g class="{kind}">""");
        foreach (var line in row.Label)
        {
            y += LineHeight;
            svg.Add($"""<text class="label" x="{middle}" y="{y}" text-anchor="{anchor}">{line}</text>""");
        }

        y += 7;
        DrawArrow(svg, row, from, to, y);
        if (row.Step.Encrypted)
        {
            DrawLock(svg, from <= to ? from + LockGap : from - LockGap - LockWidth, y - 19);
        }

        var time = row.Step.TimeMs.ToString(row.Step.TimeMs < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
        svg.Add($"""<text class="time" x="{4}" y="{y + 4}">{time} ms</text>""");
        y += self ? 12 : 0;
        foreach (var line in row.Sublabel)
        {
            y += LineHeight;
            svg.Add($"""<text class="sub" x="{middle}" y="{y}" text-anchor="{anchor}">{line}</text>""");
        }

        svg.Add($"</g>");
        if (row.Note.Count > 0)
        {
            DrawNote(svg, row.Note, middle, y + 10, self);
        }
    }

    private static void DrawLock(HtmlBuilder svg, double left, double top)
    {
        svg.Add($"""<g class="lock" transform="translate({left} {top})"><title>encrypted</title>""");
        svg.Add($"""<path d="M2.5 5V3.5a2.5 2.5 0 0 1 5 0V5" fill="none"/><rect x="1" y="5" width="8" height="7" rx="1.5"/></g>""");
    }

    private static void DrawArrow(HtmlBuilder svg, LadderRow row, double from, double to, double y)
    {
        if (row.From == row.To)
        {
            svg.Add($"""<path class="arrow" fill="none" d="M{from} {y}h{SelfLoop}v12h{-SelfLoop + ArrowHead}"/>""");
            svg.Add($"""<path class="tip" d="M{from} {y + 12}l{ArrowHead} -4.5v9z"/>""");
            return;
        }

        var direction = to > from ? 1 : -1;
        var end = to - (direction * ArrowHead);
        if (row.Step.Encrypted)
        {
            svg.Add($"""<path class="arrow" fill="none" d="M{from} {y - 1.5}H{end}M{from} {y + 1.5}H{end}"/>""");
        }
        else
        {
            svg.Add($"""<path class="arrow" fill="none" d="M{from} {y}H{end}"/>""");
        }

        svg.Add($"""<path class="tip" d="M{to} {y}l{-direction * ArrowHead} -4.5v9z"/>""");
    }

    private static void DrawNote(HtmlBuilder svg, List<string> lines, double middle, double top, bool self)
    {
        var width = (lines.Max(line => line.Length) * LadderRow.CharacterWidth) + Margin;
        var left = self ? middle - (Margin / 2) : middle - (width / 2);
        svg.Add($"""<rect class="note" x="{left}" y="{top}" width="{width}" height="{(lines.Count * LineHeight) + 8}" rx="4"/>""");
        for (var i = 0; i < lines.Count; i++)
        {
            var y = top + ((i + 1) * LineHeight);
            svg.Add($"""<text class="remark" x="{left + (width / 2)}" y="{y}" text-anchor="middle">{lines[i]}</text>""");
        }
    }
}
