// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Ledger;

public sealed class TagCheckTests
{
    [Test]
    public void GoodScenariosHaveNoProblems() => Problems(
        Scenario("a", "id:IKE1-MM-001", "clause:RFC2409-5-08", "must", "ikev1", "main-mode", "quick-mode", "judges:both"),
        Scenario("b", "id:ESP-SEQ-001", "clause:RFC2409-5-08", "must", "ikev1", "esp", "judges:both"),
        Scenario("c", "id:OTHER-001", "clause:RFC2408-5.1-04", "clause:RFC2408-5.4-03", "should", "ikev2", "judges:peer", "initiator"))
        .Should().BeEmpty();

    [Test]
    public void AnIdBelongsToOneScenario() => Problems(
        Scenario("first", "id:IKE1-MM-001", "clause:RFC2409-5-08", "must", "ikev1", "judges:both"),
        Scenario("second", "id:ike1-mm-001", "clause:RFC2409-5-08", "must", "ikev1", "judges:both"))
        .Should().Equal("Feature / second: id ike1-mm-001 belongs to 'Feature / first': ids are never used twice");

    [Test]
    public void RowsOfAnOutlineShareTheirId() => Problems(
        Scenario("outline", "id:IKE1-MM-001", "clause:RFC2409-5-08", "must", "ikev1", "judges:both", "initiator"),
        Scenario("outline", "id:IKE1-MM-001", "clause:RFC2409-5-08", "must", "ikev1", "judges:both", "responder"))
        .Should().BeEmpty();

    [Test]
    public void AClauseMustBeInTheLedger() => Problems(
        Scenario("a", "id:IKE1-MM-001", "clause:RFC2409-5-08", "clause:RFC2409-9-99", "must", "ikev1", "judges:both"))
        .Should().Equal("Feature / a: clause RFC2409-9-99 is not in the ledger");

    [Test]
    public void MandatoryTagsAreAsked() =>
        Problems(Scenario("a", "wip")).Should().HaveCount(5).And.OnlyContain(problem => problem.StartsWith("Feature / a: no "));

    [TestCase("IKE1-MM-001", "ikev2", "ikev1")]
    [TestCase("IKE2-SA-001", "ikev1", "ikev2")]
    [TestCase("ESP-SEQ-001", "ikev1", "esp")]
    [TestCase("AH-001", "esp", "ah")]
    public void AnIdMustNotClaimAnotherProtocol(string id, string tag, string claimed) => Problems(
        Scenario("a", "id:" + id, "clause:RFC2409-5-08", "must", tag, "judges:both"))
        .Should().Equal($"Feature / a: id {id} claims @{claimed}, which is not among the tags");

    [TestCase("main-mode")]
    [TestCase("aggressive-mode")]
    [TestCase("quick-mode")]
    public void ModesOfIkeV1AreOfIkeV1(string mode) => Problems(
        Scenario("a", "id:OTHER-001", "clause:RFC2409-5-08", "must", "ikev2", mode, "judges:both"))
        .Should().Equal($"Feature / a: @{mode} exists in @ikev1 only, which is not among the tags");

    [TestCase("must", "RFC2408-5.1-04", "@must is stronger than every clause named: the strongest is SHOULD")]
    [TestCase("should", "RFC2408-5.4-03", "@should is stronger than every clause named: the strongest is MAY")]
    public void ALevelMustNotBeStrongerThanItsClauses(string level, string clause, string problem) => Problems(
        Scenario("a", "id:OTHER-001", "clause:" + clause, level, "ikev1", "judges:both"))
        .Should().Equal("Feature / a: " + problem);

    [TestCase("responder", "RFC2409-5-12", "initiator")]
    [TestCase("initiator", "RFC2409-3.2-01", "responder")]
    public void ARoleMustBeOneThatTheClausesBind(string role, string clause, string bound) => Problems(
        Scenario("a", "id:OTHER-001", "clause:" + clause, "must", "ikev1", "judges:both", role))
        .Should().Equal($"Feature / a: @{role} is judged, but every clause named binds the {bound} alone");

    [Test]
    public void BothRolesOnOneScenarioContradict() => Problems(
        Scenario("a", "id:IKE1-MM-001", "clause:RFC2409-5-08", "must", "ikev1", "judges:both", "initiator", "responder"))
        .Should().ContainSingle().Which.Should().Contain("contradict");

    private static ScenarioListing Scenario(string name, params string[] tags) => new("Feature", name, [.. tags]);

    private static ImmutableArray<string> Problems(params ScenarioListing[] scenarios) =>
        [.. TagCheck.Check(scenarios, Samples.LoadLedger()).Select(problem => problem.ToString())];
}
