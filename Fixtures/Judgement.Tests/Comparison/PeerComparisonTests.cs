// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Comparison;

/// <summary>Many scenarios together, and the files that say so.</summary>
public sealed class PeerComparisonTests
{
    private const int Scenarios = 300;

    [Test]
    public void TheSameDifferenceOfManyScenariosIsOneRow()
    {
        var comparison = Compare();

        comparison.Scenarios.Should().Be(Scenarios + 2);
        comparison.WithPackets.Should().Be(Scenarios + 1);
        comparison.Alike.Should().Be(1);
        comparison.OnlyA.Should().Equal("ONLY-A");
        comparison.OnlyB.Should().BeEmpty();
        comparison.Differences.Select(row => (row.Kind, row.Aspect, row.Count)).Should().Equal(
            (DifferenceKind.Verdict, "verdict", 1),
            (DifferenceKind.PayloadOrder, "order in Identity Protection #2", Scenarios));
        comparison.Differences[1].Occurrences[7].Should().BeEquivalentTo(new
        {
            Scenario = "S-007",
            AFrames = new[] { 2 },
            BFrames = new[] { 2 },
            AEvidence = "evidence/self/S-007",
            BEvidence = "evidence/strongswan/S-007",
        });
        comparison.Differences[0].Occurrences[0].BMessage.Should().Be("it broke");
    }

    [Test]
    public void TheJsonHasEveryOccurrence()
    {
        using var document = JsonDocument.Parse(Compare().ToJson());
        var row = document.RootElement.GetProperty("differences")[1];

        document.RootElement.GetProperty("schema").GetInt32().Should().Be(1);
        document.RootElement.GetProperty("a").GetProperty("name").GetString().Should().Be("self");
        row.GetProperty("kind").GetString().Should().Be("payload-order");
        row.GetProperty("count").GetInt32().Should().Be(Scenarios);
        row.GetProperty("occurrences").GetArrayLength().Should().Be(Scenarios);
        row.GetProperty("occurrences")[0].GetProperty("a_frames")[0].GetInt32().Should().Be(2);
    }

    [Test]
    public void TheMarkdownCountsAndGivesExamples()
    {
        var markdown = ComparisonMarkdown.Render(Compare());

        markdown.Should().StartWith("# self 0.1.0 and strongswan 5.9.8: 2 differences in 301 scenarios\n")
            .And.Contain("302 scenarios compared, 1 alike; 1 by verdict only")
            .And.Contain("| order in Identity Protection #2 | SA, VID | VID, SA | 300 | S-000 (self: frame 2, strongswan: frame 2); S-001");
    }

    [Test]
    public void ThePageLeadsToThePacketsAndShowsBothLadders()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "self", "SA, VID");
        Write(folder, "strongswan", "VID, SA");

        ComparisonFolder.Write(folder["pages"], Compare(), folder.Path);

        var page = File.ReadAllText(folder["pages", ComparisonFolder.HtmlFile]);
        page.Should().Contain("href=\"./../evidence/self/S-000/\"").And.Contain("href=\"#s-S-000.responder\"").And.Contain("id=\"s-S-000.responder\"");
        page.Should().Contain("2: Identity Protection #2").And.Contain("differs: Order of payloads");
        page.Should().NotContain("http://").And.NotContain("https://").And.NotContain("<script");
        page.Split("<svg").Length.Should().Be(3, "one scenario has its packets in the folder, of both peers");
        File.Exists(folder["pages", ComparisonFolder.JsonFile]).Should().BeTrue();
        File.Exists(folder["pages", ComparisonFolder.MarkdownFile]).Should().BeTrue();
    }

    [Test]
    public void WhatAPeerSaysIsEscaped()
    {
        var row = new DifferenceRow(DifferenceKind.VendorIds, "<script>|x", "a", "b", [new("S", Role.None, [], [], null, null)]);
        var comparison = Compare() with { Differences = [row] };

        ComparisonHtml.Render(comparison, ".", _ => null).Should().NotContain("<script>").And.Contain("&lt;script&gt;");
        ComparisonMarkdown.Render(comparison).Should().Contain("&lt;script>\\|x");
    }

    [Test]
    public void APeerThatTheRunDoesNotHaveIsRefused()
    {
        var compare = () => PeerComparer.Compare(Samples.Results(), "self", "nobody", _ => null);

        compare.Should().Throw<ArgumentException>().WithMessage("*nobody*");
    }

    private static void Write(TemporaryFolder folder, string peer, string payloads) =>
        new EvidenceFolder(folder.Path, peer, "S-000").Write(new EvidenceContent { Trace = TraceOf(peer, payloads) });

    private static Trace TraceOf(string peer, string payloads) =>
        new HandMadeTrace(peer).West(HandMadeTrace.MainMode, "SA").East(HandMadeTrace.MainMode, payloads).Make();

    private static PeerComparison Compare()
    {
        var records = Enumerable.Range(0, Scenarios).Select(i => FormattableString.Invariant($"S-{i:000}"))
            .SelectMany(id => new[] { Of(id, "self"), Of(id, "strongswan") })
            .Append(Of("SAME", "self")).Append(Of("SAME", "strongswan"))
            .Append(Of("T-001", "self")).Append(Samples.Record("T-001", Verdict.Fail, "it broke"))
            .Append(Of("ONLY-A", "self"));
        return PeerComparer.Compare(Samples.Results([.. records]), "self", "strongswan", Packets);
    }

    private static ScenarioRecord Of(string id, string peer) => Samples.Record(id, Verdict.Pass) with { Peer = peer, Evidence = $"evidence/{peer}/{id}" };

    private static Trace? Packets(ScenarioRecord record) => record.Evidence is null
        ? null
        : TraceOf(record.Peer, record is { Peer: "strongswan", Id: not "SAME" } ? "VID, SA" : "SA, VID");
}
