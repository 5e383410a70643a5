// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Comparison;

/// <summary>Who agrees with whom: from three verdicts, in all outputs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BaselineComparisonTests
{
    private const string A = "strongswan";
    private const string B = "self";

    [TestCase(Verdict.Pass, Verdict.Pass, Verdict.Pass, Agreement.All)]
    [TestCase(Verdict.Fail, Verdict.Fail, Verdict.Pass, Agreement.OnlyPeers)]
    [TestCase(Verdict.Pass, Verdict.Pass, Verdict.Fail, Agreement.EachWithUs)]
    [TestCase(Verdict.Pass, Verdict.Fail, Verdict.Fail, Agreement.OnlyAWithUs)]
    [TestCase(Verdict.Fail, Verdict.Pass, Verdict.Fail, Agreement.OnlyBWithUs)]
    [TestCase(Verdict.Fail, Verdict.Pass, Verdict.Pass, Agreement.AllButAWithUs)]
    [TestCase(Verdict.Pass, Verdict.Fail, Verdict.Pass, Agreement.AllButBWithUs)]
    [TestCase(Verdict.Fail, Verdict.Known, Verdict.Fail, Agreement.None)]
    [TestCase(Verdict.Pass, Verdict.Unsupported, Verdict.Pass, Agreement.Unknown)]
    [TestCase(Verdict.Pass, Verdict.Pass, Verdict.Environment, Agreement.Unknown)]
    public void ThreeVerdicts(Verdict withA, Verdict withB, Verdict between, Agreement expected)
    {
        var row = Compare(Record("IKE1-BASE-001", A, withA), Record("IKE1-BASE-001", B, withB), Record("IKE1-BASE-001", "strongswan~self", between)).Baseline.Should().ContainSingle().Which;
        (row.WithA, row.WithB, row.Between, row.Agreement).Should().Be((withA, withB, between, expected));
    }

    [Test]
    public void WhatWasNotRunIsNotKnown() =>
        Compare(Record("IKE1-BASE-001", A, Verdict.Pass), Record("IKE1-BASE-001", "self~strongswan", Verdict.Pass)).Baseline.Should().ContainSingle()
            .Which.Agreement.Should().Be(Agreement.Unknown, "the pair counts in either order, and the second peer was not run");

    [Test]
    public void WithoutThePairThereIsNoBaseline()
    {
        var comparison = Compare(Record("IKE1-BASE-001", A, Verdict.Pass), Record("IKE1-BASE-001", B, Verdict.Pass));
        comparison.Baseline.Should().BeEmpty();
        ComparisonMarkdown.Render(comparison).Should().NotContain("## Baseline");
        ComparisonHtml.Render(comparison, ".", _ => null).Should().NotContain("id=\"Baseline\"");
    }

    [Test]
    public void OutputsSayWhoAgrees()
    {
        var comparison = Compare(
            Record("IKE1-BASE-001", A, Verdict.Pass), Record("IKE1-BASE-001", B, Verdict.Pass), Record("IKE1-BASE-001", "strongswan~self", Verdict.Pass),
            Record("IKE1-BASE-002", A, Verdict.Fail), Record("IKE1-BASE-002", B, Verdict.Fail), Record("IKE1-BASE-002", "strongswan~self", Verdict.Pass));
        const string Verdict2 = "strongswan and self agree with each other, and neither with us";
        BaselineComparison.Headline(comparison).Should().Be($"Baseline of 2 policies. 1: {Verdict2}. 1: all three agree.");
        comparison.Baseline[0].Scenario.Should().Be("IKE1-BASE-002", "disagreements come first");
        ComparisonMarkdown.Render(comparison).Should().Contain("## Baseline").And.Contain($"(IKE1-BASE-002) | fail | fail | pass | {Verdict2} |").And.NotContain("(IKE1-BASE-001)");
        ComparisonHtml.Render(comparison, ".", _ => null).Should().Contain("id=\"Baseline\"").And.Contain(Verdict2).And.Contain("all three agree");
        comparison.ToJson().Should().Contain("\"agreement\": \"OnlyPeers\"");
    }

    [TestCase("a~b", "a", "b")]
    [TestCase("a~", "", "")]
    [TestCase("ab", "", "")]
    [TestCase("a~b~c", "", "")]
    public void NamesOfPairs(string name, string west, string east)
    {
        PairNames.TryRead(name, out var ends).Should().Be(west.Length > 0);
        ends.Should().Be((west, east));
    }

    private static PeerComparison Compare(params ScenarioRecord[] records) => PeerComparer.Compare(Samples.Results(records), A, B, _ => null);

    private static ScenarioRecord Record(string id, string peer, Verdict verdict) =>
        Samples.Record(id, verdict) with { Peer = peer, Tags = ["id:" + id, "baseline"], Name = $"policy of {id}" };
}
