// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The clauses that the run's scenarios touch, and their state per peer.</summary>
internal static class HtmlClauses
{
    public static void Write(HtmlBuilder html, RunResults results, ClauseLedger ledger)
    {
        var peers = results.Peers.Select(peer => peer.Name).Union(results.Scenarios.Select(scenario => scenario.Peer)).ToList();
        var touched = results.Scenarios
            .SelectMany(scenario => scenario.Clauses.Select(clause => (Clause: clause, Scenario: scenario)))
            .ToLookup(pair => pair.Clause, pair => pair.Scenario);
        var known = ledger.All.Where(clause => touched.Contains(clause.Id)).ToList();
        var strangers = touched.Select(group => group.Key).Where(id => !ledger.TryFind(id, out _)).Order(StringComparer.Ordinal);
        html.Add($"""<section id="clauses" style="--peers:{peers.Count}"><h2>Clauses</h2>""");
        html.Add($"<p>{known.Count} of the ledger's {ledger.All.Count} clauses are touched by the scenarios of this run.");
        html.Add($"A clause shows the gravest verdict of its scenarios.</p>");
        foreach (var document in known.GroupBy(clause => Document(clause.Id)))
        {
            WriteDocument(html, document.Key, document.Select(clause => (clause.Id, (Clause?)clause)), touched, peers);
        }

        WriteDocument(html, "Not in the ledger", strangers.Select(id => (id, (Clause?)null)), touched, peers);
        html.Add($"</section>");
    }

    /// <summary>The document's name, from the part of a clause id that stands before the last hyphen but one.</summary>
    private static string Document(string id)
    {
        var number = id.LastIndexOf('-');
        var section = number <= 0 ? -1 : id.LastIndexOf('-', number - 1);
        var document = section <= 0 ? id : id[..section];
        return document.StartsWith("RFC", StringComparison.Ordinal) ? "RFC " + document[3..] : document;
    }

    private static void WriteDocument(
        HtmlBuilder html,
        string title,
        IEnumerable<(string Id, Clause? Clause)> clauses,
        ILookup<string, ScenarioRecord> touched,
        List<string> peers)
    {
        var rows = clauses.ToList();
        if (rows.Count == 0)
        {
            return;
        }

        html.Add($"""<section class="feature" data-group><h3>{title}</h3><div class="columns" aria-hidden="true">""");
        html.Add($"<span>clause</span><span>requirement</span><span>level</span>");
        foreach (var peer in peers)
        {
            html.Add($"""<span data-peer="{peer}">{peer}</span>""");
        }

        html.Add($"</div>");
        foreach (var (id, clause) in rows)
        {
            WriteRow(html, id, clause, [.. touched[id]], peers);
        }

        html.Add($"</section>");
    }

    private static void WriteRow(HtmlBuilder html, string id, Clause? clause, IReadOnlyList<ScenarioRecord> scenarios, List<string> peers)
    {
        var ids = scenarios.Select(scenario => scenario.Id).Distinct().ToList();
        var level = (clause?.Level ?? scenarios[0].Level).ToText();
        var text = string.Join(' ', [id, clause?.Requirement ?? "", .. ids]);
        html.Add($"""<div class="row flat" data-row data-text="{text}" data-level="{level}" data-clauses="{id}">""");
        html.Add($"""<span class="id mono">{id}</span><span class="title">{clause?.Requirement ?? "not in the ledger"}<span class="links">""");
        foreach (var scenario in ids)
        {
            html.Add($"""<a class="mono" href="{HtmlVerdict.LinkTo(scenario)}">{scenario}</a>""");
        }

        html.Add($"""</span></span><span class="level {level}">{clause?.LevelText.ToLowerInvariant() ?? level}</span>""");
        foreach (var peer in peers)
        {
            WriteCell(html, peer, [.. scenarios.Where(scenario => scenario.Peer == peer).Select(scenario => scenario.Verdict)]);
        }

        html.Add($"</div>");
    }

    private static void WriteCell(HtmlBuilder html, string peer, IReadOnlyList<Verdict> verdicts)
    {
        html.Add($"""<span class="cell" data-peer="{peer}"><span class="cell-peer">{peer}</span>""");
        if (verdicts.Count == 0)
        {
            html.Add($"""<span class="absent">not run</span>""");
        }
        else
        {
            var worst = Verdicts.Worst(verdicts);
            var share = FormattableString.Invariant($"{verdicts.Count(verdict => verdict == worst)} of {verdicts.Count}");
            html.Add($"""<span data-verdict="{worst.ToText()}">""");
            HtmlVerdict.Write(html, worst, verdicts.Count > 1 ? share : "");
            html.Add($"</span>");
        }

        html.Add($"</span>");
    }
}
