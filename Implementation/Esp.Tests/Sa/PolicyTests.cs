// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

/// <summary>Selectors of both versions, ICMP, OPAQUE and ANY, populate-from-packet, and the PAD.</summary>
public sealed class PolicyTests
{
    [Test]
    public void Icmp_is_selected_by_type_and_code()
    {
        var unreachable = TrafficSelector.Any.ForIcmp(3);
        var needed = TrafficSelector.Any.ForIcmp(3, 4);
        var tooBig = TrafficSelector.AnyIpv6.ForIcmp(2);

        needed.Contains(1, 1, 0x0304).Should().BeTrue();
        needed.Contains(1, 1, 0x0303).Should().BeFalse();
        unreachable.Contains(1, 1, 0x0303).Should().BeTrue();
        unreachable.Contains(1, 1, 0x0400).Should().BeFalse();
        unreachable.Contains(needed).Should().BeTrue();
        tooBig.Contains(AddressNumber.Parse("2001:db8::1"), 58, 0x0200).Should().BeTrue();
        tooBig.Contains(1, 58, 0x0200).Should().BeFalse("an IPv4 address is in no range of IPv6");
    }

    [Test]
    public void Opaque_is_for_packets_without_ports_and_any_for_all()
    {
        var opaque = TrafficSelector.Subnet("198.18.1.0/24").ForOpaque(17);
        var any = TrafficSelector.Subnet("198.18.1.0/24").For(17);
        var dns = any.For(17, 53, 53);
        AddressNumber host = 0xC6120105;

        (opaque.Contains(host, 17, null), any.Contains(host, 17, null), dns.Contains(host, 17, null)).Should().Be((true, true, false));
        (opaque.Contains(host, 17, 53), any.Contains(host, 17, 53), dns.Contains(host, 17, 53)).Should().Be((false, true, true));
        (any.Contains(opaque), opaque.Contains(any), dns.Contains(opaque), opaque.Contains(dns)).Should().Be((true, false, false, false));
        opaque.TryIntersect(any, out var common).Should().BeTrue();
        common.Should().Be(opaque);
        opaque.TryIntersect(dns, out _).Should().BeFalse();
        opaque.ToString().Should().Be("198.18.1.0/24[17/opaque]");
    }

    [Test]
    public void Later_fragments_match_only_opaque_or_any()
    {
        var fragment = TestPackets.WestToEast(64, h => h with { FragmentOffset = 80 });
        var dns = TestSa.Networks with { Remote = TestSa.Networks.Remote.For(17, 53, 53) };
        var opaque = new SelectorPair(TestSa.Networks.Local.ForOpaque(17), TestSa.Networks.Remote.ForOpaque(17));
        var spd = new Spd(
            new SpdEntry("dns", dns, SpdAction.Bypass), new SpdEntry("fragments", opaque, SpdAction.Protect));

        spd.LookupOutbound(fragment).Name.Should().Be("fragments");
        spd.LookupOutbound(TestPackets.WithPorts(TestPackets.WestHost, TestPackets.EastHost, 17, 9, 53)).Name.Should().Be("dns");
        spd.LookupOutbound(TestPackets.WithPorts(TestPackets.WestHost, TestPackets.EastHost, 17, 9, 54)).Should().Be(SpdEntry.Unmatched);
    }

    [Test]
    public void Ipv6_packets_are_looked_up_behind_their_extension_headers()
    {
        byte[] hopByHop = [17, 0, 1, 4, 0, 0, 0, 0];
        byte[] udp = [0x11, 0x94, 0, 53, 0, 8, 0, 0];
        var packet = TestAh.Ipv6Packet(0, extensions: [.. hopByHop, .. udp], firstHeader: 0);
        var spd = new Spd(
            new SpdEntry("v4", SelectorPair.Any, SpdAction.Discard),
            new SpdEntry("dns", TestAh.Networks6 with { Remote = TestAh.Networks6.Remote.For(17, 53, 53) }, SpdAction.Protect));

        spd.LookupOutbound(packet).Name.Should().Be("dns");
        spd.LookupInbound(packet).Should().Be(SpdEntry.Unmatched);
        TestPackets.Selectors(packet).ToString().Should().Be("[2001:db8:1::10]:4500 -> [2001:db8:2::20]:53 protocol 17");
    }

    [Test]
    public void Populate_from_packet_takes_what_is_flagged()
    {
        var entry = new SpdEntry("net", TestSa.Networks, SpdAction.Protect);
        var packet = TestPackets.Selectors(TestPackets.WithPorts(TestPackets.WestHost, TestPackets.EastHost, 6, 4000, 80));
        var opaque = TestPackets.Selectors(TestPackets.WestToEast(64, h => h with { FragmentOffset = 80 }));

        Selectors(PopulateFromPacket.None).Should().Be("198.18.1.0/24 === 198.18.2.0/24");
        Selectors(PopulateFromPacket.LocalAddress).Should().Be("198.18.1.10 === 198.18.2.0/24");
        Selectors(PopulateFromPacket.RemoteAddress | PopulateFromPacket.Protocol).Should().Be("198.18.1.0/24[6] === 198.18.2.20[6]");
        Selectors(PopulateFromPacket.Protocol | PopulateFromPacket.RemotePort).Should().Be("198.18.1.0/24[6] === 198.18.2.0/24[6/80]");
        Selectors(PopulateFromPacket.All).Should().Be("198.18.1.10[6/4000] === 198.18.2.20[6/80]");
        (entry with { Populate = PopulateFromPacket.All }).SelectorsFor(opaque).ToString()
            .Should().Be("198.18.1.10[17/opaque] === 198.18.2.20[17/opaque]");
        entry.Selectors.MatchesOutbound(packet).Should().BeTrue();
        (entry with { Populate = PopulateFromPacket.All }).SelectorsFor(packet).MatchesOutbound(packet).Should().BeTrue();

        string Selectors(PopulateFromPacket flags) => (entry with { Populate = flags }).SelectorsFor(packet).ToString();
    }

