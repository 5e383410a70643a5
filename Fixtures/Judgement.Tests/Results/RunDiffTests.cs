// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Results;

public sealed class RunDiffTests
{
    [Test]
    public void EachChangeStandsInItsList()
    {
        var older = Samples.Results(
            Samples.Record("BROKE", Verdict.Pass), Samples.Record("MENDED", Verdict.Fail), Samples.Record("GONE", Verdict.Pass),
            Samples.Record("SAME", Verdict.Fail), Samples.Record("OTHER", Verdict.Pass), Samples.Record("SLOW", Verdict.Pass), Samples.Record("LOAD", Verdict.Pass));
        var newer = Samples.Results(
            Samples.Record("BROKE", Verdict.Fail), Samples.Record("MENDED", Verdict.Pass), Samples.Record("ADDED", Verdict.Pass),
            Samples.Record("SAME", Verdict.Fail), Samples.Record("OTHER", Verdict.Unsupported),
            Samples.Record("SLOW", Verdict.Pass) with { DurationMs = 900 }, Samples.Record("LOAD", Verdict.Pass) with { DurationMs = 60 });

        var diff = RunDiff.Of(older, newer);

        diff.NewlyFailing.Select(change => change.Id).Should().Equal("BROKE");
        diff.NewlyPassing.Select(change => change.Id).Should().Equal("MENDED");
        diff.Changed.Select(change => change.Id).Should().Equal("OTHER");
        diff.Gone.Select(change => change.Id).Should().Equal("GONE");
        diff.Added.Select(change => change.Id).Should().Equal("ADDED");
        diff.Slower.Select(change => change.Id).Should().Equal("SLOW");
    }

    [Test]
    public void TheSameScenarioAgainstAnotherPeerIsAnother()
    {
        var diff = RunDiff.Of(Samples.Results(Samples.Record("X", Verdict.Pass)), Samples.Results(Samples.Record("X", Verdict.Fail) with { Peer = "self" }));

        diff.NewlyFailing.Should().BeEmpty();
        diff.Gone.Should().ContainSingle();
        diff.Added.Should().ContainSingle();
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public void AShouldCountsWhenStrict(bool strict, int failing) =>
        RunDiff.Of(Samples.Results(Samples.Record("X", Verdict.Pass)), Samples.Results(Samples.Record("X", Verdict.NonStrict)), strict)
            .NewlyFailing.Should().HaveCount(failing);
}
