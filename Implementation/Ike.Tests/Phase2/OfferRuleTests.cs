// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>What a quick mode offer may say: RFC 2407 section 4.5, RFC 2408 sections 4.2 and 5.6, RFC 2409 section 5.5, RFC 4304.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OfferRuleTests
{
    private const int OfferMessage = 7;

    [TestCase(Phase2Attribute.KeyRounds, 10)]
    [TestCase(Phase2Attribute.CompressDictionarySize, 10)]
    [TestCase(Phase2Attribute.EcnTunnel, 1)]
    [TestCase(Phase2Attribute.AuthenticationKeyLength, 128)]
    [TestCase(Phase2Attribute.SignatureEncodingAlgorithm, 1)]
    [TestCase(Phase2Attribute.AddressPreservation, 1)]
    [TestCase(Phase2Attribute.SaDirection, 1)]
    [TestCase(Phase2Attribute.AuthenticationAlgorithm, (int)AuthenticationAlgorithm.DesMac)]
    [TestCase(Phase2Attribute.AuthenticationAlgorithm, (int)AuthenticationAlgorithm.Kpdk)]
    [TestCase(Phase2Attribute.AuthenticationAlgorithm, (int)AuthenticationAlgorithm.SigRsa)]
    [TestCase(Phase2Attribute.ExtendedSequenceNumbers, 0)]
    [TestCase(Phase2Attribute.ExtendedSequenceNumbers, 2)]
    public void WhatTheDoiDefinesAndWeCannotDoAborts(Phase2Attribute type, int value)
    {
        var odd = DataAttribute.Basic(type, (ushort)value);

        // Also when another transform of the offer would do (RFC 2407 section 4.5.3).
        Refused(Sa(sa => WithFirst(sa, t => t with { Attributes = t.Attributes.Add(odd) })), NotifyType.AttributesNotSupported);
        Refused(Sa(sa => Transforms(sa, t => [t with { Attributes = t.Attributes.Add(odd) }, t with { Number = 2 }])), NotifyType.AttributesNotSupported);
    }

    [TestCase(Phase2Attribute.AuthenticationAlgorithm, 5000)]
    [TestCase(Phase2Attribute.EncapsulationMode, 99)]
    [TestCase(Phase2Attribute.EncapsulationMode, 0)]
    [TestCase((Phase2Attribute)99, 1)]
    public void ValuesOfTheReservedRangesArePassedOver(Phase2Attribute type, int value)
    {
        var odd = DataAttribute.Basic(type, (ushort)value);
        Refused(Sa(sa => WithFirst(sa, t => Set(t, odd))), NotifyType.NoProposalChosen);
        Accepted(Sa(sa => Transforms(sa, t => [Set(t, odd), t with { Number = 2 }])), transform: 2);
    }

    /// <summary>RFC 2408 section 5.6: an unknown transform is ignored, and so are its attributes.</summary>
    [Test]
    public void TheAttributesOfAnUnknownTransformDoNotMatter() => Accepted(
        Sa(sa => Transforms(sa, t => [t with { TransformId = 249, Attributes = t.Attributes.Add(DataAttribute.Basic(Phase2Attribute.KeyRounds, 3)) }, t with { Number = 2 }])),
        transform: 2);

    /// <summary>RFC 2407 section 4.5.2: the same class may come several times as long as nothing contradicts.</summary>
    [Test]
    public void TheSameLifetimeTwiceIsNoContradiction() => Accepted(Sa(sa => WithFirst(sa, t => t with
    {
        Attributes = [.. t.Attributes, DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds), DataAttribute.Variable(Phase2Attribute.SaLifeDuration, 3600)],
    })));

    [TestCase(LifeType.Seconds)]
    [TestCase(LifeType.Kilobytes)]
    public void TwoLifetimesOfOneUnitContradict(LifeType unit)
    {
        ImmutableArray<DataAttribute> twice =
        [
            DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)unit), DataAttribute.Basic(Phase2Attribute.SaLifeDuration, 1),
            DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)unit), DataAttribute.Basic(Phase2Attribute.SaLifeDuration, 2),
        ];
        Refused(Sa(sa => WithFirst(sa, t => t with { Attributes = [.. t.Attributes, .. twice] })), NotifyType.AttributesNotSupported);
    }

    [TestCase(Phase2Attribute.EncapsulationMode, 2)]
    [TestCase(Phase2Attribute.AuthenticationAlgorithm, 2)]
    [TestCase(Phase2Attribute.KeyLength, 256)]
    public void ContradictionsOfAnyClassAbort(Phase2Attribute type, int value) => Refused(
        Sa(sa => WithFirst(sa, t => t with { Attributes = [.. t.Attributes, DataAttribute.Basic(type, 1), DataAttribute.Basic(type, (ushort)value)] })),
        NotifyType.AttributesNotSupported);

    /// <summary>RFC 2407 section 4.5: 28800 seconds, and a host may decide what an absent mode means.</summary>
    [Test]
    public void AbsentLifetimeIsEightHoursAndAbsentModeIsOurs()
    {
        var bend = Sa(sa => WithFirst(sa, t => t with { Attributes = [.. t.Attributes.Where(a => a.Type is not (1 or 2 or 4))] }));
        var ladder = Play(bend, new PolicyPair().OfEast(c => c with { LifetimeSeconds = 100000 }));
        ladder.East.Sent(ExchangeType.QuickMode).Should().NotBeEmpty();
        var pending = ladder.East.Saw<InstallInboundSa>().Should().ContainSingle().Subject.Pair;
        (pending.LifetimeSeconds, pending.LifetimeKilobytes, pending.Mode).Should().Be((28800, null, EncapsulationMode.Tunnel));
    }

    [TestCase(false, 0x0E10u)]
    [TestCase(true, 0x00020000u)]
    public void LifetimesAreReadInBothForms(bool isVariable, uint duration)
    {
        var attribute = isVariable ? DataAttribute.Variable(Phase2Attribute.SaLifeDuration, duration) : DataAttribute.Basic(Phase2Attribute.SaLifeDuration, (ushort)duration);
        var kilobytes = DataAttribute.Variable(Phase2Attribute.SaLifeDuration, 0x00400000);
        var bend = Sa(sa => WithFirst(sa, t => t with
        {
            Attributes =
            [
                DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Kilobytes), kilobytes,
                DataAttribute.Basic(Phase2Attribute.SaLifeType, (ushort)LifeType.Seconds), attribute,
                .. t.Attributes.Where(a => a.Type is not (1 or 2)),
            ],
        }));
        var ladder = Play(bend, new PolicyPair().OfEast(c => c with { LifetimeSeconds = uint.MaxValue }));
        var pending = ladder.East.Saw<InstallInboundSa>().Should().ContainSingle().Subject.Pair;
        (pending.LifetimeSeconds, pending.LifetimeKilobytes).Should().Be((duration, 0x00400000));
    }

    /// <summary>RFC 2408 section 4.2: proposals of one number are a unit and stand together.</summary>
    [Test]
    public void ASeparatedUnitIsBadSyntax() => Refused(
        Sa(sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0] with { Number = 2 }, sa.Proposals[0]] }),
        NotifyType.BadProposalSyntax);

    [TestCase(ProtocolId.IpComp, 2)]
    [TestCase(ProtocolId.Isakmp, 0)]
    [TestCase((ProtocolId)200, 4)]
    public void ASuiteWithAnotherProtocolIsPassedOver(ProtocolId other, int spiSize)
    {
        Accepted(Sa(sa => sa with
        {
            Proposals =
            [
                sa.Proposals[0],
                new Proposal(1, other, new byte[spiSize], [new Transform(1, 2, [])]),
                sa.Proposals[0] with { Number = 7 },
            ],
        }), proposal: 7);
    }

    [Test]
    public void TwoProposalsOfOneProtocolAreNoSuite() => Refused(
        Sa(sa => sa with { Proposals = [sa.Proposals[0], sa.Proposals[0]] }), NotifyType.NoProposalChosen);

    /// <summary>RFC 2407 section 4.4.3: the transform and the Authentication Algorithm of AH name the same.</summary>
    [TestCase(null, 5)]
    [TestCase(2, 5)]
    [TestCase(5, 3)]
    public void AhNamesItsAlgorithmTwice(int? authentication, int transform)
    {
        var policies = new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Ah, V1.Phase2Suite.Ah(Phase2Policies.Integrity("HMAC-SHA1-96"))] });
        var bend = Sa(sa => sa with
        {
            Proposals = [sa.Proposals[0] with
            {
                Transforms = [sa.Proposals[0].Transforms[0] with
                {
                    TransformId = (byte)transform,
                    Attributes =
                    [
                        .. sa.Proposals[0].Transforms[0].Attributes.Where(a => a.Type != (ushort)Phase2Attribute.AuthenticationAlgorithm),
                        .. authentication is { } value ? [DataAttribute.Basic(Phase2Attribute.AuthenticationAlgorithm, (ushort)value)] : Array.Empty<DataAttribute>(),
                    ],
                }],
            }],
        });
        Refused(bend, NotifyType.NoProposalChosen, policies);
    }

    /// <summary>RFC 2409 section 5.5: KE and the group attribute come together or not at all.</summary>
    [Test]
    public void AGroupWithoutKeIsRefused() => Refused(
        new Bend(OfferMessage, "no KE") { Payloads = payloads => [.. payloads.Where(p => p is not KeyExchangePayload)] },
        NotifyType.InvalidKeyInformation,
        new PolicyPair().WithChild("AES-GCM-16-128", null, "ECP-256"));

    [Test]
    public void AKeWithoutGroupIsRefused() => Refused(
        Sa(sa => WithFirst(sa, t => t with { Attributes = [.. t.Attributes.Where(a => a.Type != (ushort)Phase2Attribute.GroupDescription)] })),
        NotifyType.BadProposalSyntax,
        new PolicyPair().WithChild("AES-GCM-16-128", null, "ECP-256"));

    [Test]
    public void TwoGroupsInOneOfferAreRefused() => Refused(
        Sa(sa => Transforms(sa, t => [t, Set(t with { Number = 2 }, DataAttribute.Basic(Phase2Attribute.GroupDescription, 14))])),
        NotifyType.BadProposalSyntax,
        new PolicyPair().WithChild("AES-GCM-16-128", null, "ECP-256"));

    [Test]
    public void AGroupThatTheRegistryKnowsAndWeDoNotAborts() => Refused(
        Sa(sa => WithFirst(sa, t => Set(t, DataAttribute.Basic(Phase2Attribute.GroupDescription, 3)))),
        NotifyType.AttributesNotSupported,
        new PolicyPair().WithChild("AES-GCM-16-128", null, "ECP-256"));

    private static void Refused(Bend bend, NotifyType notification, PolicyPair? policies = null)
    {
        var ladder = Play(bend, policies);
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(notification);
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
        ladder.East.Saw<InstallInboundSa>().Should().BeEmpty();
    }

    /// <summary>East answers. Whether west takes the answer depends on whether it is one of its own transforms.</summary>
    private static void Accepted(Bend bend, int transform = 1, int proposal = 1)
    {
        var ladder = Play(bend);
        var answer = ladder.East.Sent(ExchangeType.QuickMode).Should().ContainSingle().Subject.Message.Find<SaPayload>()!.Proposals.Single();
        ((int)answer.Number, (int)answer.Transforms.Single().Number).Should().Be((proposal, transform));
    }

    private static Ladder Play(Bend bend, PolicyPair? policies = null)
    {
        var ladder = new Ladder(policies, seams: bend);
        ladder.Connect(ladder.West);
        return ladder;
    }

    private static Bend Sa(Func<SaPayload, SaPayload> change) => new(OfferMessage, "SA")
    {
        Payloads = payloads => payloads.Replace(payloads.OfType<SaPayload>().Single(), change(payloads.OfType<SaPayload>().Single())),
    };

    private static SaPayload WithFirst(SaPayload sa, Func<Transform, Transform> change) => Transforms(sa, t => [change(t)]);

    private static SaPayload Transforms(SaPayload sa, Func<Transform, ImmutableArray<Transform>> change) =>
        sa with { Proposals = [sa.Proposals[0] with { Transforms = change(sa.Proposals[0].Transforms[0]) }] };

    private static Transform Set(Transform transform, DataAttribute value) =>
        transform with { Attributes = [.. transform.Attributes.Where(a => a.Type != value.Type), value] };
}
