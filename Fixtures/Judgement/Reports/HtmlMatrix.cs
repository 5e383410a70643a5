// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The matrix of scenarios and peers, by feature. A row opens its details.</summary>
internal static class HtmlMatrix
{
    public static void Write(HtmlBuilder html, RunResults results, ReportContext context)
    {
        var peers = results.Peers.Select(peer => peer.Name).Union(results.Scenarios.Select(scenario => scenario.Peer)).ToList();
        html.Add($"""<section id="scenarios" style="--peers:{peers.Count}"><h2>Scenarios</h2>""");
        foreach (var feature in results.Scenarios.GroupBy(scenario => scenario.Feature).OrderBy(feature => feature.Min(scenario => scenario.Id), StringComparer.Ordinal))
        {
            html.Add($"""<section class="feature" data-group><h3>{feature.Key}</h3><div class="columns" aria-hidden="true">""");
            html.Add($"<span>scenario</span><span></span><span>level</span>");
            foreach (var peer in peers)
            {
                html.Add($"""<span data-peer="{peer}">{peer}</span>""");
            }

            html.Add($"</div>");
            foreach (var scenario in feature.GroupBy(scenario => scenario.Id).OrderBy(scenario => ScenarioOf(scenario.Key), StringComparer.Ordinal))
            {
                WriteRow(html, [.. scenario], peers, context);
            }

            html.Add($"</section>");
        }

        html.Add($"</section>");
    }

    private static void WriteRow(HtmlBuilder html, IReadOnlyList<ScenarioRecord> outcomes, List<string> peers, ReportContext context)
    {
        var first = outcomes[0];
        var text = string.Join(' ', [first.Id, first.Name, first.Feature, .. first.Tags, .. first.Clauses]);
        var level = first.Level.ToText();
        var clauses = string.Join(' ', first.Clauses);
        html.Add($"""<details class="row" id="{HtmlVerdict.Name(first.Id)}" data-row data-text="{text}" data-level="{level}" data-clauses="{clauses}">""");
        html.Add($"""<summary><span class="id mono" title="{first.Id}">{ScenarioOf(first.Id)}</span><span class="title">{first.Name}</span><span class="level {level}">{level}</span>""");
        foreach (var peer in peers)
        {
            WriteCell(html, peer, [.. outcomes.Where(outcome => outcome.Peer == peer)]);
        }

        html.Add($"""</summary><div class="details">""");
        HtmlOutcome.WriteClauses(html, first, context.Ledger);
        foreach (var outcome in outcomes)
        {
            HtmlOutcome.Write(html, outcome, context);
        }

        html.Add($"</div></details>");
    }

    /// <summary>A row of an outline goes by its scenario's id here: its values stand in the title, and the whole id behind it.</summary>
    private static string ScenarioOf(string id) => id.Split('.')[0];

    private static void WriteCell(HtmlBuilder html, string peer, IReadOnlyList<ScenarioRecord> outcomes)
    {
        html.Add($"""<span class="cell" data-peer="{peer}"><span class="cell-peer">{peer}</span>""");
        foreach (var role in outcomes.GroupBy(outcome => outcome.Role))
        {
            var verdicts = role.Select(outcome => outcome.Verdict).ToList();
            var worst = Verdicts.Worst(verdicts);
            html.Add($"""<span data-verdict="{string.Join(' ', verdicts.Select(verdict => verdict.ToText()).Distinct())}">""");
            HtmlVerdict.Write(html, worst, Remark(role.Key, verdicts, worst));
            html.Add($"</span>");
        }

        if (outcomes.Count == 0)
        {
            html.Add($"""<span class="absent">not run</span>""");
        }

        html.Add($"</span>");
    }

    /// <summary>The role, and how often the verdict came when the scenario ran several times.</summary>
    private static string Remark(Role role, List<Verdict> verdicts, Verdict worst)
    {
        var parts = new List<string>();
        if (role != Role.None)
        {
            parts.Add(role.ToText());
        }

        if (verdicts.Count > 1)
        {
            parts.Add(FormattableString.Invariant($"{verdicts.Count(verdict => verdict == worst)} of {verdicts.Count}"));
        }

        return string.Join(", ", parts);
    }
}
