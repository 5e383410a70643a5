// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

/// <summary>ESP with IPv4 and IPv6 inside and outside, in both modes, with and without UDP.</summary>
public sealed class TunnelFamilyTests
{
    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Any_packet_comes_out_of_any_mode_as_it_went_in(EspSaParameters basis)
    {
        Gen.Select(Gen.Int[0, 1300], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool).Sample(
            (size, isIpv6, isOuterIpv6, isTunnel, isInUdp, isExtended) =>
            {
                var parameters = Change(basis, isIpv6, isTunnel ? isOuterIpv6 : isIpv6, isTunnel, isInUdp) with
                {
                    ExtendedSequenceNumbers = isExtended && basis.ReplayWindowSize > 0,
                };
                using var sender = TestSa.Sender(parameters);
                using var receiver = new EspInboundSa(parameters);
                var packet = isIpv6 ? TestAh.Ipv6Packet(size) : TestPackets.WestToEast(size);

                var wire = sender.Encapsulate(packet);

                IpPacketHead.TryRead(wire, out var head, out _).Should().BeTrue();
                head.TotalLength.Should().Be(wire.Length);
                head.Protocol.Should().Be(isInUdp ? IpProtocol.Udp : IpProtocol.Esp);
                UpperLayerChecksum.IsRight(wire).Should().BeTrue();
                wire.Should().HaveCount(sender.EncapsulatedLength(packet.Length, isTunnel ? 0 : isIpv6 ? 40 : 20));
                EspLayout.TryOfPacket(parameters, wire, out var layout, out _).Should().BeTrue();
                layout!.Length.Should().Be(wire.Length);
                receiver.Decapsulate(wire, out var restored).Should().Be(EspOutcome.Ok);
                restored.Should().Equal(packet);
            },
            iter: 40,
            threads: 1);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Every_changed_octet_of_a_whole_packet_is_noticed_or_harmless(bool isTunnel)
    {
        var parameters = Change(TestSa.Gcm, isIpv6: true, isOuterIpv6: true, isTunnel, isInUdp: false);
        using var sender = TestSa.Sender(parameters);
        var packet = TestAh.Ipv6Packet(30);
        var wire = sender.Encapsulate(packet);
        for (var position = 0; position < wire.Length; position++)
        {
            using var receiver = new EspInboundSa(parameters);
            var changed = wire.ToArray();
            changed[position] ^= 0x10;
            var outcome = receiver.Decapsulate(changed, out var restored);
            if (position >= 40)
            {
                outcome.Should().BeOneOf(EspOutcome.IntegrityFailure, EspOutcome.UnknownSpi);
            }

            // ESP does not cover the outer header; what comes out of a tunnel is the inner packet all the same.
            if (outcome == EspOutcome.Ok && isTunnel)
            {
                restored[40..].Should().Equal(packet[40..]);
            }
        }
    }

    [Test]
    public void Outer_ipv6_header_has_what_the_inner_one_and_the_options_say()
    {
        var inner = TestAh.Ipv6Packet();
        inner[0] = 0x6B; // DSCP 46, ECN 2
        inner[1] = 0xA1; // and the flow label 0x1...
        var parameters = Change(TestSa.Gcm, isIpv6: true, isOuterIpv6: true, isTunnel: true, isInUdp: false);
        using var sender = TestSa.Sender(parameters);

        Ipv6Header.TryRead(sender.Encapsulate(inner), out var copied, out _).Should().BeTrue();
        var own = new TunnelOptions { HopLimit = 5, Dscp = 10, Ecn = EcnMode.Compatibility, CopyFlowLabel = true };
        Ipv6Header.TryRead(sender.Encapsulate(inner, own), out var changed, out _).Should().BeTrue();

        (copied.Dscp, copied.Ecn, copied.HopLimit, copied.FlowLabel).Should().Be(((byte)46, (byte)2, (byte)64, 0u));
        (changed.Dscp, changed.Ecn, changed.HopLimit, changed.FlowLabel).Should().Be(((byte)10, (byte)0, (byte)5, 0x10000u));
        (copied.Source.ToIPAddress(), copied.Destination.ToIPAddress()).Should().Be((TestAh.West6, TestAh.East6));
    }

    [Test]
    public void Ecn_of_ipv6_inside_is_combined_as_rfc_6040_figure_4_says()
    {
        var parameters = Change(TestSa.Gcm, isIpv6: true, isOuterIpv6: false, isTunnel: true, isInUdp: false);
        int[,] table = { { 0, 0, 0, -1 }, { 1, 1, 1, 3 }, { 2, 1, 2, 3 }, { 3, 3, 3, 3 } };
        for (byte innerEcn = 0; innerEcn < 4; innerEcn++)
        {
            for (byte outerEcn = 0; outerEcn < 4; outerEcn++)
            {
                using var sender = TestSa.Sender(parameters);
                using var receiver = new EspInboundSa(parameters);
                var inner = TestAh.Ipv6Packet();
                inner[1] = (byte)(innerEcn << 4);
                var wire = sender.Encapsulate(inner);
                wire[1] = outerEcn;
                IpPacketHead.WriteIpv4Checksum(wire);

                var outcome = receiver.Decapsulate(wire, out var restored);

                var expected = table[innerEcn, outerEcn];
                outcome.Should().Be(expected < 0 ? EspOutcome.CongestionNotExpressible : EspOutcome.Ok);
                if (expected >= 0)
                {
                    IpPacketHead.TryRead(restored, out var head, out _).Should().BeTrue();
                    head.Ecn.Should().Be((byte)expected);
                }
            }
        }
    }

    [Test]
    public void Dscp_comes_inwards_only_if_asked_for()
    {
        var parameters = Change(TestSa.Gcm, isIpv6: false, isOuterIpv6: false, isTunnel: true, isInUdp: false);
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var options = new TunnelOptions { Dscp = 34, CopyDscpInwards = true };
        var first = sender.Encapsulate(TestPackets.WestToEast(), options);
        var second = sender.Encapsulate(TestPackets.WestToEast(), options);

        receiver.Decapsulate(first, out var kept).Should().Be(EspOutcome.Ok);
        receiver.Decapsulate(second, out var taken, options).Should().Be(EspOutcome.Ok);

        Ipv4Header.TryRead(kept, out var header, out _).Should().BeTrue();
        header.Dscp.Should().Be(0);
        Ipv4Header.TryRead(taken, out header, out _).Should().BeTrue("the checksum was made right");
        header.Dscp.Should().Be(34);
    }

    [Test]
    public void Transport_mode_puts_esp_behind_what_routers_read()
    {
        var parameters = Change(TestSa.Gcm, isIpv6: true, isOuterIpv6: true, isTunnel: false, isInUdp: false);
        byte[] extensions =
        [
            60, 0, 1, 4, 0, 0, 0, 0, // hop-by-hop
            43, 0, 1, 4, 0, 0, 0, 0, // destination options for the hops of the routing header
            60, 0, 4, 0, 0, 0, 0, 0, // routing header of a type without addresses
            17, 0, 1, 4, 0, 0, 0, 0, // destination options for the final destination
        ];
        var packet = TestAh.Ipv6Packet(30, extensions: extensions, firstHeader: 0);
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);

        var wire = sender.Encapsulate(packet);

        wire[40..64].Should().Equal([.. extensions[..16], 50, .. extensions[17..24]]);
        EspInspector.TryOpen(parameters, wire.AsSpan(64), out var inspection, out _).Should().BeTrue();
        inspection!.NextHeader.Should().Be(60);
        receiver.Decapsulate(wire, out var restored).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(packet);
    }

