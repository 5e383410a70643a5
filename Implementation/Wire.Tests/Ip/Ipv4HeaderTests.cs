// SPDX-License-Identifier: Apache-2.0
using System.Net;
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class Ipv4HeaderTests
{
    [Test]
    public void Reads_the_packet_of_RFC_3602()
    {
        Ipv4Header.TryRead(IpPackets.Rfc3602Ping, out var header, out _).Should().BeTrue();

        header.Should().Be(new Ipv4Header
        {
            TotalLength = 84,
            Identification = 0x08f2,
            TimeToLive = 64,
            Protocol = IpProtocol.Icmp,
            HeaderChecksum = 0xf9fe,
            SourceAddress = 0xc0a87b03,
            DestinationAddress = 0xc0a87b64,
        });
        header.HeaderLength.Should().Be(20);
        header.PayloadLength.Should().Be(64);
        header.Source.Should().Be(IPAddress.Parse("192.168.123.3"));
        header.Destination.Should().Be(IPAddress.Parse("192.168.123.100"));
        header.IsFragment.Should().BeFalse();
    }

    [Test]
    public void Writes_published_headers_with_their_checksums()
    {
        foreach (var packet in new[] { IpPackets.Rfc3602Ping, IpPackets.Rfc7634Ping, IpPackets.McGrewDnsQuery })
        {
            Ipv4Header.TryRead(packet, out var header, out _).Should().BeTrue();
            var written = new byte[20];

            (header with { HeaderChecksum = 0 }).Write(written);

            Hex.Text(written).Should().Be(Hex.Text(packet.AsSpan(0, 20)));
        }
    }

    [Test]
    public void Reads_and_writes_every_field_of_the_second_word()
    {
        // DSCP 46 (expedited forwarding), ECN 3; reserved, DF and MF set, offset 0x123 * 8 octets.
        var octets = Hex.Bytes("45bb0014 abcde123 40320000 c6336401 c6336402");
        var checksum = InternetChecksum.Compute(octets);
        octets[10] = (byte)(checksum >> 8);
        octets[11] = (byte)checksum;

        Ipv4Header.TryRead(octets, out var header, out var error).Should().BeTrue("{0}", error);

        (header.Dscp, header.Ecn).Should().Be(((byte)46, (byte)3));
        (header.ReservedFlag, header.DontFragment, header.MoreFragments, header.FragmentOffset).Should().Be((true, true, true, 0x123 * 8));
        header.IsFragment.Should().BeTrue();
        header.Protocol.Should().Be(IpProtocol.Esp);
        var written = new byte[20];
        header.Write(written);
        Hex.Text(written).Should().Be(Hex.Text(octets));
    }

    [Test]
    public void Octets_after_the_total_length_do_not_matter()
    {
        byte[] padded = [.. IpPackets.McGrewDnsQuery, 0, 0, 0, 0];

        Ipv4Header.TryRead(padded, out var header, out _).Should().BeTrue();

        header.TotalLength.Should().Be(62);
    }

    [Test]
    public void Options_are_skipped_when_read_and_zero_when_written()
    {
        var packet = new byte[28];
        Ipv4Header.For(1, 2, IpProtocol.Udp, 0).Write(packet);
        packet.AsSpan().Fill(0xee);

        (Ipv4Header.For(1, 2, IpProtocol.Udp, 4) with { HeaderLength = 24, TotalLength = 28 }).Write(packet);

        packet[0].Should().Be(0x46);
        Hex.Text(packet.AsSpan(20)).Should().Be("00000000eeeeeeee");
        Ipv4Header.TryRead(packet, out var header, out var error).Should().BeTrue("{0}", error);
        (header.HeaderLength, header.PayloadLength).Should().Be((24, 4));
    }

    [Test]
    public void Truncated_anywhere_is_an_error()
    {
        for (var length = 0; length < IpPackets.Rfc3602Ping.Length; length++)
        {
            Ipv4Header.TryRead(IpPackets.Rfc3602Ping.AsSpan(0, length), out _, out var error).Should().BeFalse();

            error.Kind.Should().Be(WireErrorKind.Truncated);
            error.Offset.Should().Be(length < 20 ? length : 2);
        }
    }

    [Test]
    public void Any_flipped_bit_of_the_header_is_an_error([Range(0, 159)] int bit)
    {
        var packet = IpPackets.Rfc7634Ping;
        packet[bit / 8] ^= (byte)(0x80 >> (bit % 8));

        Ipv4Header.TryRead(packet, out _, out var error).Should().BeFalse();

        error.Offset.Should().BeInRange(0, 10);
    }

    [TestCase(0, "65", WireErrorKind.BadValue, 0, "IPv4 header > version")]
    [TestCase(0, "44", WireErrorKind.BadLength, 0, "IPv4 header > IHL")]
    [TestCase(2, "0013", WireErrorKind.BadLength, 2, "IPv4 header > total length")]
    [TestCase(2, "0055", WireErrorKind.Truncated, 2, "IPv4 header > total length")]
    [TestCase(8, "3f", WireErrorKind.BadChecksum, 10, "IPv4 header > header checksum")]
    public void A_defect_is_reported_with_its_field(int at, string patch, WireErrorKind kind, int offset, string field)
    {
        var packet = IpPackets.Rfc3602Ping;
        Hex.Bytes(patch).CopyTo(packet, at);

        Ipv4Header.TryRead(packet, out var header, out var error).Should().BeFalse();

        (error.Kind, error.Offset, error.Field).Should().Be((kind, offset, field));
        header.Should().Be(default(Ipv4Header));
    }

    [Test]
    public void Options_beyond_the_packet_are_truncated()
    {
        Ipv4Header.TryRead(Hex.Bytes("4f00003c 00000000 40110000 c6336401 c6336402"), out _, out var error).Should().BeFalse();

        (error.Kind, error.Offset, error.Field).Should().Be((WireErrorKind.Truncated, 20, "IPv4 header > options"));
    }

    [Test]
    public void For_makes_a_header_that_reads_back()
    {
        var made = Ipv4Header.For(
            IPAddress.Parse("198.51.100.1"), IPAddress.Parse("198.51.100.2"), IpProtocol.Esp, 100, 17, 0x1234, dontFragment: true);
        var packet = new byte[120];
        made.Write(packet);

        Ipv4Header.TryRead(packet, out var read, out _).Should().BeTrue();

        (read with { HeaderChecksum = 0 }).Should().Be(made);
        (read.TimeToLive, read.Identification, read.DontFragment, read.TotalLength).Should().Be(((byte)17, (ushort)0x1234, true, 120));
    }

    [Test]
    public void Any_octets_are_an_error_or_a_header_within_the_packet()
    {
        var octet = Gen.Frequency((1, Gen.Const((byte)0x45)), (1, Gen.Const((byte)0)), (2, Gen.Byte));
        octet.Array[0, 80].Sample(
            octets =>
            {
                if (Ipv4Header.TryRead(octets, out var header, out var error))
                {
                    header.HeaderLength.Should().BeInRange(20, header.TotalLength);
                    header.TotalLength.Should().BeLessThanOrEqualTo(octets.Length);
                }
                else
                {
                    error.Offset.Should().BeInRange(0, octets.Length);
                }
            },
            iter: 20_000);
    }

    [Test]
    public void Any_header_without_options_is_read_as_written()
    {
        Gen.Select(Gen.Byte[0, 63], Gen.Byte[0, 3], Gen.UShort, Gen.Int[0, 0x1fff], Gen.Int[0, 7], Gen.Byte, Gen.UInt, Gen.UInt).Sample(
            (dscp, ecn, identification, offset, flags, protocol, source, destination) =>
            {
                var header = Ipv4Header.For(source, destination, (IpProtocol)protocol, 0) with
                {
                    Dscp = dscp,
                    Ecn = ecn,
                    Identification = identification,
                    FragmentOffset = offset * 8,
                    ReservedFlag = (flags & 4) != 0,
                    DontFragment = (flags & 2) != 0,
                    MoreFragments = (flags & 1) != 0,
                };
                var packet = new byte[20];
                header.Write(packet);

                Ipv4Header.TryRead(packet, out var read, out var error).Should().BeTrue("{0}", error);

                (read with { HeaderChecksum = 0 }).Should().Be(header);
            },
            iter: 2000);
    }

    [Test]
    public void An_IPv6_address_is_our_own_mistake()
    {
        var wrong = () => Ipv4Header.ToNumber(IPAddress.IPv6Loopback);

        wrong.Should().Throw<ArgumentException>();
        Ipv4Header.ToAddress(0xc6336401).Should().Be(IPAddress.Parse("198.51.100.1"));
    }
}
