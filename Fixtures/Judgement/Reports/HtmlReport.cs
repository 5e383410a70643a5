// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// The results as one static HTML page: it opens from disk, loads nothing, follows light and dark, and filters in the browser. Everything that
/// comes from a peer or a scenario is escaped (see <see cref="HtmlBuilder"/>).
/// </summary>
public static class HtmlReport
{
    /// <summary>Renders the page.</summary>
    public static string Render(RunResults results, ReportContext context)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(context);
        var html = new HtmlBuilder();
        html.Add($"""<!DOCTYPE html>""");
        html.Add($"""<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">""");
        html.Add($"""<meta name="color-scheme" content="light dark"><meta name="generator" content="ConformanceSuite {results.Suite.Version}">""");
        html.Add($"""<title>IPsec conformance: {Headline.Of(results, context.Strict)}</title>""");
        html.AddMarkup($"<style>\n{Asset("report.css")}</style></head><body>");
        WriteHeader(html, results, context);
        HtmlAttention.Write(html, results, context.Strict);
        html.Add($"<main>");
        HtmlFilter.Write(html, results);
        HtmlMatrix.Write(html, results, context);
        HtmlClauses.Write(html, results, context.Ledger);
        html.Add($"</main>");
        html.Add($"""<footer>Results schema {RunResults.CurrentSchema}. Keys in the evidence are of throw-away credentials.</footer>""");
        html.AddMarkup($"<script>\n{Asset("report.js")}</script></body></html>");
        return html.ToString();
    }

    private static void WriteHeader(HtmlBuilder html, RunResults results, ReportContext context)
    {
        var status = ExitStatuses.Of(results.Scenarios.Select(scenario => scenario.Verdict), context.Strict);
        html.Add($"""<header><p class="kicker">IPsec conformance</p>""");
        html.Add($"""<h1 class="status-{(int)status}">{Headline.Of(results, context.Strict)}</h1>""");
        WriteBar(html, results.Summary, "bar");
        WriteLegend(html, results.Summary);
        html.Add($"""<dl class="facts">""");
        WriteFact(html, "started", results.Started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        WriteFact(html, "duration", DurationText.Of(results.DurationMs));
        WriteFact(html, "seed", results.Seed.ToString(CultureInfo.InvariantCulture));
        WriteFact(html, "suite", $"{results.Suite.Version} ({results.Suite.Commit})");
        WriteFact(html, "system", results.Environment.Os);
        WriteFact(html, "kernel", results.Environment.Kernel);
        WriteFact(html, "engine", results.Environment.Engine ?? "none");
        html.Add($"</dl>");
        WritePeers(html, results);
        html.Add($"</header>");
    }

    private static void WriteBar(HtmlBuilder html, VerdictCounts counts, string kind)
    {
        html.Add($"""<div class="{kind}" role="img" aria-label="{Spoken(counts)}">""");
        foreach (var verdict in Verdicts.All.Where(verdict => counts[verdict] > 0))
        {
            var name = verdict.ToText();
            html.Add($"""<span class="fill {name}" style="flex-grow:{counts[verdict]}" title="{counts[verdict]} {name}"></span>""");
        }

        html.Add($"</div>");
    }

    private static void WriteLegend(HtmlBuilder html, VerdictCounts counts)
    {
        html.Add($"""<div class="legend">""");
        foreach (var verdict in Verdicts.All)
        {
            var kind = counts[verdict] == 0 ? "count none" : "count";
            html.Add($"""<button type="button" class="{kind}" data-show="{verdict.ToText()}" title="{verdict.Meaning()}"><b>{counts[verdict]}</b>""");
            HtmlVerdict.Write(html, verdict);
            html.Add($"</button>");
        }

        html.Add($"</div>");
    }

    private static void WriteFact(HtmlBuilder html, string name, string value) => html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static void WritePeers(HtmlBuilder html, RunResults results)
    {
        html.Add($"""<div class="peers">""");
        foreach (var peer in results.Peers)
        {
            var counts = VerdictCounts.Of(results.Scenarios.Where(scenario => scenario.Peer == peer.Name).Select(scenario => scenario.Verdict));
            html.Add($"""<section class="peer"><h2>{peer.Name} <small>{peer.Version}</small></h2>""");
            WriteBar(html, counts, "bar thin");
            html.Add($"""<p>{Spoken(counts)}</p><dl><div><dt>data plane</dt><dd>{peer.DataPlane}</dd></div>""");
            html.Add($"""<div><dt>image</dt><dd class="mono">{peer.Image ?? "none"}</dd></div></dl></section>""");
        }

        html.Add($"</div>");
    }

    private static string Spoken(VerdictCounts counts) => counts.Total == 0
        ? "nothing ran"
        : string.Join(", ", Verdicts.All.Where(verdict => counts[verdict] > 0).Select(verdict => $"{counts[verdict]} {verdict.ToText()}"));

    /// <summary>A resource of the reports.</summary>
    internal static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("Assets/" + name)
            ?? throw new InvalidOperationException($"resource {name} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
