// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class SaPayloadOracleTests
{
    private const ushort Ecp256 = 19;

    private static readonly IReadOnlyList<ObservedIke> Seen = [.. Conversation.Recorded(pfs: "ECP-256").OfType<ObservedIke>()];
    private static readonly IReadOnlyList<ObservedIke> Offers = [Seen[6], Seen[7]];

    private static IEnumerable<TestCaseData> WrongShapes()
    {
        yield return Case("another DOI", m => m.WithSa(sa => sa with { Doi = 0 }), "DOI 0, situation 1, proposals Isakmp");
        yield return Case("secrecy asked for", m => m.WithSa(sa => sa with { Situation = 3 }), "DOI 1, situation 3, proposals Isakmp");
        yield return Case("no situation", m => m.WithSa(sa => sa with { Situation = 0 }), "DOI 1, situation 0, proposals Isakmp");
        yield return Case("two proposals", m => m.WithSa(sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0]] }), "DOI 1, situation 1, proposals Isakmp, Isakmp");
        yield return Case("no proposal", m => m.WithSa(sa => sa with { Proposals = [] }), "DOI 1, situation 1, proposals ");
        yield return Case("another protocol", m => m.WithProposal(proposal => proposal with { ProtocolId = ProtocolId.Esp }), "DOI 1, situation 1, proposals Esp");
        yield return Case("another transform", m => m.WithTransform(transform => transform with { TransformId = 2 }), "DOI 1, situation 1, proposals Isakmp");
        yield return Case(
            "one transform of another kind",
            m => m.WithProposal(proposal => proposal with { Transforms = [proposal.Transforms[0], proposal.Transforms[0] with { TransformId = 0 }] }),
            "DOI 1, situation 1, proposals Isakmp");

        static TestCaseData Case(string name, Func<ObservedIke, ObservedIke> change, string came) => new TestCaseData(change, came).SetName($"Phase 1 SA with {name}");
    }

    [Test]
    public void HonestSaPayloadsAreAsTheDoiSays()
    {
        SaPayloadOracle.Phase1Shape(Seen).Should().BeNull();
        SaPayloadOracle.BasicAttributes(Seen).Should().BeNull();
        SaPayloadOracle.ChosenUnchanged(Seen[0], Seen[1]).Should().BeNull();
        SaPayloadOracle.GroupInEveryTransform(Offers, Ecp256).Should().BeNull();
    }

    [TestCaseSource(nameof(WrongShapes))]
    public void WrongShape(Func<ObservedIke, ObservedIke> change, string came)
    {
        SaPayloadOracle.Phase1Shape(Seen.But(0, change))!.Came.Should().Be($"frame 1: {came}");
        SaPayloadOracle.Phase1Shape(Seen.But(1, change))!.Came.Should().Be($"frame 2: {came}");
        SaPayloadOracle.Phase1Shape(Seen.But(6, change)).Should().BeNull("quick mode has rules of its own");
    }

    [Test]
    public void WithoutAnSaPayloadNothingIsProven()
    {
        var none = new Finding("SA payloads to judge", "none");
        SaPayloadOracle.Phase1Shape(Seen.Skip(2)).Should().Be(none);
        SaPayloadOracle.BasicAttributes([]).Should().Be(none);
        SaPayloadOracle.GroupInEveryTransform([], Ecp256).Should().Be(none);
        SaPayloadOracle.GroupInEveryTransform([Seen[8]], Ecp256).Should().Be(none);
    }

    [Test]
    public void AMessageThatCannotBeReadIsNotPassedOver()
    {
        var unread = new Finding("a message that can be read", "frame 2: no key");
        SaPayloadOracle.Phase1Shape(Seen.But(1, Bent.Unread)).Should().Be(unread);
        SaPayloadOracle.BasicAttributes(Seen.But(1, Bent.Unread)).Should().Be(unread);
        SaPayloadOracle.GroupInEveryTransform(Offers.But(1, Bent.Unread), Ecp256).Should().Be(unread with { Came = "frame 8: no key" });
    }

    [TestCase(Phase1Attribute.EncryptionAlgorithm)]
    [TestCase(Phase1Attribute.HashAlgorithm)]
    [TestCase(Phase1Attribute.AuthenticationMethod)]
    [TestCase(Phase1Attribute.GroupDescription)]
    [TestCase(Phase1Attribute.LifeType)]
    [TestCase(Phase1Attribute.KeyLength)]
    public void ABasicAttributeOfVariableLength(Phase1Attribute type) =>
        SaPayloadOracle.BasicAttributes(Seen.But(1, m => m.WithAttribute(type, Long)))
            .Should().Be(new Finding("basic attributes as type and value", $"frame 2: {type} as type, length, value"));

    [TestCase(Phase1Attribute.GroupType)]
    [TestCase(Phase1Attribute.Prf)]
    public void AnAddedBasicAttributeOfVariableLength(Phase1Attribute type) => SaPayloadOracle.BasicAttributes(Seen.But(1, m => m.WithTransform(
        transform => transform with { Attributes = transform.Attributes.Add(Long(DataAttribute.Basic(type, 1))) })))!.Came.Should().Contain($"{type}");

    [TestCase(Phase1Attribute.LifeDuration)]
    [TestCase(Phase1Attribute.GroupPrime)]
    public void AttributesOfVariableLengthAreFreeToChoose(Phase1Attribute type) => SaPayloadOracle.BasicAttributes(Seen.But(1, m => m.WithTransform(
        transform => transform with { Attributes = transform.Attributes.Add(DataAttribute.Variable(type, 1)) }))).Should().BeNull();

    [Test]
    public void AnyAttributeChanged()
    {
        foreach (var attribute in Seen[1].Message!.Find<SaPayload>()!.Proposals[0].Transforms[0].Attributes)
        {
            Chosen(m => m.WithAttribute((Phase1Attribute)attribute.Type, old => DataAttribute.Variable(old.Type, 77)))!
                .Came.Should().StartWith("frame 2: id 1: ").And.Contain($"{attribute.Type}=77");
        }
    }

    [Test]
    public void AnAttributeAddedOrLeftOut()
    {
        Chosen(m => m.WithTransform(t => t with { Attributes = t.Attributes.Add(DataAttribute.Basic(Phase1Attribute.Prf, 1)) })).Should().NotBeNull();
        Chosen(m => m.WithTransform(t => t with { Attributes = t.Attributes.RemoveAt(1) })).Should().NotBeNull();
    }

    [Test]
    public void AnotherTransformId() => Chosen(m => m.WithTransform(t => t with { TransformId = 9 })).Should().NotBeNull();

    [Test]
    public void MoreOrFewerThanOneTransform()
    {
        Chosen(m => m.WithProposal(p => p with { Transforms = [p.Transforms[0], p.Transforms[0]] })).Should().NotBeNull();
        Chosen(m => m.WithProposal(p => p with { Transforms = [] })).Should().NotBeNull();
        Chosen(m => m.WithSa(sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0]] })).Should().NotBeNull();
        Chosen(Bent.Unread).Should().NotBeNull();
    }

    [Test]
    public void ATransformThatWasNotOffered() =>
        SaPayloadOracle.ChosenUnchanged(Seen[0].WithAttribute(Phase1Attribute.KeyLength, a => DataAttribute.Basic(a.Type, 256)), Seen[1])!
            .Legal.Should().StartWith("one of: id 1: ").And.Contain("14=256");

    [Test]
    public void EncodingAndOrderOfAttributesMayDiffer()
    {
        Chosen(m => m.WithTransform(t => t with { Attributes = [.. t.Attributes.Reverse()] })).Should().BeNull();
        Chosen(m => m.WithAttribute(Phase1Attribute.LifeDuration, a => a.TryGetNumber(out var number) ? DataAttribute.Basic(a.Type, (ushort)number) : a))
            .Should().BeNull();
    }

    [Test]
    public void AnyTransformWithoutTheGroup([Values(0, 1)] int at)
    {
        Group(at, t => t with { Attributes = [.. t.Attributes.Where(a => a.Type != (ushort)Phase2Attribute.GroupDescription)] })
            .Should().NotBeNull();
        Group(at, t => t with { Attributes = [.. t.Attributes.Select(a => a.Type == 3 ? DataAttribute.Basic(Phase2Attribute.GroupDescription, 14) : a)] })!
            .Came.Should().StartWith($"frame {at + 7}: transform 1 has ").And.Contain("3=14");
    }

    [Test]
    public void OneOfSeveralTransformsWithoutTheGroup()
    {
        var offer = Offers.But(0, m => m.WithProposal(p => p with
        {
            Transforms = [p.Transforms[0], p.Transforms[0] with { Number = 2, Attributes = p.Transforms[0].Attributes.RemoveAll(a => a.Type == 3) }],
        }));
        SaPayloadOracle.GroupInEveryTransform(offer, Ecp256)!.Came.Should().StartWith("frame 7: transform 2 has ");
    }

    private static DataAttribute Long(DataAttribute attribute) => DataAttribute.Variable(attribute.Type, attribute.Value);

    private static Finding? Chosen(Func<ObservedIke, ObservedIke> change) => SaPayloadOracle.ChosenUnchanged(Seen[0], change(Seen[1]));

    private static Finding? Group(int at, Func<Transform, Transform> change) =>
        SaPayloadOracle.GroupInEveryTransform(Offers.But(at, m => m.WithTransform(change)), Ecp256);
}