    [Test]
    public void Udp_header_has_the_ports_and_in_ipv4_no_checksum()
    {
        var parameters = TestSa.Gcm with { Nat = new NatEncapsulation(4500, 61234), Selectors = SelectorPair.Any };
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        using var plain = new EspInboundSa(parameters with { Nat = null });

        var wire = sender.Encapsulate(TestPackets.WestToEast());

        UdpHeader.TryRead(wire.AsSpan(20), out var udp, out _).Should().BeTrue();
        udp.Should().Be(new UdpHeader(4500, 61234, (ushort)(wire.Length - 20), 0));
        EspLayout.TryOfPacket(parameters, wire, out var layout, out _).Should().BeTrue();
        layout!.ToString().Should().Be("outer IP header 20, UDP header 8, ESP header 8, IV 8, ciphertext 88, ICV 16");
        plain.Decapsulate(wire, out _).Should().Be(EspOutcome.EncapsulationMismatch);

        // Receivers must not depend on the checksum (RFC 3948 section 2.1), and a NAT changes ports as it likes.
        wire[20] ^= 0x55;
        wire[26] = 0x12;
        receiver.Decapsulate(wire, out _).Should().Be(EspOutcome.Ok);
        using var other = TestSa.Sender(parameters with { Nat = null });
        receiver.Decapsulate(other.Encapsulate(TestPackets.WestToEast()), out _).Should().Be(EspOutcome.EncapsulationMismatch);
    }

    [TestCase(6)]
    [TestCase(17)]
    public void Behind_a_nat_the_checksum_of_transport_mode_is_made_right(byte protocol)
    {
        var sent = TestPackets.Build(TestPackets.Header("198.18.1.10", "198.51.100.2", protocol, 40), TestSa.Bytes(40));
        UpperLayerChecksum.TryWrite(sent);
        var parameters = TestSa.Gcm with { Mode = SaMode.Transport, Selectors = SelectorPair.Any, Nat = new NatEncapsulation() };
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters with
        {
            Nat = new NatEncapsulation { OriginalSource = AddressNumber.Parse("198.18.1.10") },
        });
        using var ignorant = new EspInboundSa(parameters);
        var wire = sender.Encapsulate(sent);

        // The NAT: 198.18.1.10 becomes 198.51.100.9.
        new byte[] { 198, 51, 100, 9 }.CopyTo(wire, 12);
        IpPacketHead.WriteIpv4Checksum(wire);

        receiver.Decapsulate(wire, out var restored).Should().Be(EspOutcome.Ok);
        UpperLayerChecksum.IsRight(restored).Should().BeTrue();
        ignorant.Decapsulate(wire, out var broken).Should().Be(EspOutcome.Ok);
        UpperLayerChecksum.IsRight(broken).Should().BeFalse();
    }

    private static EspSaParameters Change(EspSaParameters basis, bool isIpv6, bool isOuterIpv6, bool isTunnel, bool isInUdp) => basis with
    {
        Source = isOuterIpv6 ? SourceOf(isTunnel, TestAh.West6, "2001:db8:1::10") : SourceOf(isTunnel, TestSa.West, TestPackets.WestHost),
        Destination = isOuterIpv6 ? SourceOf(isTunnel, TestAh.East6, "2001:db8:2::20") : SourceOf(isTunnel, TestSa.East, TestPackets.EastHost),
        Mode = isTunnel ? SaMode.Tunnel : SaMode.Transport,
        Nat = isInUdp ? new NatEncapsulation() : null,
        Selectors = isIpv6 ? SelectorPair.AnyIpv6 : SelectorPair.Any,
    };

    private static IPAddress SourceOf(bool isTunnel, IPAddress gateway, string host) => isTunnel ? gateway : IPAddress.Parse(host);
}
