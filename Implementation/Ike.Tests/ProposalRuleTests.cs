// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>What offers and answers may say: RFC 2408 section 4.2, RFC 2409 section 5 and appendix A, RFC 2407 section 4.5.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProposalRuleTests
{
    private const int Offer1 = 1;
    private const int Answer1 = 2;
    private const int Offer2 = 7;
    private const int Answer2 = 8;
    private const ushort KeyLength1 = (ushort)Phase1Attribute.KeyLength;
    private const ushort LifeType1 = (ushort)Phase1Attribute.LifeType;
    private const ushort LifeDuration1 = (ushort)Phase1Attribute.LifeDuration;
    private const ushort LifeType2 = (ushort)Phase2Attribute.SaLifeType;
    private const ushort LifeDuration2 = (ushort)Phase2Attribute.SaLifeDuration;

    [TestCase(Offer1, KeyLength1, 0xFFFF)]
    [TestCase(Offer1, KeyLength1, 0)]
    [TestCase(Offer1, KeyLength1, 129)]
    [TestCase(Offer1, LifeType1, 3)]
    [TestCase(Offer1, LifeDuration1, 0)]
    [TestCase(Offer1, (ushort)Phase1Attribute.AuthenticationMethod, 3)]
    [TestCase(Offer1, (ushort)Phase1Attribute.GroupDescription, 0)]
    [TestCase(Offer2, (ushort)Phase2Attribute.KeyLength, 0xFFFF)]
    [TestCase(Offer2, LifeType2, 0)]
    [TestCase(Offer2, LifeDuration2, 0)]
    [TestCase(Offer2, (ushort)Phase2Attribute.EncapsulationMode, 99)]
    public void AnOfferWithThisValueIsRefused(int message, int type, int value) =>
        Refused(Attributes(message, attributes => Set(attributes, DataAttribute.Basic((ushort)type, (ushort)value))), NotifyType.NoProposalChosen);

    [TestCase(LifeDuration1, 0x0000_0000_0000_0001UL)]
    [TestCase(LifeDuration1, ulong.MaxValue)]
    public void AnyOtherLifeDurationIsTakenInPhase1(int type, ulong seconds) =>
        Accepted(Attributes(Offer1, attributes => Set(attributes, Wide((ushort)type, seconds))), byWest: false);

    [Test]
    public void AHugeLifeDurationIsTakenInQuickMode() =>
        Accepted(Attributes(Offer2, attributes => Set(attributes, Wide(LifeDuration2, ulong.MaxValue))), byWest: false);

    /// <summary>RFC 2409 appendix A and RFC 2407 section 4.5: basic attributes must not be of variable length.</summary>
    [TestCase(Offer1)]
    [TestCase(Offer2)]
    public void ABasicAttributeOfVariableLengthIsRefused(int message) =>
        Refused(Attributes(message, a => [.. a.Select(x => x.IsBasic ? DataAttribute.Variable(x.Type, x.Value) : x)]), NotifyType.NoProposalChosen);

    /// <summary>A value beyond 16 bits must not be taken for its lower half.</summary>
    [Test]
    public void AWideNumberIsNotCutToAKnownOne() => Refused(
        Attributes(Offer1, a => Set(a, Wide((ushort)Phase1Attribute.EncryptionAlgorithm, 0x1_0007))), NotifyType.NoProposalChosen);

    [TestCase(Offer1, LifeType1, LifeDuration1)]
    [TestCase(Offer2, LifeType2, LifeDuration2)]
    public void ALifeDurationFollowsItsType(int message, int type, int duration) => Refused(
        Attributes(message, a => [.. a.Where(x => x.Type != type && x.Type != duration), a.Single(x => x.Type == duration), a.Single(x => x.Type == type)]),
        NotifyType.NoProposalChosen);

    /// <summary>RFC 2407 section 4.5.2: seconds and kilobytes may both be given.</summary>
    [Test]
    public void SecondsAndKilobytesMayBothBeOffered() => Accepted(
        Attributes(Offer2, a => [.. a, DataAttribute.Basic(LifeType2, (ushort)LifeType.Kilobytes), DataAttribute.Basic(LifeDuration2, 5000)]),
        byWest: false);

    [Test]
    public void ContradictingAttributesAbort() => Refused(
        Attributes(Offer2, a => [.. a, DataAttribute.Basic(LifeType2, (ushort)LifeType.Seconds), DataAttribute.Basic(LifeDuration2, 77)]),
        NotifyType.AttributesNotSupported);

    /// <summary>Without life attributes eight hours are assumed (RFC 2407 section 4.5): no reason to refuse.</summary>
    [Test]
    public void AnOfferWithoutLifetimeIsTaken() =>
        Accepted(Attributes(Offer2, a => [.. a.Where(x => x.Type is not (LifeType2 or LifeDuration2))]), byWest: false);

    /// <summary>RFC 2409 section 5: an answer with changed, added or missing attributes is rejected.</summary>
    [Test]
    public void AChangedAnswerIsRejected([Values(Answer1, Answer2)] int message, [Values("changed", "added", "missing", "two transforms", "two proposals", "none")] string how)
    {
        var bend = Sa(message, sa => how switch
        {
            "two proposals" => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0]] },
            "two transforms" => sa with { Proposals = [sa.Proposals[0] with { Transforms = [sa.Proposals[0].Transforms[0], sa.Proposals[0].Transforms[0]] }] },
            "none" => sa with { Proposals = [] },
            _ => WithAttributes(sa, a => how switch
            {
                "changed" => Set(a, DataAttribute.Basic(message == Answer1 ? LifeDuration1 : LifeDuration2, 1234)),
                "added" => a.Add(DataAttribute.Basic(20, 1)),
                _ => a.RemoveAt(a.Length - 1),
            }),
        });
        var ladder = new Ladder(seams: bend);
        ladder.Connect(ladder.West);
        ladder.West.Saw<DatagramDiscarded>().First().Reason.Should().Contain("not one of those offered");
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
    }

    /// <summary>Eight hours are what an absent lifetime means, but leaving out what was offered is still a change.</summary>
    [TestCase(Answer1, LifeType1, LifeDuration1)]
    [TestCase(Answer2, LifeType2, LifeDuration2)]
    public void LeavingOutTheDefaultLifetimeIsAChange(int message, int type, int duration)
    {
        var pair = new PolicyPair();
        var child = pair.West.Children[0] with { LifetimeSeconds = 28800 };
        var bend = Attributes(message, a => [.. a.Where(x => x.Type != type && x.Type != duration)]);
        var ladder = new Ladder(pair with { West = pair.West with { Children = [child] } }, seams: bend);
        ladder.Connect(ladder.West);
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
    }

    /// <summary>RFC 2409 appendix A: a life duration may come back in the other encoding.</summary>
    [TestCase(Answer1, LifeDuration1)]
    [TestCase(Answer2, LifeDuration2)]
    public void AnotherEncodingOfTheLifeDurationIsNoChange(int message, int type)
    {
        var bend = Attributes(message, a => Set(a, Wide((ushort)type, Number(a, (ushort)type))));
        Accepted(bend, byWest: true);
    }

    [Test]
    public void WithKeEveryTransformNamesTheGroup()
    {
        var pair = new PolicyPair().WithChild("AES-GCM-16-128", null, "ECP-256");
        var bend = Sa(Offer2, sa => sa with
        {
            Proposals = [sa.Proposals[0] with
            {
                Transforms = [sa.Proposals[0].Transforms[0], new Transform(2, 249, [DataAttribute.Basic(LifeType2, 1), DataAttribute.Basic(LifeDuration2, 9)])],
            }],
        });
        var ladder = new Ladder(pair, seams: bend);
        ladder.Connect(ladder.West);
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.BadProposalSyntax);
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
    }

    [Test]
    public void UnknownTransformsArePassedOver()
    {
        var bend = Sa(Offer2, sa => sa with
        {
            Proposals = [sa.Proposals[0] with { Transforms = [sa.Proposals[0].Transforms[0] with { TransformId = 249 }, sa.Proposals[0].Transforms[0] with { Number = 2 }] }],
        });
        Accepted(bend, byWest: true);
    }

    [TestCase(0, true)]
    [TestCase(16, true)]
    [TestCase(17, false)]
    public void APhase1SpiIsIgnoredUpToSixteenBytes(int size, bool isAccepted)
    {
        var ladder = new Ladder(seams: Sa(Offer1, sa => sa with { Proposals = [sa.Proposals[0] with { Spi = new byte[size] }] }));
        ladder.Connect(ladder.West);
        ladder.East.Sent(Wire.Isakmp.ExchangeType.IdentityProtection).Any().Should().Be(isAccepted);
    }

    [TestCase(0u)]
    [TestCase(255u)]
    public void AReservedEspSpiIsRefused(uint spi)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, spi);
        Refused(Sa(Offer2, sa => sa with { Proposals = [sa.Proposals[0] with { Spi = bytes }] }), NotifyType.NoProposalChosen);
    }

    /// <summary>An SPI is one SA of its receiver (RFC 4303 section 2.1): a peer that uses its own twice is told so.</summary>
    [Test]
    public void ThePeersSpiCannotComeTwice([Values(Offer2, Answer2)] int message)
    {
        ReadOnlyMemory<byte> first = default;
        var ladder = new Ladder(seams: Sa(message, sa =>
        {
            first = first.IsEmpty ? sa.Proposals[0].Spi : first;
            return sa with { Proposals = [sa.Proposals[0] with { Spi = first }] };
        }));
        ladder.Connect(ladder.West);
        ladder.Connect(ladder.West, "other");

        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.Wire[^1].From.Should().Be(message == Offer2 ? "east" : "west");
        var told = message == Offer2 ? ladder.West : ladder.East;
        told.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.InvalidSpi);
    }

    private static void Refused(Bend bend, NotifyType notification)
    {
        var ladder = new Ladder(seams: bend);
        ladder.Connect(ladder.West);
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(notification);
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
    }

    /// <summary>East agrees to it; west does only when it is no change of what it meant to offer.</summary>
    private static void Accepted(Bend bend, bool byWest)
    {
        var ladder = new Ladder(seams: bend);
        ladder.Connect(ladder.West);
        var answer = bend.Message is Offer1 or Answer1 ? Wire.Isakmp.ExchangeType.IdentityProtection : Wire.Isakmp.ExchangeType.QuickMode;
        ladder.East.Sent(answer).Should().NotBeEmpty();
        ladder.West.Endpoint.ChildSas.Should().HaveCount(byWest ? 1 : 0);
    }

    private static Bend Sa(int message, Func<SaPayload, SaPayload> change) => new(message, "SA")
    {
        Payloads = payloads => payloads.Replace(payloads.OfType<SaPayload>().Single(), change(payloads.OfType<SaPayload>().Single())),
    };

    private static Bend Attributes(int message, Func<ImmutableArray<DataAttribute>, ImmutableArray<DataAttribute>> change) =>
        Sa(message, sa => WithAttributes(sa, change));

    private static SaPayload WithAttributes(SaPayload sa, Func<ImmutableArray<DataAttribute>, ImmutableArray<DataAttribute>> change)
    {
        var proposal = sa.Proposals[0];
        var transform = proposal.Transforms[0];
        return sa with { Proposals = [proposal with { Transforms = [transform with { Attributes = change(transform.Attributes) }] }] };
    }

    private static ImmutableArray<DataAttribute> Set(ImmutableArray<DataAttribute> attributes, DataAttribute value) =>
        [.. attributes.Select(a => a.Type == value.Type ? value : a)];

    private static DataAttribute Wide(ushort type, ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return DataAttribute.Variable(type, bytes);
    }

    private static ulong Number(ImmutableArray<DataAttribute> attributes, ushort type)
    {
        attributes.Single(a => a.Type == type).TryGetNumber(out var number).Should().BeTrue();
        return number;
    }
}
