// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Results;

public sealed class MergedRunsTests
{
    [Test]
    public void WhatRanInSeveralCountsAsInTheLast()
    {
        var first = Samples.Results(Samples.Record("A", Verdict.Fail), Samples.Record("B", Verdict.Pass));
        var second = Samples.Results(Samples.Record("A", Verdict.Pass)) with { Started = first.Started.AddMinutes(5) };

        var merged = MergedRuns.Merge([("second", second), ("first", first)], "all");

        merged.Scenarios.Select(record => (record.Id, record.Verdict)).Should().BeEquivalentTo([("A", Verdict.Pass), ("B", Verdict.Pass)]);
        merged.Started.Should().Be(first.Started);
        merged.DurationMs.Should().Be(300_000 + second.DurationMs);
        merged.Peers.Should().HaveCount(2);
    }

    [Test]
    public void EvidenceIsFoundFromTheNewFolder()
    {
        using var folder = new TemporaryFolder();
        var run = Samples.Results(Samples.Record("A", Verdict.Pass) with { Evidence = "evidence/self/A" });

        var merged = MergedRuns.Merge([(folder["shards", "1"], run)], folder["merged"]);

        merged.Scenarios[0].Evidence.Should().Be("../shards/1/evidence/self/A");
    }

    [Test]
    public void OneRunInItsOwnFolderStaysAsItIs()
    {
        var run = Samples.Results(Samples.Record("A", Verdict.Pass) with { Evidence = "evidence/self/A" });

        MergedRuns.Merge([("out", run)], "out").ToJson().Should().Be(run.ToJson());
    }
}
