// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The filter bar. The script reads the controls by their ids, and keeps their state in the address.</summary>
internal static class HtmlFilter
{
    public static void Write(HtmlBuilder html, RunResults results)
    {
        html.Add($"""<form class="filter" role="search" onsubmit="return false">""");
        html.Add($"""<label class="grow">text<input id="f-text" type="search" placeholder="id, title, feature, tag" autocomplete="off"></label>""");
        WriteSelect(html, "f-verdict", "verdict", Verdicts.All.Select(verdict => verdict.ToText()));
        WriteSelect(html, "f-peer", "peer", results.Peers.Select(peer => peer.Name).Union(results.Scenarios.Select(scenario => scenario.Peer)));
        WriteSelect(html, "f-level", "level", Enum.GetValues<Level>().Select(level => level.ToText()));
        html.Add($"""<label>clause<input id="f-clause" type="search" list="clauses-known" placeholder="RFC2409-5.4" autocomplete="off"></label>""");
        html.Add($"""<datalist id="clauses-known">""");
        foreach (var clause in results.Scenarios.SelectMany(scenario => scenario.Clauses).Distinct().Order(StringComparer.Ordinal))
        {
            html.Add($"""<option value="{clause}"></option>""");
        }

        html.Add($"""</datalist><button type="button" id="f-clear">clear</button><button type="button" id="f-open">open all</button>""");
        html.Add($"""<output id="f-count"></output><nav><a href="#scenarios">scenarios</a> <a href="#clauses">clauses</a></nav></form>""");
    }

    private static void WriteSelect(HtmlBuilder html, string id, string label, IEnumerable<string> values)
    {
        html.Add($"""<label>{label}<select id="{id}"><option value="">any</option>""");
        foreach (var value in values)
        {
            html.Add($"""<option>{value}</option>""");
        }

        html.Add($"</select></label>");
    }
}
