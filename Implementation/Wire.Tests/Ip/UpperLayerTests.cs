// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class UpperLayerTests
{
    [Test]
    public void Checksums_of_published_packets_are_right_and_written_the_same()
    {
        foreach (var packet in new[] { IpPackets.Rfc3602Ping, IpPackets.Rfc7634Ping, IpPackets.McGrewDnsQuery })
        {
            UpperLayerChecksum.IsRight(packet).Should().BeTrue();
            var again = packet.ToArray();
            again[^1] ^= 1;
            UpperLayerChecksum.IsRight(again).Should().BeFalse();
            again[^1] ^= 1;
            again[packet[9] == 17 ? 26 : 22] ^= 0x55;
            UpperLayerChecksum.TryWrite(again).Should().BeTrue();
            again.Should().Equal(packet);
        }
    }

    [Test]
    public void Every_protocol_of_either_version_is_covered()
    {
        var gen = Gen.Select(Gen.Byte.Array[20, 90], Gen.Int[0, 2].Select(index => index switch { 0 => 6, 1 => 17, _ => 58 }), Gen.Bool);
        gen.Sample((payload, protocol, isIpv6) =>
        {
            var packet = isIpv6 ? Ipv6Tests.Packet((IpProtocol)protocol, payload) : Ipv4(protocol == 58 ? 1 : protocol, payload);
            UpperLayerChecksum.TryWrite(packet).Should().BeTrue();
            UpperLayerChecksum.IsRight(packet).Should().BeTrue();

            // A word that changes between 0 and 0xFFFF is the one change the sum does not see, so one bit is changed.
            packet[^2] ^= 0x10;
            UpperLayerChecksum.IsRight(packet).Should().BeFalse();
        });
    }

    [Test]
    public void Adapting_to_translated_addresses_is_the_same_as_computing_anew()
    {
        Gen.Select(Gen.Byte.Array[20, 60], Gen.UInt, Gen.UInt, Gen.Bool).Sample((payload, source, destination, isTcp) =>
        {
            var packet = Ipv4(isTcp ? 6 : 17, payload);
            UpperLayerChecksum.TryWrite(packet);
            IpPacketHead.TryRead(packet, out var before, out _).Should().BeTrue();

            // A NAT that changes addresses and, seeing only ESP, no checksum.
            Ipv4Header.For(source, destination, before.Protocol, payload.Length).Write(packet);
            var expected = packet.ToArray();
            UpperLayerChecksum.TryWrite(expected);

            UpperLayerChecksum.TryAdapt(packet, before.Source, before.Destination).Should().BeTrue();

            UpperLayerChecksum.IsRight(packet).Should().BeTrue();
            packet.Should().Equal(expected);
        });
    }

    [Test]
    public void A_udp_checksum_of_zero_stays_zero()
    {
        var packet = Ipv4(17, new byte[12]);
        packet[24 + 1] = 12;

        UpperLayerChecksum.TryAdapt(packet, 0xC6120101, 0xC6120102).Should().BeTrue();

        (packet[26], packet[27]).Should().Be(((byte)0, (byte)0));
        UpperLayerChecksum.IsRight(packet).Should().BeTrue();
        UpperLayerChecksum.TryAdapt(Ipv4(1, new byte[8]), 1, 2).Should().BeFalse();
        UpperLayerChecksum.TryAdapt(Ipv4(6, new byte[19]), 1, 2).Should().BeFalse();
    }

    [Test]
    public void Tcp_header_is_read_and_written()
    {
        var octets = Hex.Bytes("1234 0050 01020304 05060708 5012 ffff abcd 0000");

        TcpHeader.TryRead(octets, out var header, out _).Should().BeTrue();

        header.Should().Be(new TcpHeader(0x1234, 80, 0x01020304, 0x05060708, 20, TcpFlags.Syn | TcpFlags.Ack, 0xFFFF, 0xABCD));
        var written = new byte[20];
        header.Write(written);
        written.Should().Equal(octets);
        octets[12] = 0x40;
        TcpHeader.TryRead(octets, out _, out var error).Should().BeFalse();
        error.Kind.Should().Be(WireErrorKind.BadLength);
        octets[12] = 0x60;
        TcpHeader.TryRead(octets, out _, out error).Should().BeFalse();
        error.Kind.Should().Be(WireErrorKind.Truncated);
        TcpHeader.TryRead(octets.AsSpan(0, 19), out _, out _).Should().BeFalse();
    }

    [Test]
    public void Ah_header_is_read_and_written()
    {
        // HMAC-SHA1-96: 24 octets, payload length 4.
        var octets = Hex.Bytes("06 04 0000 c0ffee01 00000007 000102030405060708090a0b 99");

        AhHeader.TryRead(octets, out var header, out _).Should().BeTrue();

        header.Should().Be(new AhHeader(IpProtocol.Tcp, 24, 0, 0xC0FFEE01, 7));
        header.IcvFieldLength.Should().Be(12);
        var written = new byte[12];
        header.Write(written);
        written.Should().Equal(octets[..12]);
        AhHeader.TryRead(octets.AsSpan(0, 23), out _, out var error).Should().BeFalse();
        error.Kind.Should().Be(WireErrorKind.Truncated);
        octets[1] = 0;
        AhHeader.TryRead(octets, out _, out error).Should().BeFalse();
        error.Kind.Should().Be(WireErrorKind.BadLength);
    }

    [TestCase("ff", UdpEncapsulationKind.Keepalive)]
    [TestCase("", UdpEncapsulationKind.Malformed)]
    [TestCase("fe", UdpEncapsulationKind.Malformed)]
    [TestCase("ffff", UdpEncapsulationKind.Malformed)]
    [TestCase("000000", UdpEncapsulationKind.Malformed)]
    [TestCase("00000000", UdpEncapsulationKind.Ike)]
    [TestCase("00000000ff", UdpEncapsulationKind.Ike)]
    [TestCase("00000001", UdpEncapsulationKind.Esp)]
    [TestCase("ff000000 00000001", UdpEncapsulationKind.Esp)]
    public void What_shares_port_4500_is_told_apart(string data, UdpEncapsulationKind kind) =>
        UdpEncapsulation.Classify(Hex.Bytes(data)).Should().Be(kind);

    [Test]
    public void An_ike_message_gets_the_marker()
    {
        var destination = new byte[7];
        UdpEncapsulation.WriteIke([1, 2, 3], destination).Should().Be(7);
        destination.Should().Equal(0, 0, 0, 0, 1, 2, 3);
        UdpEncapsulation.Keepalive.ToArray().Should().Equal(0xFF);
    }

    [Test]
    public void Too_big_messages_name_mtu_and_sa()
    {
        byte[][] espPackets =
        [
            Ipv4(50, Hex.Bytes("c0ffee01 00000001 00000000 00000000")),
            Ipv6Tests.Packet(IpProtocol.Esp, Hex.Bytes("c0ffee01 00000001 00000000 00000000")),
            Ipv4(51, Hex.Bytes("06040000 c0ffee01 00000001 000000000000000000000000")),
            Ipv4(17, Hex.Bytes("1194 1194 0018 0000 c0ffee01 00000001 0000000000000000")),
        ];
        foreach (var packet in espPackets)
        {
            IpPacketHead.TryRead(packet, out var head, out _).Should().BeTrue();
            var message = new byte[IcmpTooBig.MaxIpv6Size];

            var length = IcmpTooBig.Write(head.Destination, packet, 1400, message);

            UpperLayerChecksum.IsRight(message.AsSpan(0, length)).Should().BeTrue();
            IpPacketHead.TryRead(message.AsSpan(0, length), out var outer, out _).Should().BeTrue();
            (outer.Source, outer.Destination).Should().Be((head.Destination, head.Source));
            var icmp = message.AsSpan(outer.HeaderLength..length);
            IcmpTooBig.TryRead(outer.Version, icmp, out var tooBig).Should().BeTrue();
            tooBig.Mtu.Should().Be(1400);
            IcmpTooBig.TryReadQuotedSpi(icmp[tooBig.QuotedOffset..], out var protocol, out var spi, out var destination).Should().BeTrue();
            (protocol, spi, destination).Should().Be(
                (head.Protocol == IpProtocol.Ah ? IpProtocol.Ah : IpProtocol.Esp, 0xC0FFEE01, head.Destination));
        }

        IcmpTooBig.TryRead(IpVersion.V4, Hex.Bytes("0800000000000000"), out _).Should().BeFalse();
        IcmpTooBig.TryRead(IpVersion.V6, Hex.Bytes("030400000000058c"), out _).Should().BeFalse();
        IcmpTooBig.TryReadQuotedSpi(IpPackets.Rfc3602Ping, out _, out _, out _).Should().BeFalse();
        IcmpTooBig.TryReadQuotedSpi([], out _, out _, out _).Should().BeFalse();
    }

    [Test]
    public void A_long_packet_is_quoted_as_far_as_it_may_be()
    {
        var message = new byte[IcmpTooBig.MaxIpv6Size];
        IcmpTooBig.Write(0xC6336401, Ipv4(17, new byte[3000]), 1400, message).Should().Be(576);
        IcmpTooBig.Write(AddressNumber.Parse("2001:db8::1"), Ipv6Tests.Packet(IpProtocol.Udp, new byte[3000]), 1400, message).Should().Be(1280);
        IcmpTooBig.Write(0xC6336401, Ipv6Tests.Packet(IpProtocol.Udp, new byte[30]), 1400, message).Should().Be(0);
    }

    [TestCase(64, true)]
    [TestCase(2, true)]
    [TestCase(1, false)]
    [TestCase(0, false)]
    public void Forwarding_lowers_the_hop_limit_down_to_one(int hopLimit, bool goesOn)
    {
        byte[][] packets = [Ipv4(17, new byte[8], h => h with { TimeToLive = (byte)hopLimit }), Ipv6Tests.Packet(IpProtocol.Udp, new byte[8])];
        packets[1][7] = (byte)hopLimit;
        foreach (var packet in packets)
        {
            IpForwarding.TryDecrementHopLimit(packet).Should().Be(goesOn);

            IpPacketHead.TryRead(packet, out var head, out _).Should().BeTrue();
            head.HopLimit.Should().Be((byte)(goesOn ? hopLimit - 1 : hopLimit));
        }
    }

    internal static byte[] Ipv4(int protocol, ReadOnlySpan<byte> payload, Func<Ipv4Header, Ipv4Header>? change = null)
    {
        var header = Ipv4Header.For(0xC6336401, 0xC6336402, (IpProtocol)protocol, payload.Length);
        header = change is null ? header : change(header);
        var packet = new byte[header.HeaderLength + payload.Length];
        payload.CopyTo(packet.AsSpan(header.HeaderLength));
        header.Write(packet);
        return packet;
    }
}
