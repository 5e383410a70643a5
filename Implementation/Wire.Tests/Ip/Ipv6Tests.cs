// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class Ipv6Tests
{
    private static readonly AddressNumber West = AddressNumber.Parse("2001:db8:1::a");
    private static readonly AddressNumber East = AddressNumber.Parse("2001:db8:2::b");

    [Test]
    public void Reads_and_writes_every_field()
    {
        // DSCP 46, ECN 1, flow label 0xabcde, payload 4, UDP, hop limit 63.
        var octets = Hex.Bytes("6b9abcde 0004113f 20010db800010000 000000000000000a 20010db800020000 000000000000000b 01020304");

        Ipv6Header.TryRead(octets, out var header, out var error).Should().BeTrue("{0}", error);

        (header.Dscp, header.Ecn, header.FlowLabel).Should().Be(((byte)46, (byte)1, 0xABCDEu));
        (header.PayloadLength, header.NextHeader, header.HopLimit).Should().Be((4, IpProtocol.Udp, (byte)63));
        header.Source.Should().Be(West);
        var written = new byte[40];
        header.Write(written);
        written.Should().Equal(octets[..40]);
    }

    [Test]
    public void A_cut_packet_or_another_version_is_refused()
    {
        var packet = Packet(IpProtocol.Udp, new byte[8]);
        for (var length = 0; length < packet.Length; length++)
        {
            Ipv6Header.TryRead(packet.AsSpan(0, length), out _, out var error).Should().BeFalse();
            error.Kind.Should().Be(WireErrorKind.Truncated);
        }

        packet[0] = 0x45;
        Ipv6Header.TryRead(packet, out _, out _).Should().BeFalse();
    }

    [Test]
    public void Extension_headers_are_skipped_and_remembered()
    {
        // Hop-by-hop, destination options, routing type 0 with one address, destination options, fragment (atomic), then UDP.
        byte[] chain =
        [
            60, 0, 1, 4, 0, 0, 0, 0,
            43, 0, 1, 4, 0, 0, 0, 0,
            60, 2, 0, 1, 0, 0, 0, 0, .. Hex.Bytes("20010db800030000 000000000000000c"),
            44, 0, 1, 4, 0, 0, 0, 0,
            17, 0, 0, 0, 0, 0, 0, 9,
            0x11, 0x94, 0x11, 0x94, 0, 8, 0, 0,
        ];
        var packet = Packet(IpProtocol.HopByHopOptions, chain);

        IpPacketHead.TryRead(packet, out var head, out var error).Should().BeTrue("{0}", error);

        head.Protocol.Should().Be(IpProtocol.Udp);
        head.HeaderLength.Should().Be(40 + 8 + 8 + 24 + 8 + 8);
        packet[head.ProtocolOffset].Should().Be(17);
        head.IsFragment.Should().BeFalse("offset 0 without more is a whole packet (RFC 6946)");
        (head.FragmentHeaderOffset, head.FragmentHeaderNamedAt).Should().Be((40 + 48, 40 + 40));
        head.Identification.Should().Be(9);
        head.FinalDestination.ToString().Should().Be("2001:db8:3::c");
        head.Destination.Should().Be(East);

        // Options behind the routing header belong to the payload of transport mode.
        head.TransportOffset.Should().Be(40 + 8 + 8 + 24);
        packet[head.TransportProtocolOffset].Should().Be(60);
    }

    [TestCase("00000104 00000000", 60, Description = "hop-by-hop options behind others")]
    [TestCase("1101010400000000", 60, Description = "longer than the packet")]
    [TestCase("1100000100000000", 43, Description = "more segments left than addresses")]
    [TestCase("11020002 00000000 00000000000000000000000000000000", 43)]
    [TestCase("110000", 44)]
    public void Broken_chains_are_refused(string chain, int first)
    {
        var packet = Packet((IpProtocol)first, Hex.Bytes(chain));

        IpPacketHead.TryRead(packet, out _, out var error).Should().BeFalse();

        error.Should().NotBe(default(WireError));
    }

    [Test]
    public void A_later_fragment_ends_the_chain()
    {
        var packet = Packet(IpProtocol.FragmentHeader, [60, 0, 0, 9, 0, 0, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8]);

        IpPacketHead.TryRead(packet, out var head, out _).Should().BeTrue();

        (head.IsFragment, head.MoreFragments, head.FragmentOffset).Should().Be((true, true, 8));
        head.Protocol.Should().Be(IpProtocol.DestinationOptions);
        head.PayloadLength.Should().Be(8);
    }

    [Test]
    public void No_bytes_make_a_reader_throw() => Gen.Select(Gen.Byte.Array[0, 200], Gen.Byte[0, 255]).Sample((bytes, next) =>
    {
        var packet = Packet((IpProtocol)next, bytes);
        if (IpPacketHead.TryRead(packet, out var head, out var error))
        {
            head.HeaderLength.Should().BeInRange(40, packet.Length);
            head.TransportOffset.Should().BeLessThanOrEqualTo(head.HeaderLength);
            packet[head.ProtocolOffset].Should().Be((byte)head.Protocol);
        }
        else
        {
            error.Field.Should().NotBeEmpty();
        }

        IpPacketHead.TryRead(bytes, out _, out _);
    });

    [Test]
    public void Addresses_are_ordered_ranged_and_printed()
    {
        AddressNumber.Parse("198.51.100.1").Should().Be((AddressNumber)0xC6336401);
        AddressNumber.Parse("::ffff:198.51.100.1").Version.Should().Be(IpVersion.V6);
        West.Network(32).ToString().Should().Be("2001:db8::");
        West.LastOfNetwork(126).ToString().Should().Be("2001:db8:1::b");
        West.Network(0).LastOfNetwork(0).Should().Be(AddressNumber.MaxOf(IpVersion.V6));
        West.IsBetween(West, East).Should().BeTrue();
        ((AddressNumber)0xC6336401).IsBetween(West, East).Should().BeFalse();
        (West < East && East > West && West <= East && East >= West).Should().BeTrue();
        (AddressNumber.MaxOf(IpVersion.V4) < West).Should().BeTrue("versions come before values");
        AddressNumber.Parse("ff02::1").IsMulticast.Should().BeTrue();
        AddressNumber.Parse("224.0.0.1").IsMulticast.Should().BeTrue();
        AddressNumber.Parse("198.51.100.1").IsMulticast.Should().BeFalse();
        FluentActions.Invoking(() => West.Network(129)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ((AddressNumber)1).Network(33)).Should().Throw<ArgumentOutOfRangeException>();
    }

    internal static byte[] Packet(IpProtocol next, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[40 + payload.Length];
        Ipv6Header.For(West, East, next, payload.Length).Write(packet);
        payload.CopyTo(packet.AsSpan(40));
        return packet;
    }
}
