// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Phase 1 offers with several methods, lives in both units, groups by their parameters: RFC 2409 section 5 and appendix A.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Phase1ProposalTests
{
    private static readonly Phase1Suite Shared = PolicyPair.Phase1("AES-CBC-128", "HMAC-SHA2-256", "ECP-256");
    private static readonly Phase1Suite Signed = Shared with { Authentication = AuthenticationMethod.RsaSignatures };

    /// <summary>Methods that begin alike may be mixed in aggressive mode too.</summary>
    [Test]
    public void TheResponderChoosesTheMethod([Values] Phase1Mode mode, [Values(AuthenticationMethod.PreSharedKey, AuthenticationMethod.RsaSignatures)] AuthenticationMethod wanted)
    {
        var pair = Methods.Pair(mode, AuthenticationMethod.RsaSignatures);
        var secret = new PolicyPair().West.PreSharedKey;
        var ladder = new Ladder(new PolicyPair
        {
            West = pair.West with { Phase1 = [Shared, Signed], PreSharedKey = secret },
            East = pair.East with { Phase1 = [Shared with { Authentication = wanted }], PreSharedKey = secret },
        });
        ladder.Connect(ladder.West);
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle().Which.Suite!.Authentication.Should().Be(wanted);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        var offer = MainModeTests.Read(ladder.Wire[0].Bytes).Find<SaPayload>()!;
        offer.Proposals.Should().ContainSingle("RFC 2409 section 5").Which.Transforms.Should().HaveCount(2);
        var answer = MainModeTests.Read(ladder.Wire[1].Bytes).Find<SaPayload>()!.Proposals.Single();
        answer.Transforms.Single().Should().Be(offer.Proposals[0].Transforms.Single(t => Method(t) == wanted));
    }

    [Test]
    public void AMethodThatIsNotSpokenIsPassedOver()
    {
        var seam = Offer(Phase1Mode.Main, attributes => Set(attributes, Phase1Attribute.AuthenticationMethod, (ushort)AuthenticationMethod.DssSignatures));
        Refused(new Ladder(seams: seam), NotifyType.NoProposalChosen);
    }

    [Test]
    public void AConnectionOfTheSameAddressWithTheOfferedMethodIsUsed([Values] Phase1Mode mode)
    {
        var signed = Methods.Pair(mode, AuthenticationMethod.RsaSignatures);
        var shared = Methods.Pair(mode, AuthenticationMethod.PreSharedKey);
        var ladder = new Ladder(signed with { East = shared.East with { Name = "shared" } });
        ladder.East.Endpoint.Add(signed.East).Should().BeEmpty();
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle().Which.Connection.Should().Be("tunnel");
    }

    [TestCase(1000ul)]
    [TestCase(100_000ul)]
    [TestCase(0x1_0000_0000ul)]
    public void ALifeInKilobytesIsNegotiatedBesideSeconds(ulong kilobytes)
    {
        var pair = new PolicyPair();
        var ladder = new Ladder(pair with { West = pair.West with { Phase1 = [Shared with { LifetimeKilobytes = kilobytes }] } });
        ladder.Connect(ladder.West);
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Endpoint.EstablishedSas.Should().ContainSingle().Which.Suite.Should().Match<Phase1Suite>(s =>
                s.LifetimeKilobytes == kilobytes && s.LifetimeSeconds == 28800);
        }

        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>Both encodings of both units: a duration is read with the type in front of it.</summary>
    [Test]
    public void LifeDurationsInAnyEncoding([Values] bool secondsWide, [Values] bool kilobytesWide)
    {
        var seam = Offer(Phase1Mode.Main, attributes =>
        [
            .. attributes.Where(a => a.Type is not ((ushort)Phase1Attribute.LifeType or (ushort)Phase1Attribute.LifeDuration)),
            DataAttribute.Basic(Phase1Attribute.LifeType, (ushort)LifeType.Kilobytes),
            Duration(500, kilobytesWide),
            DataAttribute.Basic(Phase1Attribute.LifeType, (ushort)LifeType.Seconds),
            Duration(3600, secondsWide),
        ]);
        var ladder = new Ladder(seams: seam) { Copies = number => number == 1 ? 1 : 0 };
        ladder.Connect(ladder.West, child: null);
        var chosen = MainModeTests.Read(ladder.Wire[1].Bytes).Find<SaPayload>()!.Proposals.Single().Transforms.Single();
        chosen.Attributes.Should().Equal(MainModeTests.Read(ladder.Wire[0].Bytes).Find<SaPayload>()!.Proposals.Single().Transforms.Single().Attributes);
    }

    /// <summary>Two durations that changed their units are another offer.</summary>
    [Test]
    public void ExchangedDurationsAreAChange()
    {
        var pair = new PolicyPair();
        var suite = Shared with { LifetimeSeconds = 1000, LifetimeKilobytes = 2000 };
        var seam = new MethodBend(2, "durations exchanged")
        {
            Payloads = payloads => [.. payloads.Select(p => p is SaPayload sa ? Change(sa, a =>
                [.. a.Select(x => x.Type == (ushort)Phase1Attribute.LifeDuration ? DataAttribute.Basic(Phase1Attribute.LifeDuration, x.TryGetNumber(out var n) && n == 1000 ? (ushort)2000 : (ushort)1000) : x)]) : p)],
        };
        var ladder = new Ladder(pair with { West = pair.West with { Phase1 = [suite] } }, seams: seam);
        ladder.Connect(ladder.West, child: null);
        ladder.West.Saw<DatagramDiscarded>().First().Reason.Should().Contain("not one of those offered");
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
    }

    /// <summary>Groups are named by number here; one given by its parameters is an attribute that is not supported (RFC 2408 section 5.6).</summary>
    [Test]
    public void AGroupGivenByItsParametersIsNotSupported([Values] Phase1Mode mode, [Values] bool besideItsNumber)
    {
        var seam = Offer(mode, attributes =>
        [
            .. attributes.Where(a => besideItsNumber || a.Type != (ushort)Phase1Attribute.GroupDescription),
            DataAttribute.Basic(Phase1Attribute.GroupType, (ushort)GroupType.Modp),
            DataAttribute.Variable((ushort)Phase1Attribute.GroupPrime, new byte[128]),
            DataAttribute.Variable((ushort)Phase1Attribute.GroupGeneratorOne, new byte[] { 2 }),
        ]);
        Refused(new Ladder(Methods.Pair(mode, AuthenticationMethod.PreSharedKey), seams: seam), NotifyType.AttributesNotSupported);
    }

    [TestCase(Phase1Attribute.Prf, 1, NotifyType.NoProposalChosen)]
    [TestCase((Phase1Attribute)20000, 1, NotifyType.NoProposalChosen)]
    public void AnAttributeThatIsNotKnownIsNotAccepted(Phase1Attribute attribute, int value, NotifyType notify)
    {
        var seam = Offer(Phase1Mode.Main, attributes => [.. attributes, DataAttribute.Basic(attribute, (ushort)value)]);
        Refused(new Ladder(seams: seam), notify);
    }

    [Test]
    public void AForeignDoiOrSituationIsRefusedInBothModes([Values] Phase1Mode mode, [Values] bool isDoi)
    {
        var seam = new MethodBend(1, "foreign")
        {
            Payloads = payloads => [.. payloads.Select(p => p is SaPayload sa ? (isDoi ? sa with { Doi = 99 } : sa with { Situation = 4 }) : p)],
        };
        Refused(
            new Ladder(Methods.Pair(mode, AuthenticationMethod.PreSharedKey), seams: seam),
            isDoi ? NotifyType.DoiNotSupported : NotifyType.SituationNotSupported);
    }

    /// <summary>RFC 6989 section 2.1, RFC 2412 section 5: 0, 1 and p - 1 give no secret away but everybody's.</summary>
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-1)]
    public void AWeakPublicValueIsRefused(int value)
    {
        foreach (var mode in Enum.GetValues<Phase1Mode>())
        {
            var pair = Methods.Pair(mode, AuthenticationMethod.PreSharedKey);
            var suite = PolicyPair.Phase1("AES-CBC-128", "HMAC-SHA1", "MODP-2048");
            pair = new PolicyPair { West = pair.West with { Phase1 = [suite] }, East = pair.East with { Phase1 = [suite] } };
            var weak = new byte[256];
            if (value < 0)
            {
                var prime = Modp2048();
                prime[^1] -= 1;
                weak = prime;
            }
            else
            {
                weak[^1] = (byte)value;
            }

            var seam = new MethodBend(mode == Phase1Mode.Main ? 3 : 1, "weak")
            {
                Payloads = payloads => [.. payloads.Select(p => p is KeyExchangePayload ? new KeyExchangePayload(weak) : p)],
            };
            var ladder = new Ladder(pair, seams: seam);
            ladder.Connect(ladder.West, child: null);
            ladder.East.Saw<DatagramDiscarded>().First().Clause.Should().Be("RFC 2408 section 5.7");
            ladder.West.Saw<PeerNotified>().First().Notification.NotifyType.Should().Be(NotifyType.InvalidKeyInformation);
            MainModeTests.NothingEstablished(ladder);
        }
    }

    /// <summary>2^2048 - 2^1984 - 1 + 2^64 * (floor(2^1918 pi) + 124476) (RFC 3526 section 3).</summary>
    private static byte[] Modp2048() => Convert.FromHexString(
        "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF");

    private static AuthenticationMethod Method(Transform transform) =>
        transform.TryGet(Phase1Attribute.AuthenticationMethod, out var a) && a.TryGetNumber(out var n) ? (AuthenticationMethod)n : default;

    private static DataAttribute Duration(uint value, bool isWide) =>
        isWide ? DataAttribute.Variable(Phase1Attribute.LifeDuration, value) : DataAttribute.Basic(Phase1Attribute.LifeDuration, (ushort)value);

    private static ImmutableArray<DataAttribute> Set(ImmutableArray<DataAttribute> attributes, Phase1Attribute type, ushort value) =>
        [.. attributes.Select(a => a.Type == (ushort)type ? DataAttribute.Basic(type, value) : a)];

    private static SaPayload Change(SaPayload sa, Func<ImmutableArray<DataAttribute>, ImmutableArray<DataAttribute>> change)
    {
        var proposal = sa.Proposals[0];
        var transform = proposal.Transforms[0];
        return sa with { Proposals = [proposal with { Transforms = [transform with { Attributes = change(transform.Attributes) }] }] };
    }

    private static MethodBend Offer(Phase1Mode mode, Func<ImmutableArray<DataAttribute>, ImmutableArray<DataAttribute>> change) => new(1, $"offer in {mode} mode")
    {
        Payloads = payloads => [.. payloads.Select(p => p is SaPayload sa ? Change(sa, change) : p)],
    };

    private static void Refused(Ladder ladder, NotifyType notify)
    {
        ladder.Connect(ladder.West, child: null);
        ladder.West.Saw<PeerNotified>().First().Notification.NotifyType.Should().Be(notify);
        MainModeTests.NothingEstablished(ladder);
        ladder.East.Deadline.Should().BeNull();
    }
}