    [Test]
    public void Ipv6_identifications_become_selectors()
    {
        var network = IPAddress.Parse("2001:db8:1::");
        var cases = new (IdentificationPayload Identification, string Expected)[]
        {
            (IdentificationPayload.Ipv6Subnet(network, 48), "2001:db8:1::/48"),
            (IdentificationPayload.Ipv6Range(network, IPAddress.Parse("2001:db8:1::9")), "2001:db8:1::-2001:db8:1::9"),
            (new IdentificationPayload(IdType.Ipv6Address, 17, 53, network.GetAddressBytes()), "2001:db8:1::[17/53]"),
        };
        foreach (var (identification, expected) in cases)
        {
            TrafficSelector.TryFrom(identification, out var selector).Should().BeTrue();
            selector!.ToString().Should().Be(expected);
        }

        byte[] holes = [.. network.GetAddressBytes(), 255, 0, 255, .. new byte[13]];
        TrafficSelector.TryFrom(new IdentificationPayload(IdType.Ipv6Subnet, 0, 0, holes), out _).Should().BeFalse();
        TrafficSelector.TryFrom(new IdentificationPayload(IdType.Ipv6Address, 0, 0, new byte[15]), out _).Should().BeFalse();
    }

    [Test]
    public void The_first_entry_that_knows_the_peer_decides()
    {
        var remote = TrafficSelector.Subnet("198.18.2.0/24");
        var pad = new Pad(
        [
            Entry("one", PadIdentity.Dns("east.example"), remote),
            Entry("domain", PadIdentity.Dns(".east.example"), TrafficSelector.Subnet("198.18.3.0/24")),
            Entry("mail", PadIdentity.Email("@east.example"), remote),
            Entry("range", PadIdentity.Address(TrafficSelector.Subnet("198.51.100.0/25")), remote),
            Entry("key", PadIdentity.KeyId(new byte[] { 1, 2 }), remote),
            Entry("refused", PadIdentity.Anybody, remote) with { Methods = [] },
        ]);

        Name(IdentificationPayload.Fqdn("EAST.example")).Should().Be("one");
        Name(IdentificationPayload.Fqdn("a.east.example")).Should().Be("domain");
        Name(IdentificationPayload.Fqdn("a.beast.example")).Should().Be("refused");
        Name(IdentificationPayload.UserFqdn("user@east.example")).Should().Be("mail");
        Name(IdentificationPayload.Ipv4Address(IPAddress.Parse("198.51.100.7"))).Should().Be("range");
        Name(IdentificationPayload.Ipv4Address(IPAddress.Parse("198.51.100.200"))).Should().Be("refused");
        Name(IdentificationPayload.KeyId(new byte[] { 1, 2 })).Should().Be("key");
        var peer = IdentificationPayload.Fqdn("east.example");
        pad.Allows(peer, AuthenticationMethod.PreSharedKey, TrafficSelector.Subnet("198.18.2.128/25")).Should().BeTrue();
        pad.Allows(peer, AuthenticationMethod.PreSharedKey, TrafficSelector.Subnet("198.18.0.0/16")).Should().BeFalse();
        pad.Allows(peer, AuthenticationMethod.RsaSignatures, remote).Should().BeFalse();
        pad.Allows(IdentificationPayload.Fqdn("x.example"), AuthenticationMethod.PreSharedKey, remote).Should().BeFalse();
        Pad.Empty.Find(peer).Should().BeNull();

        string? Name(IdentificationPayload identification) => pad.Find(identification)?.Connection;

        static PadEntry Entry(string connection, PadIdentity identity, TrafficSelector remote) =>
            new() { Connection = connection, Identity = identity, RemoteTraffic = [remote] };
    }

    [Test]
    public void An_sad_tells_protocols_and_destinations_apart()
    {
        var sad = new Sad<IInboundSa>();
        using var esp = new EspInboundSa(TestSa.Parameters("AES-GCM-16-128", null, TestAh.Spi));
        using var ah = new AhInboundSa(TestAh.Sha256);
        sad.TryAdd(esp).Should().BeTrue();
        sad.TryAdd(ah).Should().BeTrue("the same SPI, another protocol");
        sad.TryAdd(new AhInboundSa(TestAh.Sha256)).Should().BeFalse();
        var east = AddressNumber.From(TestSa.East);

        sad.TryFind(TestAh.Spi, IpProtocol.Ah, east, out var found).Should().BeTrue();
        found.Should().BeSameAs(ah);
        sad.TryFind(TestAh.Spi, IpProtocol.Esp, AddressNumber.From(TestSa.West), out found).Should().BeTrue("a unicast SPI is enough");
        found.Should().BeSameAs(esp);
        sad.TryFind(TestAh.Spi, IpProtocol.Esp, AddressNumber.Parse("224.0.0.5"), out _).Should().BeFalse();
        sad.TryFind(TestSa.Spi, IpProtocol.Esp, east, out _).Should().BeFalse();
    }
}
