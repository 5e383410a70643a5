// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Reports;

public sealed partial class HtmlReportTests
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"'&</script></style>\u0000\uD800";

    private static readonly LadderStep[] Ladder =
    [
        new("west", "east", "Identity Protection #1", "SA", false, null, 0),
        new("east", "west", "Identity Protection #6", "ID, HASH", true, "late", 21),
    ];

    [Test]
    public void NothingIsLoadedFromElsewhere()
    {
        var page = Render([.. Samples.OfEveryVerdict]);

        page.Should().NotMatchRegex("https?://").And.NotContainAny("@import", "url(", " src=", "<link", "fetch(", "XMLHttpRequest");
        Links().Matches(page).Select(match => match.Groups[1].Value).Should().NotBeEmpty()
            .And.OnlyContain(target => target.StartsWith('#') || target.StartsWith("./", StringComparison.Ordinal));
    }

    [Test]
    public void EveryTextIsEscapedAndEveryElementClosed()
    {
        var record = new ScenarioRecord(
            Hostile, Hostile, Hostile, [Hostile], [Hostile], Level.Must, Hostile, Role.None, Verdict.Fail, 1, Hostile, "javascript:" + Hostile);
        var results = RunResults.From(
            new RunHeader(new SuiteRecord(Hostile, Hostile), DateTimeOffset.UnixEpoch, 0, new EnvironmentRecord(Hostile, Hostile, Hostile), []),
            TimeSpan.Zero,
            [new PeerRecord(Hostile, Hostile, Hostile, Hostile)],
            [record, .. Samples.OfEveryVerdict]);
        var page = HtmlReport.Render(results, new ReportContext
        {
            Ledger = Samples.LoadLedger(),
            Ladder = _ => [new LadderStep(Hostile, Hostile, Hostile, Hostile, true, Hostile, 0), .. Ladder],
        });

        page.Should().NotContain("<img").And.NotContain("href=\"javascript:").And.NotContain("\u0000");
        page.Should().Contain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;&lt;/script&gt;");
        Unbalanced(page).Should().BeEmpty();
        Regex.Count(page, "<script").Should().Be(1);
        Regex.Count(page, "</script").Should().Be(1);
    }

    [Test]
    public void EachVerdictHasSignAndWord()
    {
        var page = Flat(Render([.. Samples.OfEveryVerdict]));

        foreach (var verdict in Judgement.Verdicts.All)
        {
            var name = verdict.ToText();
            page.Should().MatchRegex(
                $"<span data-verdict=\"{name}\"><span class=\"verdict {name}\">[^<a-z]+ {name}<i>responder</i></span>");
        }
    }

    [Test]
    public void ARowTellsClauseFailureEvidenceAndLadder()
    {
        var page = Flat(Render([Samples.OfEveryVerdict[1]]));

        page.Should().Contain("<dt class=\"mono\">RFC2409-5-08</dt><dd><b>MUST</b> Nonce data is 8 to 256 octets. <small>Seen by: Send 7 octets,");
        page.Should().Contain("<div class=\"came\"><dt>came</dt><dd>Main Mode message 4</dd></div>");
        page.Should().Contain("<a href=\"./evidence/strongswan/IKE1-MM-002/\">");
        page.Should().Contain("2 messages").And.Contain("Identity Protection #6");
        Regex.Count(page, "<svg ").Should().Be(1);
    }

    [Test]
    public void BothRolesAndRepetitionsStandInOneCell()
    {
        var record = Samples.Record("IKE1-MM-001", Verdict.Pass);
        var page = Flat(Render([record, record with { Verdict = Verdict.Fail }, record, record with { Role = Role.Initiator }]));

        page.Should().Contain("✗ fail<i>responder, 1 of 3</i>").And.Contain("✓ pass<i>initiator</i>");
        page.Should().Contain("data-verdict=\"pass fail\"");
        Regex.Count(page, "<details class=\"row\"").Should().Be(1);
        Regex.Count(page, "<article ").Should().Be(4);
    }

    [Test]
    public void ClausesShowTheGravestVerdictPerPeer()
    {
        var page = Flat(Render([
            Samples.Record("A-1", Verdict.Pass), Samples.Record("A-2", Verdict.Fail),
            Samples.Record("A-1", Verdict.Pass) with { Peer = "self" },
            Samples.Record("A-3", Verdict.Pass) with { Clauses = ["RFC1-1-01"] }]));
        var clauses = page[page.IndexOf("id=\"clauses\"", StringComparison.Ordinal)..];

        clauses.Should().Contain("1 of the ledger's 6 clauses are touched");
        clauses.Should().Contain("<h3>RFC 2409</h3>").And.Contain("<h3>Not in the ledger</h3>");
        clauses.Should().Contain(
            "<span class=\"cell-peer\">strongswan</span><span data-verdict=\"fail\"><span class=\"verdict fail\">✗ fail<i>1 of 2</i>");
        clauses.Should().Contain("<span class=\"cell-peer\">self</span><span data-verdict=\"pass\"><span class=\"verdict pass\">✓ pass</span>");
        clauses.Should().Contain("<a class=\"mono\" href=\"#s-A-1\">A-1</a><a class=\"mono\" href=\"#s-A-2\">A-2</a>");
        page.Should().Contain("<details class=\"row\" id=\"s-A-1\"");
    }

    [Test]
    public void WhatNeedsAttentionStandsOnTop()
    {
        var page = Flat(Render([.. Samples.OfEveryVerdict]));
        var attention = page[page.IndexOf("class=\"attention\"", StringComparison.Ordinal)..page.IndexOf("<main>", StringComparison.Ordinal)];

        LinkIds().Matches(attention).Select(match => match.Groups[1].Value).Should().Equal("IKE1-MM-002", "IKE1-MM-006", "IKE1-MM-007", "IKE1-MM-008");
        attention.Should().Contain("<small>Main Mode message 4</small>").And.Contain("<small>control failed</small>");
        Render([Samples.OfEveryVerdict[0]]).Should().NotContain("class=\"attention\"");
    }

    [Test]
    public void TheHeaderTellsTheRun()
    {
        var page = Flat(Render([.. Samples.OfEveryVerdict]));

        page.Should().Contain("<dt>started</dt><dd>2026-11-23 15:04:05 UTC</dd>").And.Contain("<dt>duration</dt><dd>1 min 23 s</dd>");
        page.Should().Contain("<dt>seed</dt><dd>18446744073709551615</dd>").And.Contain("<dt>kernel</dt><dd>6.18.5</dd>");
        page.Should().Contain("<h2>strongswan <small>5.9.8</small></h2>").And.Contain("conformance/strongswan@sha256:0123");
        page.Should().Contain("<dd>user-mode-linux</dd>").And.Contain("style=\"flex-grow:1\" title=\"1 fail\"");
    }

    [Test]
    public void AnEmptyRunIsAPage() => Unbalanced(Render([])).Should().BeEmpty();

    private static string Render(ScenarioRecord[] scenarios) => HtmlReport.Render(
        Samples.Results(scenarios),
        new ReportContext { Ledger = Samples.LoadLedger(), Ladder = record => record.Evidence is null ? null : Ladder });

    /// <summary>Markup without the line feeds between elements.</summary>
    private static string Flat(string page) => page.Replace("\n", "", StringComparison.Ordinal);

    /// <summary>What is left of a page when every well-formed element is taken away: stray brackets, unclosed or wrongly closed elements.</summary>
    private static List<string> Unbalanced(string page)
    {
        var problems = new List<string>();
        var open = new Stack<string>();
        var body = Raw().Replace(page, "").Replace("<!DOCTYPE html>", "", StringComparison.Ordinal);
        var rest = Element().Replace(body, match =>
        {
            var name = match.Groups["name"].Value;
            if (match.Value[1] == '/')
            {
                if (open.Count == 0 || open.Pop() != name)
                {
                    problems.Add("closed without being open: " + match.Value);
                }
            }
            else if (!match.Value.EndsWith("/>", StringComparison.Ordinal) && name is not ("meta" or "input"))
            {
                open.Push(name);
            }

            return "";
        });
        problems.AddRange(open.Select(name => "not closed: " + name));
        problems.AddRange(rest.Where(character => character is '<' or '>').Select(character => "stray " + character));
        return problems;
    }

    [GeneratedRegex("<(style|script)>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Raw();

    [GeneratedRegex("</?(?<name>[a-z][a-z0-9]*)(\\s+[a-zA-Z][a-zA-Z0-9-]*(=\"[^\"<>]*\")?)*\\s*/?>")]
    private static partial Regex Element();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("href=\"#s-([^\"]*)\"")]
    private static partial Regex LinkIds();
}
