// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What a row shows when it is opened: the clauses, and for each peer the failure, the evidence and the ladder.</summary>
internal static class HtmlOutcome
{
    public static string RoleText(Role role) => role == Role.None ? "" : $" as {role.ToText()}";

    public static void WriteClauses(HtmlBuilder html, ScenarioRecord scenario, ClauseLedger ledger)
    {
        html.Add($"""<dl class="clauses">""");
        foreach (var id in scenario.Clauses)
        {
            html.Add($"""<div><dt class="mono">{id}</dt><dd>""");
            if (ledger.TryFind(id, out var clause))
            {
                html.Add($"""<b>{clause.LevelText}</b> {clause.Requirement} <small>Seen by: {clause.HowObserved}</small>""");
            }
            else
            {
                html.Add($"<small>not in the ledger</small>");
            }

            html.Add($"</dd></div>");
        }

        html.Add($"""</dl><p class="tags">""");
        foreach (var tag in scenario.Tags)
        {
            html.Add($"<span>@{tag}</span>");
        }

        html.Add($"</p>");
    }

    public static void Write(HtmlBuilder html, ScenarioRecord outcome, ReportContext context)
    {
        html.Add($"""<article class="outcome {outcome.Verdict.ToText()}" data-peer="{outcome.Peer}"><h4>""");
        HtmlVerdict.Write(html, outcome.Verdict);
        html.Add($"""<span>{outcome.Peer}{RoleText(outcome.Role)}</span><small>{DurationText.Of(outcome.DurationMs)}</small></h4>""");
        WriteMessage(html, outcome.Message);
        if (outcome.Evidence is { } evidence)
        {
            var link = HtmlVerdict.RelativeLink(evidence);
            html.Add($"""<p class="proof"><a href="{link}/">evidence folder</a>""");
            html.Add($"<code>WIRESHARK_CONFIG_DIR={evidence}/wireshark wireshark -r {evidence}/capture.pcapng</code></p>");
        }

        if (context.Ladder(outcome) is { Count: > 0 } ladder)
        {
            html.Add($"""<details class="ladder-box" {(outcome.Verdict == Verdict.Pass ? "" : "open")}>""");
            html.Add($"""<summary>{ladder.Count} message{(ladder.Count == 1 ? "" : "s")}</summary><div class="scroll">""");
            html.AddMarkup(LadderSvg.Render(ladder, $"Messages of {outcome.Id} against {outcome.Peer}"));
            html.Add($"</div></details>");
        }

        html.Add($"</article>");
    }

    private static void WriteMessage(HtmlBuilder html, string? message)
    {
        if (FiveLines.TryParse(message, out var lines))
        {
            html.Add($"""<dl class="five">""");
            foreach (var (label, text) in lines)
            {
                html.Add($"""<div class="{label}"><dt>{label}</dt><dd>{text}</dd></div>""");
            }

            html.Add($"</dl>");
        }
        else if (message is not null)
        {
            html.Add($"<pre>{message}</pre>");
        }
    }
}
