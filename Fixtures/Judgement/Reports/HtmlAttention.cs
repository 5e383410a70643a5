// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The part of the page that a hurried reader reads: what broke the build, each with what came and a link to its row.</summary>
internal static class HtmlAttention
{
    private const int Longest = 40;

    public static void Write(HtmlBuilder html, RunResults results, bool strict)
    {
        var urgent = results.Scenarios
            .Where(scenario => scenario.Verdict.IsUnexpected(strict) || scenario.Verdict is Verdict.HarnessError or Verdict.Environment)
            .ToList();
        if (urgent.Count == 0)
        {
            return;
        }

        html.Add($"""<section class="attention"><h2>Needs attention</h2><ul>""");
        foreach (var scenario in urgent.Take(Longest))
        {
            html.Add($"""<li><a href="{HtmlVerdict.LinkTo(scenario.Id)}">""");
            HtmlVerdict.Write(html, scenario.Verdict);
            html.Add($"""<b class="mono">{scenario.Id}</b> <span>{scenario.Peer}{HtmlOutcome.RoleText(scenario.Role)}</span></a>""");
            html.Add($"""<span>{scenario.Name}</span>""");
            html.Add($"""<small>{Came(scenario)}</small></li>""");
        }

        html.Add($"</ul>");
        if (urgent.Count > Longest)
        {
            html.Add($"<p>and {urgent.Count - Longest} more: filter by verdict.</p>");
        }

        html.Add($"</section>");
    }

    private static string Came(ScenarioRecord scenario) => FiveLines.TryParse(scenario.Message, out var lines)
        ? lines.First(line => line.Label == FiveLines.Came).Text
        : (scenario.Message ?? "").Split('\n')[0];
}
