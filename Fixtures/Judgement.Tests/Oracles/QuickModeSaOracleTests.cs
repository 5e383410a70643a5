// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class QuickModeSaOracleTests
{
    private const string EveryRule = "every rule";
    private static readonly IReadOnlyList<ObservedIke> Esp = Record(new Phase2Suite(EncryptionAlgorithm.Named("AES-CBC-128"), IntegrityAlgorithm.Named("HMAC-SHA1-96")));
    private static readonly IReadOnlyList<ObservedIke> Ah = Record(Phase2Suite.Ah(IntegrityAlgorithm.Named("HMAC-SHA1-96")));

    private static IEnumerable<Phase2Suite> Suites =>
    [
        new(EncryptionAlgorithm.Named("AES-CBC-128"), IntegrityAlgorithm.Named("HMAC-SHA1-96")),
        new(EncryptionAlgorithm.Named("3DES-CBC"), IntegrityAlgorithm.Named("HMAC-MD5-96")),
        new(EncryptionAlgorithm.Named("NULL"), IntegrityAlgorithm.Named("HMAC-SHA2-512-256")),
        new(EncryptionAlgorithm.Named("AES-GCM-8-192"), null),
        new(EncryptionAlgorithm.Named("AES-CCM-16-256"), null),
        .. IntegrityAlgorithm.All.Where(row => row.IkeV1AhId is not null).Select(Phase2Suite.Ah),
    ];

    [TestCaseSource(nameof(Suites))]
    public void HonestMessagesKeepTheRules(Phase2Suite suite)
    {
        var seen = Record(suite);
        seen.Should().HaveCount(2, EveryRule);
        QuickModeSaOracle.BasicAttributes(seen).Should().BeNull();
        QuickModeSaOracle.LifeFollowsType(seen).Should().BeNull();
        QuickModeSaOracle.Authentication(seen).Should().BeNull();
        KeyLengthOracle.OfPhase2(seen).Should().BeNull();
        ProposalNumberOracle.Retained(seen[0], seen[1]).Should().BeNull();
    }

    [Test]
    public void NothingToJudgeProvesNothing()
    {
        var none = new Finding("transforms to judge", "none");
        QuickModeSaOracle.BasicAttributes([]).Should().Be(none);
        QuickModeSaOracle.LifeFollowsType([]).Should().Be(none);
        QuickModeSaOracle.Authentication([]).Should().Be(none);
        KeyLengthOracle.OfPhase1([]).Should().Be(none);
        KeyLengthOracle.OfPhase2([]).Should().Be(none);
        QuickModeSaOracle.Authentication([Esp[0].Unread()])!.Came.Should().EndWith("no key");
        QuickModeSaOracle.SuitesInOrder(Esp[0].Unread(), [])!.Came.Should().EndWith("no key");
        ProposalNumberOracle.Retained(Esp[0], Esp[1].Unread())!.Came.Should().EndWith("no key");
    }

    [Test]
    public void BasicAttributesInTheLongForm([Values(1, 4, 5, 6)] int type) =>
        QuickModeSaOracle.BasicAttributes(Change(Esp, a => a.Type == type ? DataAttribute.Variable(a.Type, a.Value) : a))!.Came.Should().EndWith("as type, length, value");

    [Test]
    public void ADurationMayBeLong() =>
        QuickModeSaOracle.BasicAttributes(Change(Esp, a => a.Type == 2 ? DataAttribute.Variable(a.Type, a.Value) : a)).Should().BeNull();

    [TestCase(new[] { 1, 0 }, TestName = "A duration before its type")]
    [TestCase(new[] { 0 }, TestName = "A type without a duration")]
    [TestCase(new[] { 1 }, TestName = "A duration without a type")]
    [TestCase(new[] { 0, 1, 1 }, TestName = "Two durations of one type")]
    [TestCase(new[] { 0, 0, 1 }, TestName = "Two types of one duration")]
    [TestCase(new[] { 0, 2, 1 }, TestName = "Something between a type and its duration")]
    public void LivesThatDoNotFit(int[] order) =>
        QuickModeSaOracle.LifeFollowsType(Esp.But(1, m => m.WithTransform(t => t with { Attributes = [.. order.Select(at => t.Attributes[at])] })))!.Came.Should().Contain("attributes Sa");

    [Test]
    public void TwoLivesOfTwoUnitsFit() =>
        QuickModeSaOracle.LifeFollowsType(Esp.But(1, m => m.WithTransform(t => t with { Attributes = [.. t.Attributes.Take(2), .. t.Attributes] }))).Should().BeNull();

    [Test]
    public void LivesThatAreNamedThoughNoneWere()
    {
        QuickModeSaOracle.NoLifeBut(Esp[1], 3600, out var isNamed).Should().BeNull();
        isNamed.Should().BeTrue();
        QuickModeSaOracle.NoLifeBut(Esp[1], 28800, out _)!.Came.Should().EndWith("1=1 2=3600");
        QuickModeSaOracle.NoLifeBut(Without(Without(Esp, 1), 2)[1], 28800, out isNamed).Should().BeNull();
        isNamed.Should().BeFalse();
        QuickModeSaOracle.NoLifeBut(Without(Esp, 1)[1], 3600, out _).Should().NotBeNull("a duration without a unit is none");
        QuickModeSaOracle.NoLifeBut(Change(Esp, a => a.Type == 1 ? DataAttribute.Basic(1, 2) : a)[1], 3600, out _).Should().NotBeNull("kilobytes are no seconds");
        QuickModeSaOracle.NoLifeBut(Esp[1].Unread(), 3600, out _).Should().NotBeNull();
    }

    [Test]
    public void AuthenticationThatDoesNotFit()
    {
        QuickModeSaOracle.Authentication(Change(Ah, a => a.Type == 5 ? DataAttribute.Basic(5, 1) : a))!.Came.Should().EndWith("Ah transform 3 with HmacMd5");
        QuickModeSaOracle.Authentication(Without(Ah, 5))!.Came.Should().EndWith("Ah transform 3 with none");
        QuickModeSaOracle.Authentication(Transform(Ah, t => t with { TransformId = 99 })).Should().NotBeNull();
        QuickModeSaOracle.Authentication(Transform(Without(Esp, 5), t => t with { TransformId = 11 }))!.Came.Should().EndWith("Esp transform 11 with none");
        QuickModeSaOracle.Authentication(Transform(Esp, t => t with { TransformId = 20 }))!.Came.Should().EndWith("Esp transform 20 with HmacSha1");
        QuickModeSaOracle.Authentication(Without(Esp, 5)).Should().BeNull("ESP may go without authentication, and says so by naming none");
    }

    [Test]
    public void KeyLengthsThatDoNotFit()
    {
        KeyLengthOracle.OfPhase2(Without(Esp, 6))!.Came.Should().EndWith("AesCbc with no bits");
        KeyLengthOracle.OfPhase2(Transform(Esp, t => t with { TransformId = 3 }))!.Came.Should().EndWith("TripleDes with 128 bits");
        KeyLengthOracle.OfPhase2(Transform(Ah, t => t with { Attributes = t.Attributes.Add(DataAttribute.Basic(6, 160)) }))!.Came.Should().EndWith("Ah with 160 bits");
        IReadOnlyList<ObservedIke> phase1 = [.. Conversation.Recorded().OfType<ObservedIke>().Take(2)];
        KeyLengthOracle.OfPhase1(phase1).Should().BeNull();
        KeyLengthOracle.OfPhase1(phase1.But(1, m => m.WithTransform(t => t with { Attributes = t.Attributes.RemoveAll(a => a.Type == 14) })))!.Came.Should().EndWith("AesCbc with no bits");
        KeyLengthOracle.OfPhase1(phase1.But(0, m => m.WithAttribute(Phase1Attribute.EncryptionAlgorithm, a => DataAttribute.Basic(a.Type, 5))))!.Came.Should().EndWith("TripleDesCbc with 128 bits");
    }

    [Test]
    public void NumbersThatDoNotComeBack()
    {
        ProposalNumberOracle.Retained(Esp[0], Esp[1].WithTransform(t => t with { Number = 0 }))
            .Should().Be(new Finding("proposal 1, transform 1", $"frame {Esp[1].Number}: proposal 1, transform 0"));
        ProposalNumberOracle.Retained(Esp[0], Esp[1].WithProposal(p => p with { Number = 2 }))!.Came.Should().EndWith("proposal 2, transform 1");
        ProposalNumberOracle.Retained(Esp[0], Esp[1].WithTransform(t => t with { TransformId = 9 }))!.Legal.Should().Be("a transform of the offer");
        ProposalNumberOracle.Retained(Esp[0], Esp[1].WithProposal(p => p with { Transforms = [p.Transforms[0], p.Transforms[0]] }))!.Came.Should().EndWith("2 transforms");
        ProposalNumberOracle.Retained(Esp[0], Esp[1].WithProposal(p => p with { Transforms = [] }))!.Came.Should().EndWith("0 transforms");
    }

    [Test]
    public void OneOfTwoAlikeMayBeMeant()
    {
        var offer = Esp[0].WithProposal(p => p with { Transforms = [p.Transforms[0] with { Number = 1 }, p.Transforms[0] with { Number = 2 }] });
        ProposalNumberOracle.Retained(offer, Esp[1].WithTransform(t => t with { Number = 2 })).Should().BeNull();
        ProposalNumberOracle.Retained(offer, Esp[1].WithTransform(t => t with { Number = 3 }))!.Legal.Should().Be("proposal 1, transform 1 or proposal 1, transform 2");
    }

    [Test]
    public void SuitesInOrder()
    {
        var second = Ah[0].Message!.Find<SaPayload>()!.Proposals[0];
        ObservedIke Offer(byte number) => Esp[0].WithSa(sa => sa with { Proposals = [sa.Proposals[0], second with { Number = number }] });
        (ProtocolId, byte)[] wanted = [(ProtocolId.Esp, 12), (ProtocolId.Ah, 3)];
        QuickModeSaOracle.SuitesInOrder(Offer(2), wanted).Should().BeNull();
        QuickModeSaOracle.SuitesInOrder(Offer(1), wanted).Should().BeNull("two protocols under one number are one suite");
        QuickModeSaOracle.SuitesInOrder(Offer(0), wanted)!.Came.Should().EndWith("proposal 1: Esp 12, proposal 0: Ah 3");
        QuickModeSaOracle.SuitesInOrder(Offer(2), [.. wanted.Reverse()]).Should().NotBeNull();
        QuickModeSaOracle.SuitesInOrder(Esp[0].WithSa(sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0]] }), [wanted[0], wanted[0]])
            .Should().NotBeNull("one protocol twice is no suite");
        QuickModeSaOracle.SuitesInOrder(Esp[0], wanted).Should().NotBeNull();
    }

    private static IReadOnlyList<ObservedIke> Record(Phase2Suite suite) => [.. Conversation.Recorded(suite, SaMode.Tunnel, echoes: 0).OfType<ObservedIke>().Skip(6).Take(2)];

    private static IReadOnlyList<ObservedIke> Transform(IReadOnlyList<ObservedIke> messages, Func<Transform, Transform> change) => messages.But(1, m => m.WithTransform(change));

    private static IReadOnlyList<ObservedIke> Change(IReadOnlyList<ObservedIke> messages, Func<DataAttribute, DataAttribute> change) =>
        Transform(messages, t => t with { Attributes = [.. t.Attributes.Select(change)] });

    private static IReadOnlyList<ObservedIke> Without(IReadOnlyList<ObservedIke> messages, int type) =>
        Transform(messages, t => t with { Attributes = t.Attributes.RemoveAll(a => a.Type == type) });
}
