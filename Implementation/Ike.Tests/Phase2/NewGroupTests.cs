// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests;

/// <summary>New group mode: RFC 2409 section 5.6.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NewGroupTests
{
    private const int ConnectMessages = 6;
    private const ushort Number = 0x8000;

    // The 768-bit prime of RFC 2409 section 6.1, with another generator: a group that no table has.
    private static readonly byte[] Prime = Convert.FromHexString(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A63A3620FFFFFFFFFFFFFFFF");

    private static readonly PrivateGroup Group = new(Number, Prime, new byte[] { 5 });

    [Test]
    public void BothSidesHaveTheGroup([Values] bool byWest)
    {
        var ladder = Connected(Policies());
        var side = byWest ? ladder.West : ladder.East;
        ladder.Do(side, new InitiateNewGroup("tunnel", [Group]));
        foreach (var end in new[] { ladder.West, ladder.East })
        {
            var method = end.Saw<GroupNegotiated>().Should().ContainSingle().Subject.Group;
            ((int)method.Id, method.PublicValueSize).Should().Be((Number, 96));
        }

        ladder.Wire.Should().HaveCount(ConnectMessages + 2);
        MainModeTests.Header(ladder.Wire[^1].Bytes).ExchangeType.Should().Be(ExchangeType.NewGroupMode);
        side.Sent(ExchangeType.NewGroupMode).Single().Message.Payloads.Select(p => p.Type).Should().Equal(PayloadType.Hash, PayloadType.Sa);
    }

    /// <summary>The group serves perfect forward secrecy, in a quick mode of either side.</summary>
    [Test]
    public void TheGroupIsUsedForPfs([Values] bool quickModeByWest)
    {
        var ladder = Connected(Policies());
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        ladder.Connect(quickModeByWest ? ladder.West : ladder.East);
        var (west, east) = (ladder.West.Endpoint.ChildSas.Single(), ladder.East.Endpoint.ChildSas.Single());
        west.Pfs!.Id.Should().Be(Number);
        west.InboundKeyMaterial.ToArray().Should().Equal(east.OutboundKeyMaterial.ToArray());
    }

    /// <summary>A child that needs the group waits for it, also from before phase 1 on.</summary>
    [Test]
    public void AChildWaitsForItsGroup()
    {
        var ladder = new Ladder(Policies());
        ladder.DoTogether((ladder.West, new InitiateNewGroup("tunnel", [Group])), (ladder.West, new InitiateChildSa("tunnel", "net")));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void WithoutTheGroupThereIsNoQuickMode([Values] bool west, [Values] bool refused)
    {
        var policies = refused ? Policies() with { East = Policies().East with { NewGroups = null } } : Policies();
        var ladder = Connected(policies);
        if (refused)
        {
            ladder.DoTogether((ladder.West, new InitiateNewGroup("tunnel", [Group])), (ladder.West, new InitiateChildSa("tunnel", "net")));
            ladder.West.Saw<ExchangeFailed>().Select(f => f.Exchange).Should().Equal(ExchangeType.NewGroupMode, ExchangeType.QuickMode);
            return;
        }

        ladder.Connect(west ? ladder.West : ladder.East);
        (west ? ladder.West : ladder.East).Saw<ExchangeFailed>().Should().ContainSingle().Which.Reason.Should().Contain("has not been negotiated");
        ladder.Wire.Should().HaveCount(ConnectMessages);
    }

    /// <summary>A responder without the group cannot agree to a child that needs it.</summary>
    [Test]
    public void AnOfferWithAnotherGroupIsNotChosen()
    {
        var ladder = Connected(Policies().OfWest(c => c with { PrivatePfsGroup = null }));
        ladder.Connect(ladder.West);
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
    }

    /// <summary>New group mode must not come before phase 1 is complete (RFC 2409 section 5.6).</summary>
    [Test]
    public void BeforePhase1ItIsDiscarded([Range(0, 4)] int messages)
    {
        var honest = Connected(Policies());
        honest.Do(honest.West, new InitiateNewGroup("tunnel", [Group]));
        var offer = honest.Wire[ConnectMessages].Bytes;
        var ladder = new Ladder(Policies()) { Copies = number => number <= messages ? 1 : 0 };
        ladder.Connect(ladder.West, child: null);
        ladder.Inject(ladder.East, offer).Should().BeEmpty();
        ladder.East.Saw<GroupNegotiated>().Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().Should().NotBeEmpty();
    }

    private static IEnumerable<TestCaseData> Unacceptable()
    {
        var prime = new BigInteger(Prime, isUnsigned: true, isBigEndian: true);
        yield return Case("below 2^15", t => With(t, DataAttribute.Basic(Phase1Attribute.GroupDescription, 0x7FFF)));
        yield return Case("without number", t => Without(t, Phase1Attribute.GroupDescription));
        yield return Case("without type", t => Without(t, Phase1Attribute.GroupType));
        yield return Case("an elliptic curve", t => With(t, DataAttribute.Basic(Phase1Attribute.GroupType, (ushort)GroupType.Ec2n)));
        yield return Case("without prime", t => Without(t, Phase1Attribute.GroupPrime));
        yield return Case("without generator", t => Without(t, Phase1Attribute.GroupGeneratorOne));
        yield return Case("composite", t => With(t, Big(Phase1Attribute.GroupPrime, prime + 2)));
        yield return Case("even", t => With(t, Big(Phase1Attribute.GroupPrime, prime - 1)));
        yield return Case("prime but not safe", t => With(t, Big(Phase1Attribute.GroupPrime, (BigInteger.One << 521) - 1)));
        yield return Case("too short", t => With(t, Big(Phase1Attribute.GroupPrime, 23)));
        yield return Case("empty prime", t => With(t, DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, ReadOnlyMemory<byte>.Empty)));
        yield return Case("huge", t => With(t, DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, Enumerable.Repeat((byte)0xFF, 4000).ToArray())));
        yield return Case("generator 0", t => With(t, Big(Phase1Attribute.GroupGeneratorOne, 0)));
        yield return Case("generator 1", t => With(t, Big(Phase1Attribute.GroupGeneratorOne, 1)));
        yield return Case("generator p-1", t => With(t, Big(Phase1Attribute.GroupGeneratorOne, prime - 1)));
        yield return Case("generator p", t => With(t, Big(Phase1Attribute.GroupGeneratorOne, prime)));
        yield return Case("field size", t => Adding(t, DataAttribute.Basic(Phase1Attribute.FieldSize, 767)));
        yield return Case("twice", t => Adding(t, DataAttribute.Basic(Phase1Attribute.GroupType, (ushort)GroupType.Modp)));
        yield return Case("a second generator", t => Adding(t, DataAttribute.Variable((ushort)Phase1Attribute.GroupGeneratorTwo, new byte[] { 7 })));
        yield return Case("an attribute of another kind", t => Adding(t, DataAttribute.Basic(Phase1Attribute.HashAlgorithm, 2)));
        yield return Case("number of variable length", t => With(t, DataAttribute.Variable((ushort)Phase1Attribute.GroupDescription, new byte[] { 0x80, 0 })));
    }

    [TestCaseSource(nameof(Unacceptable))]
    public void AGroupThatIsNotAcceptableIsRefused(object change)
    {
        var ladder = Play(sa => Changed(sa, (Func<Transform, Transform>)change));
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.AttributesNotSupported);
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle().Which.Exchange.Should().Be(ExchangeType.NewGroupMode);
        ladder.East.Saw<GroupNegotiated>().Should().BeEmpty();
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void WithoutAnyGroupThereIsNoProposal([Values] bool otherTransform)
    {
        var ladder = Play(sa => otherTransform
            ? Changed(sa, t => t with { TransformId = 2 })
            : sa with { Proposals = [sa.Proposals[0] with { ProtocolId = ProtocolId.Esp, Spi = new byte[4] }] });
        ladder.East.Saw<GroupNegotiated>().Should().BeEmpty();
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.NoProposalChosen);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void ARightFieldSizeAndATvGeneratorAreTaken(bool fieldSize)
    {
        var ladder = Play(sa => Changed(sa, t => fieldSize
            ? Adding(t, DataAttribute.Basic(Phase1Attribute.FieldSize, 768))
            : With(t, DataAttribute.Basic(Phase1Attribute.GroupGeneratorOne, 5))));
        ladder.East.Saw<GroupNegotiated>().Should().ContainSingle();
        ladder.West.Saw<GroupNegotiated>().Should().HaveCount(fieldSize ? 0 : 1, "an attribute more is a change, another form of a number is none");
    }

    /// <summary>Of several groups, the first acceptable one is chosen and only that comes back.</summary>
    [Test]
    public void TheFirstAcceptableGroupIsChosen()
    {
        var ladder = Connected(Policies());
        var second = Group with { Number = Number + 1, Generator = new byte[] { 7 } };
        var ladderBits = Group with { Number = Number + 2 };
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Small(), second, ladderBits]));
        ladder.West.Saw<GroupNegotiated>().Single().Group.Id.Should().Be(Number + 1);
        ladder.East.Sent(ExchangeType.NewGroupMode).Single().Message.Find<SaPayload>()!.Proposals.Single().Transforms.Should().ContainSingle().Which.Number.Should().Be(2);
    }

    [Test]
    public void ANumberKeepsItsMeaning()
    {
        var ladder = Connected(Policies());
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        ladder.Do(ladder.East, new InitiateNewGroup("tunnel", [Group]));
        ladder.West.Saw<GroupNegotiated>().Should().HaveCount(2, "the same group again is no contradiction");
        var sent = ladder.Wire.Count;
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group with { Generator = new byte[] { 7 } }]));
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
        ladder.Wire.Should().HaveCount(sent);
    }

    [Test]
    public void GroupsOfAConnectionAreBounded()
    {
        var policies = Policies();
        var ladder = Connected(policies with { East = policies.East with { NewGroups = policies.East.NewGroups! with { MostGroups = 1 } } });
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group with { Number = Number + 1 }]));
        ladder.East.Saw<GroupNegotiated>().Should().ContainSingle();
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
    }

    [TestCase("none")]
    [TestCase("not safe")]
    [TestCase("public number")]
    public void OurOwnCommandsAreChecked(string what)
    {
        var ladder = Connected(Policies());
        ImmutableArray<PrivateGroup> groups = what switch
        {
            "none" => [],
            "not safe" => [Group with { Prime = (((BigInteger.One << 521) - 1).ToByteArray(isUnsigned: true, isBigEndian: true)) }],
            _ => [Group with { Number = 14 }],
        };
        ladder.Invoking(l => l.Do(l.West, new InitiateNewGroup("tunnel", groups))).Should().Throw<ArgumentException>();
    }

    [Test]
    public void ALostMessageIsRetransmitted([Values(7, 8)] int lost)
    {
        var ladder = Connected(Policies());
        ladder.Copies = number => number == lost ? 0 : 1;
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder);
    }

    [Test]
    public void ADuplicatedMessageChangesNothing([Values(7, 8)] int duplicated)
    {
        var ladder = Connected(Policies());
        ladder.Copies = number => number == duplicated ? 3 : 1;
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        ladder.Run(TimeSpan.FromMinutes(5));
        Complete(ladder);
        ladder.Inject(ladder.East, ladder.Wire[6].Bytes).Should().BeEmpty("its message ID has been used");
        Complete(ladder);
    }

    [Test]
    public void WithoutAnswerItIsGivenUp()
    {
        var ladder = Connected(Policies());
        ladder.Copies = _ => 0;
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle().Which.Exchange.Should().Be(ExchangeType.NewGroupMode);
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void AWrongAnswerIsRejected([Values("other generator", "two transforms", "other number", "wrong hash")] string how)
    {
        var bend = new NewGroupBend(2, payloads => how == "wrong hash"
            ? payloads.Insert(0, new HashPayload(new byte[32]))
            : [Bent((SaPayload)payloads[0], how)]);
        var ladder = Connected(Policies(), bend);
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group, Group with { Number = Number + 1 }]));
        ladder.West.Saw<GroupNegotiated>().Should().BeEmpty();
        ladder.West.Saw<DatagramDiscarded>().Should().ContainSingle();
    }

    [Test]
    public void NoOfferThrows() =>
        Gen.Select(Gen.Int[0, 30], Gen.Byte.Array[0, 60], Gen.Int[0, 20], Gen.Byte).Sample(
            (type, value, at, flip) =>
            {
                var ladder = Play(
                    sa => Changed(sa, t => With(t, DataAttribute.Variable((ushort)type, value))),
                    plain =>
                    {
                        plain[(plain.Length - 1) - (at % plain.Length)] ^= flip;
                        return plain;
                    });
                ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
            },
            iter: 100);

    private static PolicyPair Policies() => new PolicyPair()
        .Connections(c => c with { NewGroups = new() { FewestBits = 768 } })
        .Both(c => c with { PrivatePfsGroup = Number });

    /// <summary>A safe prime of 521 bits is not at hand: the smallest policy of the other side refuses this one by its size.</summary>
    private static PrivateGroup Small() => Group with
    {
        // 2^512 - 38117 is the largest safe prime of 512 bits.
        Prime = ((BigInteger.One << 512) - 38117).ToByteArray(isUnsigned: true, isBigEndian: true),
    };

    private static Ladder Connected(PolicyPair policies, IOutboundSeams? seams = null)
    {
        var ladder = new Ladder(policies, seams: seams);
        ladder.Connect(ladder.West, child: null);
        ladder.Wire.Should().HaveCount(ConnectMessages);
        return ladder;
    }

    private static Ladder Play(Func<SaPayload, SaPayload> change, Func<byte[], byte[]>? plain = null)
    {
        var ladder = Connected(Policies(), new NewGroupBend(1, payloads => [change((SaPayload)payloads[0])], plain));
        ladder.Do(ladder.West, new InitiateNewGroup("tunnel", [Group]));
        return ladder;
    }

    private static SaPayload Changed(SaPayload sa, Func<Transform, Transform> change) =>
        sa with { Proposals = [sa.Proposals[0] with { Transforms = [change(sa.Proposals[0].Transforms[0])] }] };

    private static SaPayload Bent(SaPayload sa, string how) => how switch
    {
        "other generator" => Changed(sa, t => With(t, DataAttribute.Variable((ushort)Phase1Attribute.GroupGeneratorOne, new byte[] { 6 }))),
        "other number" => Changed(sa, t => With(t, DataAttribute.Basic(Phase1Attribute.GroupDescription, 40000))),
        _ => sa with { Proposals = [sa.Proposals[0] with { Transforms = [sa.Proposals[0].Transforms[0], sa.Proposals[0].Transforms[0]] }] },
    };

    private static TestCaseData Case(string name, Func<Transform, Transform> change) => new TestCaseData(change).SetArgDisplayNames(name);

    private static Transform With(Transform t, DataAttribute value) =>
        t with { Attributes = [.. t.Attributes.Where(a => a.Type != value.Type), value] };

    private static Transform Without(Transform t, Phase1Attribute type) => t with { Attributes = [.. t.Attributes.Where(a => a.Type != (ushort)type)] };

    private static Transform Adding(Transform t, DataAttribute value) => t with { Attributes = t.Attributes.Add(value) };

    private static DataAttribute Big(Phase1Attribute type, BigInteger number) =>
        DataAttribute.Variable((ushort)type, number.ToByteArray(isUnsigned: true, isBigEndian: true));

    private static void Complete(Ladder ladder)
    {
        ladder.West.Saw<GroupNegotiated>().Should().ContainSingle();
        ladder.East.Saw<GroupNegotiated>().Should().ContainSingle();
        ladder.West.Saw<ExchangeFailed>().Should().BeEmpty();
    }

    private sealed class NewGroupBend(
        int number,
        Func<ImmutableArray<Payload>, ImmutableArray<Payload>> change,
        Func<byte[], byte[]>? plainBytes = null) : IOutboundSeams
    {
        public ImmutableArray<Payload> OnPayloads(OutboundMessage message, ImmutableArray<Payload> payloads) =>
            IsMeant(message) ? change(payloads) : payloads;

        public byte[] OnPlainBytes(OutboundMessage message, byte[] plain) => IsMeant(message) && plainBytes is not null ? plainBytes(plain) : plain;

        public byte[] OnProtectedBytes(OutboundMessage message, byte[] datagram) => datagram;

        private bool IsMeant(OutboundMessage message) => message.Exchange == ExchangeType.NewGroupMode && message.Number == number;
    }
}
