// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Run;

/// <summary>What ended a scenario decides its verdict.</summary>
public class OutcomeRulesTests
{
    private static readonly Clause Clause = new("RFC2409-5.5-03", Level.Must, "MUST", "both", "HASH comes first.", "-", "wire", 1);

    [Test]
    public void NothingIsAPass() => Judge(null).Should().Be(ScenarioOutcome.Pass);

    [TestCase("MUST", Level.Must, Verdict.Fail)]
    [TestCase("MUST NOT", Level.Must, Verdict.Fail)]
    [TestCase("MUST", Level.Should, Verdict.NonStrict)]
    [TestCase("SHOULD", Level.Must, Verdict.NonStrict)]
    [TestCase("SHOULD NOT", Level.Must, Verdict.NonStrict)]
    [TestCase("MAY", Level.Must, Verdict.Pass)]
    [TestCase("MUST", Level.May, Verdict.Pass)]
    public void TheWeakerLevelDecides(string clause, Level scenario, Verdict verdict)
    {
        var failure = Failure.Of(Clause with { LevelText = clause }, "quick mode 1", "quick mode 2", "silence");

        var outcome = Judge(new ConformanceException(failure), scenario);

        outcome.Verdict.Should().Be(verdict);
        outcome.Failure.Should().Be(failure, "what came is noted whatever the verdict");
    }

    [Test]
    public void AnAssertionBecomesFiveLinesFromTheSteps()
    {
        var steps = new StepTrail();
        steps.Add("Given", "a tunnel policy");
        steps.Add("When", "west starts quick mode");
        steps.Add("Then", "HASH is the first payload");

        var assertion = new InvalidCastException("SA came first\nthen HASH");
        var outcome = OutcomeRules.Of(assertion, TagsOf(Level.Must), LedgerWith(Clause), steps, _ => true);

        outcome.Verdict.Should().Be(Verdict.Fail);
        outcome.ToMessage("out/evidence/self/X").Should().Be("""
            requirement: RFC2409-5.5-03 (MUST) HASH comes first.
            sent:        When west starts quick mode
            legal:       Then HASH is the first payload
            came:        SA came first; then HASH
            evidence:    out/evidence/self/X
            """.ReplaceLineEndings("\n"));
    }

    [Test]
    public void UnsupportedAndEnvironmentSayWhy()
    {
        Judge(new UnsupportedException("no aggressive mode")).Should().Be(new ScenarioOutcome(Verdict.Unsupported, Reason: "no aggressive mode"));
        Judge(new EnvironmentException("the container died")).Should().Be(new ScenarioOutcome(Verdict.Environment, Reason: "the container died"));
    }

    [TestCase(139, "swan's daemon crashed: signal 11 (SIGSEGV)")]
    [TestCase(134, "swan's daemon crashed: signal 6 (SIGABRT)")]
    [TestCase(1, "swan's daemon crashed: exit status 1")]
    public void ACrashIsAFailureOfWhoCausedItAndTheEnvironmentsOfAllOthers(int status, string came)
    {
        var error = new PeerCrashedException(new PeerCrash("swan", status, DateTimeOffset.UnixEpoch), "its container ended", null);

        var blamed = OutcomeRules.Of(error, TagsOf(Level.May), LedgerWith(Clause), new StepTrail(), _ => false, _ => true);

        (blamed.Verdict, blamed.Failure!.Came, blamed.Reason).Should().Be((Verdict.Fail, came, "its container ended"));
        Judge(error).Should().Be(new ScenarioOutcome(Verdict.Environment, Reason: "its container ended"));
    }

    [Test]
    public void WhatIsWrappedCountsByWhatItWraps()
    {
        Judge(new TargetInvocationException(new AggregateException(new UnsupportedException("x")))).Verdict.Should().Be(Verdict.Unsupported);
        Judge(new AggregateException(new UnsupportedException("x"), new UnsupportedException("y"))).Verdict.Should().Be(Verdict.HarnessError);
    }

    [Test]
    public void AnythingElseIsOurFaultAndNamesTheStep()
    {
        var steps = new StepTrail();
        steps.Add("When", "west starts main mode");

        var outcome = OutcomeRules.Of(new KeyNotFoundException("west"), TagsOf(Level.Must), ClauseLedger.Empty, steps, _ => false);

        outcome.Verdict.Should().Be(Verdict.HarnessError);
        outcome.Reason.Should().StartWith("When west starts main mode\n").And.Contain("west");
    }

    private static ScenarioOutcome Judge(Exception? error, Level level = Level.Must) =>
        OutcomeRules.Of(error, TagsOf(level), ClauseLedger.Empty, new StepTrail(), _ => false);

    private static ScenarioTags TagsOf(Level level)
    {
        ScenarioTags.TryParse(["id:X", "clause:RFC2409-5.5-03", level.ToText(), "ikev1", "judges:peer"], out var tags, out _).Should().BeTrue();
        return tags;
    }

    private static ClauseLedger LedgerWith(Clause clause)
    {
        using var reader = new StringReader($"""
            id,level,role,requirement,how_observed,testable,priority,verified
            {clause.Id},{clause.LevelText},both,{clause.Requirement},-,wire,1,yes
            """);
        return ClauseLedger.Load([("test", reader)]);
    }
}
