// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Ledger;

public sealed class ScenarioTagsTests
{
    private static readonly string[] Good =
        ["id:IKE1-MM-003", "clause:RFC2409-5.4-01", "clause:RFC2409-5-08", "must", "ikev1", "phase1", "main-mode", "judges:both", "responder"];

    [Test]
    public void TagsAreRead()
    {
        ScenarioTags.TryParse(Good, out var tags, out var problems).Should().BeTrue();

        problems.Should().BeEmpty();
        tags.Id.Should().Be("IKE1-MM-003");
        tags.Clauses.Should().Equal("RFC2409-5.4-01", "RFC2409-5-08");
        tags.Level.Should().Be(Level.Must);
        tags.Role.Should().Be(Role.Responder);
        tags.Judges.Should().Be("both");
        tags.Protocols.Should().Equal("ikev1");
        tags.Tags.Should().Equal(Good);
        tags.Has("MAIN-mode").Should().BeTrue();
        tags.Has("main").Should().BeFalse();
    }

    [Test]
    public void ALeadingAtAndRepetitionsDoNotMatter()
    {
        ScenarioTags.TryParse(Good.Select(tag => "@" + tag).Concat(Good), out var tags, out _).Should().BeTrue();
        tags.Tags.Should().Equal(Good);
    }

    [TestCase("should", Level.Should)]
    [TestCase("may", Level.May)]
    public void LevelsAreRead(string tag, Level level)
    {
        ScenarioTags.TryParse(Good.Select(other => other == "must" ? tag : other), out var tags, out _).Should().BeTrue();
        tags.Level.Should().Be(level);
    }

    [Test]
    public void WithoutARoleTagThereIsNoRole()
    {
        ScenarioTags.TryParse(Good.Except(["responder"]), out var tags, out _).Should().BeTrue();
        tags.Role.Should().Be(Role.None);
    }

    [TestCase("id:IKE1-MM-003", "no id: *")]
    [TestCase("must", "no level: *")]
    [TestCase("ikev1", "no protocol: *")]
    [TestCase("judges:both", "no judges: *")]
    public void AMandatoryTagThatIsMissingIsAProblem(string missing, string problem) =>
        Problems(Good.Except([missing])).Should().ContainSingle().Which.Should().Match(problem);

    [Test]
    public void NoClauseIsAProblem() =>
        Problems(Good.Where(tag => !tag.StartsWith("clause:", StringComparison.Ordinal)))
            .Should().ContainSingle().Which.Should().StartWith("no clause");

    [TestCase("id:OTHER-1", "2 id tags*")]
    [TestCase("should", "2 level tags*")]
    [TestCase("judges:peer", "2 judges tags*")]
    [TestCase("initiator", "@initiator and @responder contradict*")]
    [TestCase("clause:", "@clause: has no value")]
    public void AContradictionIsAProblem(string added, string problem) =>
        Problems([.. Good, added]).Should().ContainSingle().Which.Should().Match(problem);

    [Test]
    public void AnUnknownJudgeIsAProblem() =>
        Problems(Good.Select(tag => tag == "judges:both" ? "judges:referee" : tag))
            .Should().ContainSingle().Which.Should().StartWith("@judges:referee is not one of");

    [Test]
    public void WhatCouldBeReadIsThereAllTheSame()
    {
        ScenarioTags.TryParse(["id:X-1"], out var tags, out var problems).Should().BeFalse();
        tags.Id.Should().Be("X-1");
        problems.Should().HaveCount(4);
    }

    private static IReadOnlyList<string> Problems(IEnumerable<string> source)
    {
        ScenarioTags.TryParse(source, out _, out var problems).Should().BeFalse();
        return problems;
    }
}
