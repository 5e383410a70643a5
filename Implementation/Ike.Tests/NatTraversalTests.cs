// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Nat;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>RFC 3947 sections 3 and 4: finding a NAT and leaving port 500.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatTraversalTests
{
    [Test]
    public void WithoutANatEverythingStaysOnPort500()
    {
        var ladder = new Ladder(new PolicyPair().WithNat());
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.West.Saw<SendDatagram>().Concat(ladder.East.Saw<SendDatagram>()).Should().OnlyContain(d => d.Local.Port == 500 && d.Remote.Port == 500);
        Discoveries(ladder.West, 1).Should().HaveCount(2);
        Discoveries(ladder.East, 1).Should().HaveCount(2);
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.West.Saw<SendKeepalive>().Concat(ladder.East.Saw<SendKeepalive>()).Should().BeEmpty("nobody is behind a NAT");
    }

    [Test]
    public void TheVendorIdIsInTheFirstTwoMessagesAndNatDInTheThirdAndFourth()
    {
        var ladder = new Ladder(new PolicyPair().WithNat());
        ladder.Connect(ladder.West);

        foreach (var side in new[] { ladder.West, ladder.East })
        {
            var sent = side.Sent(ExchangeType.IdentityProtection).Select(t => t.Message).ToArray();
            sent[0].All<VendorIdPayload>().Select(v => Convert.ToHexStringLower(v.Id.Span)).Should().Contain("4a131c81070358455c5728f20e95452f");
            sent.Select(m => m.All<NatDiscoveryPayload>().Count()).Should().Equal(0, 2, 0);
            sent[1].All<NatDiscoveryPayload>().Should().OnlyContain(d => d.Type == PayloadType.NatDiscovery);
        }
    }

    /// <summary>Figure of RFC 3947 section 4: 500 to 500, then 4500 to 4500; the responder answers to X, then to Y.</summary>
    [Test]
    public void TheInitiatorBehindANatMovesWithMessageFive()
    {
        var nat = PolicyPairs.NatOfWest();
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(nat);
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.West.Saw<SendDatagram>().Select(d => (d.Local.Port, d.Remote.Port)).Should().Equal(
            (500, 500), (500, 500), (4500, 4500), (4500, 4500), (4500, 4500));
        var (x, y) = (nat.Outside(500), nat.Outside(4500));
        ladder.East.Saw<SendDatagram>().Select(d => (d.Local.Port, d.Remote)).Should().Equal((500, x), (500, x), (4500, y), (4500, y));
        ladder.East.Saw<IkeSaEstablished>().Single().Sa.Remote.Should().Be(y);
        ladder.West.Saw<IkeSaEstablished>().Single().Sa.Local.Port.Should().Be(4500);
    }

    /// <summary>RFC 3947 sections 3.2 and 4: NAT-D in messages 2 and 3, the third from the new port, with hashes of the ports it has.</summary>
    [Test]
    public void InAggressiveModeTheThirdMessageMoves()
    {
        var nat = PolicyPairs.NatOfWest();
        var ladder = new PolicyPair().WithNat().WestBehindNat().Aggressive().ThroughNat(nat);
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.West.Saw<SendDatagram>().Select(d => (d.Local.Port, d.Remote.Port)).Should().Equal((500, 500), (4500, 4500), (4500, 4500), (4500, 4500));
        ladder.East.Saw<SendDatagram>().Select(d => (d.Local.Port, d.Remote)).Should().Equal((500, nat.Outside(500)), (4500, nat.Outside(4500)));
        ladder.East.Sent(ExchangeType.Aggressive).Single().Message.All<NatDiscoveryPayload>().Should().HaveCount(2);
        var third = ladder.West.Sent(ExchangeType.Aggressive).Last().Message;
        third.All<NatDiscoveryPayload>().First().Hash.ToArray().Should().Equal(NatDiscovery.Hash(
            Ipsec.Crypto.PrfAlgorithm.Named("HMAC-SHA2-256"), third.Header.InitiatorCookie, third.Header.ResponderCookie, new(PolicyPair.EastEnd.Address, 4500)));
        ladder.Run(TimeSpan.FromSeconds(25));
        ladder.West.Saw<SendKeepalive>().Should().ContainSingle();
        ladder.East.Saw<SendKeepalive>().Should().BeEmpty("east has found that only west is behind a NAT");
    }

    [Test]
    public void AggressiveModeWithoutANatStays()
    {
        var ladder = new Ladder(new PolicyPair().WithNat().Aggressive());
        ladder.Connect(ladder.West);
        Complete(ladder);
        ladder.West.Saw<SendDatagram>().Concat(ladder.East.Saw<SendDatagram>()).Should().OnlyContain(d => d.Local.Port == 500 && d.Remote.Port == 500);
    }

    [Test]
    public void InAggressiveModeAnyLostOrDuplicatedMessageIsMadeUpFor([Range(1, 6)] int number, [Values(0, 2)] int copies)
    {
        var ladder = new PolicyPair().WithNat().WestBehindNat().Aggressive().ThroughNat(PolicyPairs.NatOfWest());
        ladder.Copies = n => n == number ? copies : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(15));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas[0].Local.Port.Should().Be(4500);
    }

    [Test]
    public void OnlyTheSideBehindTheNatSendsKeepalives()
    {
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(PolicyPairs.NatOfWest());
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(65));

        ladder.West.Saw<SendKeepalive>().Should().HaveCount(3, "one each 20 seconds")
            .And.OnlyContain(k => k.Local.Port == 4500 && k.Remote.Equals(new IPEndPoint(PolicyPair.EastEnd.Address, 4500)));
        ladder.East.Saw<SendKeepalive>().Should().BeEmpty();
    }

    [Test]
    public void OtherPacketsPutKeepalivesOff()
    {
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(PolicyPairs.NatOfWest());
        ladder.Connect(ladder.West);
        var spi = ladder.West.Endpoint.ChildSas[0].InboundSpi;
        for (var i = 1; i <= 6; i++)
        {
            ladder.Run(TimeSpan.FromSeconds(15));
            ladder.Do(ladder.West, new ChildSaTraffic(spi, 0, (ulong)(i * 100)));
        }

        ladder.West.Saw<SendKeepalive>().Should().BeEmpty("something was sent every 15 seconds");
        ladder.Run(TimeSpan.FromSeconds(15));
        ladder.Do(ladder.West, new ChildSaTraffic(spi, 5000, 600));
        ladder.Run(TimeSpan.FromSeconds(6));
        ladder.West.Saw<SendKeepalive>().Should().ContainSingle("what was received keeps no mapping");
    }

    [Test]
    public void KeepalivesEndWithTheIkeSa()
    {
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(PolicyPairs.NatOfWest());
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new DeleteIkeSa("tunnel"));
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.West.Saw<SendKeepalive>().Should().BeEmpty();
    }

    /// <summary>RFC 3947 section 4: a responder behind a NAT that translates one address to one.</summary>
    [Test]
    public void TheResponderMayBeBehindTheNat()
    {
        var ladder = new PolicyPair().WithNat().EastBehindNat().ThroughNat(PolicyPairs.NatOfEast());
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.West.Endpoint.EstablishedSas[0].Remote.Port.Should().Be(4500);
        ladder.Run(TimeSpan.FromSeconds(25));
        ladder.East.Saw<SendKeepalive>().Should().ContainSingle();
        ladder.West.Saw<SendKeepalive>().Should().BeEmpty();
    }

    [Test]
    public void BothMayBeBehindNats()
    {
        var (west, east) = (PolicyPairs.NatOfWest(), PolicyPairs.NatOfEast());
        var ladder = new Ladder(new PolicyPair().WithNat().WestBehindNat().EastBehindNat())
        {
            Path = datagram => west.Translate(datagram) is { } halfway ? east.Translate(halfway) : null,
        };
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.Run(TimeSpan.FromSeconds(25));
        ladder.East.Saw<SendKeepalive>().Should().ContainSingle();
        ladder.West.Saw<SendKeepalive>().Should().ContainSingle();
    }

    [TestCase(NatTraversalVersion.Draft02)]
    [TestCase(NatTraversalVersion.Draft03)]
    public void TheDraftsHaveTheirOwnNumbers(NatTraversalVersion version)
    {
        var policies = new PolicyPair().WithNat().WestBehindNat();
        policies = policies with { East = policies.East with { NatTraversal = new() { Versions = [version] } } };
        var ladder = policies.ThroughNat(PolicyPairs.NatOfWest());
        ladder.Connect(ladder.West);

        Complete(ladder);
        Discoveries(ladder.West, 1).Concat(Discoveries(ladder.East, 1)).Should().HaveCount(4).And.OnlyContain(d => d.Type == PayloadType.NatDiscoveryDraft);
        ladder.West.Endpoint.EstablishedSas[0].Local.Port.Should().Be(4500, "the drafts float as the RFC does");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void WithoutTheVendorIdOfBothThereIsNoDiscovery(bool westIsOff)
    {
        var policies = new PolicyPair().WithNat().WestBehindNat();
        policies = westIsOff
            ? policies with { West = policies.West with { NatTraversal = NatTraversalPolicy.Off } }
            : policies with { East = policies.East with { NatTraversal = NatTraversalPolicy.Off } };
        var ladder = policies.ThroughNat(PolicyPairs.NatOfWest());
        ladder.Connect(ladder.West);

        Complete(ladder);
        Discoveries(ladder.West, 1).Concat(Discoveries(ladder.East, 1)).Should().BeEmpty();
        ladder.West.Saw<SendDatagram>().Should().OnlyContain(d => d.Local.Port == 500);
        ladder.East.Saw<SendDatagram>().Should().OnlyContain(d => d.Remote.Port == 40000, "the answer goes where the packet came from (section 3)");
    }

    [Test]
    public void ForcedByOneSideBothBehaveAsBehindANat([Values] bool west)
    {
        var policies = new PolicyPair().WithNat();
        var forced = new NatTraversalPolicy { Mode = NatTraversalMode.Force };
        policies = west
            ? policies with { West = policies.West with { NatTraversal = forced } }
            : policies with { East = policies.East with { NatTraversal = forced } };
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.West.Endpoint.EstablishedSas[0].Local.Port.Should().Be(4500);
        ladder.East.Endpoint.EstablishedSas[0].Local.Port.Should().Be(4500);
    }

    /// <summary>RFC 3947 section 3.2: with several source hashes a NAT is there only when none matches.</summary>
    [Test]
    public void SeveralSourceHashesMayBeSent()
    {
        var policies = new PolicyPair().WithNat();
        IPEndPoint[] further = [new(IPAddress.Parse("198.51.100.99"), 500), new(IPAddress.Parse("198.18.9.9"), 500)];
        policies = policies with { West = policies.West with { NatTraversal = new() { FurtherLocalEnds = [.. further] } } };
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);

        Complete(ladder);
        Discoveries(ladder.West, 1).Should().HaveCount(4);
        ladder.East.Endpoint.EstablishedSas[0].Local.Port.Should().Be(500, "no NAT was found");
    }

    [Test]
    public void ANegotiationMayBeginOnPort4500()
    {
        var policies = new PolicyPair().WithNat().Both(p => p with { Local = new(p.Local.Address, 4500), Remote = new(p.Remote.Address, 4500) }).WestBehindNat();
        var nat = PolicyPairs.NatOfWest();
        var ladder = policies.ThroughNat(nat);
        ladder.Connect(ladder.West);

        Complete(ladder);
        ladder.West.Saw<SendDatagram>().Should().OnlyContain(d => d.Local.Port == 4500 && d.Remote.Port == 4500);
        ladder.East.Saw<SendDatagram>().Should().OnlyContain(d => d.Local.Port == 4500 && d.Remote.Equals(nat.Outside(4500)));
    }

    /// <summary>RFC 3947 section 4: main mode packets with the same cookies that come to port 500 afterwards are old.</summary>
    [Test]
    public void LatePacketsOnPort500AreDiscarded([Values(0, 2, 4)] int index)
    {
        var nat = PolicyPairs.NatOfWest();
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(nat);
        ladder.Connect(ladder.West);
        var discarded = ladder.East.Saw<DatagramDiscarded>().Count();
        ladder.Inject(ladder.East, ladder.Wire[index].Bytes, nat.Outside(500)).Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().Skip(discarded).Should().ContainSingle().Which.Clause.Should().Be("RFC 3947 section 4");
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void ANewMainModeOnPort500IsProcessedNormally()
    {
        var nat = PolicyPairs.NatOfWest();
        var policies = new PolicyPair().WithNat().WestBehindNat();
        var ladder = policies.ThroughNat(nat);
        ladder.Connect(ladder.West);
        var other = policies.ThroughNat(nat, seed: 77);
        other.Connect(other.West);
        ladder.Inject(ladder.East, other.Wire[0].Bytes, nat.Outside(500)).Should().ContainSingle("the peer may have restarted");
    }

    [Test]
    public void NatDOfTheOtherNumberingIsRefused()
    {
        var bend = new Bend(3, "NAT-D of the drafts") { Payloads = payloads => [.. payloads.Select(p => p is NatDiscoveryPayload d ? d with { IsDraft = true } : p)] };
        var ladder = new Ladder(new PolicyPair().WithNat(), seams: bend);
        ladder.Connect(ladder.West);
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 3947 section 3.2");
    }

    [Test]
    public void NatDWithoutNegotiationIsRefused()
    {
        var bend = new Bend(3, "NAT-D") { Payloads = payloads => payloads.Add(new NatDiscoveryPayload(new byte[32])) };
        var ladder = new Ladder(seams: bend);
        ladder.Connect(ladder.West);
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 3947 section 3.2");
    }

    /// <summary>RFC 3947 section 4: with NAT traversal enabled the port of the phase 1 identity is 0.</summary>
    [Test]
    public void APolicyWithAPortInItsIdentityIsRefused()
    {
        var policy = new PolicyPair().West with
        {
            NatTraversal = new(),
            LocalIdentity = IdentificationPayload.Ipv4Address(PolicyPair.WestEnd.Address, 17, 500),
        };
        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].localIdentity");
    }

    [TestCase((byte)17, (ushort)0, true)]
    [TestCase((byte)17, (ushort)500, true)]
    [TestCase((byte)17, (ushort)4500, false)]
    public void APeerMayNameUdpWithoutAPort(byte protocol, ushort port, bool accepted)
    {
        var named = new PolicyPair().West.LocalIdentity with { ProtocolId = protocol, Port = port };
        (Ike.V1.Authentication.PeerIdentity.Check(named, new PolicyPair().WithNat().East) is null).Should().Be(accepted);
        (Ike.V1.Authentication.PeerIdentity.Check(named, new PolicyPair().East) is null).Should().Be(accepted && port != 0, "without NAT traversal RFC 2407 section 4.6.2 alone counts");
    }

    /// <summary>Nobody has proved anything when message 2 is sent, so it is never longer than message 1.</summary>
    [Test]
    public void AResponderAnnouncesNothingUnasked()
    {
        var all = new PolicyPair().WithNat().WithDpd().Both(p => p with { Fragmentation = new() });
        var ladder = new Ladder(all with { West = new PolicyPair().West });
        ladder.Connect(ladder.West);
        Complete(ladder);
        ladder.East.Sent(ExchangeType.IdentityProtection).First().Message.All<VendorIdPayload>().Should().BeEmpty();

        var both = new Ladder(all);
        both.Connect(both.West);
        both.East.Sent(ExchangeType.IdentityProtection).First().Message.All<VendorIdPayload>().Should().HaveCount(6, "three versions, one of them twice, DPD and fragmentation");
        both.Wire[1].Bytes.Length.Should().BeLessThanOrEqualTo(both.Wire[0].Bytes.Length);
    }

    internal static void Complete(Ladder ladder)
    {
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    private static NatDiscoveryPayload[] Discoveries(Ladder.Side side, int index) =>
        [.. side.Sent(ExchangeType.IdentityProtection).ElementAt(index).Message.All<NatDiscoveryPayload>()];
}
