// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Nat;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.EncapsulationMode;

namespace Ipsec.Ike.Tests;

/// <summary>Encapsulation modes and original addresses: RFC 2407 section 4.5, RFC 3947 section 5.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EncapsulationTests
{
    [Test]
    public void EveryModeCanBeNegotiated([Values] EncapsulationMode mode)
    {
        var ladder = Play(HostToHost(c => c with { Mode = mode }));
        var isUdp = mode is not (Tunnel or Transport);
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            var pair = side.Endpoint.ChildSas.Should().ContainSingle().Subject;
            pair.NegotiatedMode.Should().Be(mode);
            pair.Mode.Should().Be(mode is Tunnel or UdpEncapsulatedTunnel or UdpEncapsulatedTunnelDraft ? Tunnel : Transport);
            pair.Udp.Should().Be(isUdp ? new UdpEncapsulation(500, 500) : null);
        }
    }

    /// <summary>RFC 3947 section 5.2: in UDP-encapsulated transport mode both tell both addresses, the initiator's first; else nobody does.</summary>
    [Test]
    public void OriginalAddressesGoWithUdpTransport([Values] EncapsulationMode mode, [Values] bool byWest)
    {
        var ladder = new Ladder(HostToHost(c => c with { Mode = mode }));
        ladder.Connect(byWest ? ladder.West : ladder.East);
        var count = mode switch
        {
            UdpEncapsulatedTransport => 2,
            UdpEncapsulatedTransportDraft => 1,
            _ => 0,
        };
        var (initiator, responder) = byWest ? (ladder.West, ladder.East) : (ladder.East, ladder.West);
        var (own, peer) = byWest ? (PolicyPair.WestEnd, PolicyPair.EastEnd) : (PolicyPair.EastEnd, PolicyPair.WestEnd);
        foreach (var side in new[] { initiator, responder })
        {
            var payloads = side.Sent(ExchangeType.QuickMode).First().Message.All<NatOriginalAddressPayload>().ToArray();
            payloads.Select(p => p.IsDraft).Should().Equal(Enumerable.Repeat(mode == UdpEncapsulatedTransportDraft, count));
            var told = side.Endpoint.ChildSas.Single().PeerOriginalAddresses;
            var alone = side == initiator ? new NatOriginalAddresses(null, peer.Address) : new NatOriginalAddresses(own.Address, null);
            told.Should().Be(count switch
            {
                0 => null,
                1 => alone,
                _ => new NatOriginalAddresses(own.Address, peer.Address),
            });
        }
    }

    [Test]
    public void ModesMustAgree([Values(Tunnel, Transport)] EncapsulationMode west, [Values] EncapsulationMode east)
    {
        var ladder = Play(HostToHost(c => c).OfWest(c => c with { Mode = west }).OfEast(c => c with { Mode = east }));
        ladder.East.Endpoint.ChildSas.Should().HaveCount(west == east ? 1 : 0);
        ladder.West.Saw<PeerNotified>().Select(n => n.Notification.NotifyType).Should().Equal(west == east ? [] : [NotifyType.NoProposalChosen]);
    }

    /// <summary>RFC 3947 section 5.1: UDP encapsulation with a NAT, none without.</summary>
    [TestCase(Tunnel, NatTraversalVersion.Rfc3947, true, UdpEncapsulatedTunnel)]
    [TestCase(Transport, NatTraversalVersion.Rfc3947, true, UdpEncapsulatedTransport)]
    [TestCase(Tunnel, NatTraversalVersion.Draft02, true, UdpEncapsulatedTunnelDraft)]
    [TestCase(Transport, NatTraversalVersion.Draft03, true, UdpEncapsulatedTransportDraft)]
    [TestCase(Tunnel, NatTraversalVersion.Rfc3947, false, Tunnel)]
    [TestCase(Transport, NatTraversalVersion.Rfc3947, false, Transport)]
    [TestCase(UdpEncapsulatedTunnel, NatTraversalVersion.None, false, UdpEncapsulatedTunnel)]
    public void TheNatDecides(EncapsulationMode policy, NatTraversalVersion version, bool hasNat, EncapsulationMode wire)
    {
        var nat = new NatSituation(version, hasNat, false);
        Encapsulation.OnTheWire(policy, nat).Should().Be(wire);
        Encapsulation.Acceptable(policy, nat).Should().StartWith(wire).And.OnlyContain(m => Encapsulation.Base(m) == Encapsulation.Base(wire) && Encapsulation.IsUdp(m) == Encapsulation.IsUdp(wire));
    }

    /// <summary>AH covers the outer addresses (RFC 3948 section 1).</summary>
    [Test]
    public void AhIsNotEncapsulatedInUdp()
    {
        Encapsulation.Usable([Phase2Policies.Gcm, Phase2Policies.Ah, Phase2Policies.Bundle], UdpEncapsulatedTunnel).Should().Equal(Phase2Policies.Gcm);
        var policy = new PolicyPair().Both(c => c with { Suites = [Phase2Policies.Ah], Mode = UdpEncapsulatedTunnel }).West;
        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].children[0].suites[0]");
    }

    /// <summary>A host behind a NAT names the address it knows; the peer knows the one its packets come with.</summary>
    [Test]
    public void AHostBehindANatNamesItsOriginalAddress([Values] bool tellsIt)
    {
        var inside = IPAddress.Parse("198.18.200.7");
        var policies = HostToHost(c => c with { Mode = UdpEncapsulatedTransport }).OfWest(c => c with { LocalSelector = SelectorIdentity.Of(inside) });
        var bend = new Bend(7, "NAT-OA of a host behind a NAT")
        {
            Payloads = payloads =>
            [
                .. payloads.Where(p => p is not NatOriginalAddressPayload),
                .. tellsIt ? [NatOriginalAddressPayload.For(inside), NatOriginalAddressPayload.For(PolicyPair.EastEnd.Address)] : Array.Empty<Payload>(),
            ],
        };
        var ladder = new Ladder(policies, seams: bend);
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().HaveCount(tellsIt ? 1 : 0);
    }

    private static PolicyPair HostToHost(Func<ChildPolicy, ChildPolicy> change)
    {
        var (west, east) = (SelectorIdentity.Of(PolicyPair.WestEnd.Address), SelectorIdentity.Of(PolicyPair.EastEnd.Address));
        return new PolicyPair()
            .OfWest(c => c with { LocalSelector = west, RemoteSelector = east })
            .OfEast(c => c with { LocalSelector = east, RemoteSelector = west })
            .Both(change);
    }

    private static Ladder Play(PolicyPair policies)
    {
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);
        return ladder;
    }
}
