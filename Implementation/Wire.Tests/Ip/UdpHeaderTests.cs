// SPDX-License-Identifier: Apache-2.0
using System.Net;
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class UdpHeaderTests
{
    private const uint Source = 0xc0a80102;
    private const uint Destination = 0xc0a80101;

    private static byte[] Query => IpPackets.McGrewDnsQuery[20..];

    [Test]
    public void Reads_the_DNS_query_and_finds_its_checksum_right()
    {
        UdpHeader.TryRead(Query, Source, Destination, out var header, out var error).Should().BeTrue("{0}", error);

        header.Should().Be(new UdpHeader(2712, 53, 42, 0x2343));
        header.PayloadLength.Should().Be(34);
    }

    [Test]
    public void Writes_the_DNS_query_with_its_checksum()
    {
        var datagram = Query;
        datagram.AsSpan(0, UdpHeader.Size).Fill(0xee);

        UdpHeader.Write(datagram, 2712, 53, IPAddress.Parse("192.168.1.2"), IPAddress.Parse("192.168.1.1"));

        Hex.Text(datagram).Should().Be(Hex.Text(Query));
    }

    [Test]
    public void Any_flipped_bit_is_an_error_once_the_checksum_is_looked_at()
    {
        for (var bit = 0; bit < Query.Length * 8; bit++)
        {
            var datagram = Query;
            datagram[bit / 8] ^= (byte)(0x80 >> (bit % 8));

            UdpHeader.TryRead(datagram, Source, Destination, out _, out _).Should().BeFalse("bit {0}", bit);
        }
    }

    [Test]
    public void A_wrong_checksum_or_address_is_reported()
    {
        UdpHeader.TryRead(Query, Source, Destination + 1, out var header, out var error).Should().BeFalse();

        error.Should().Be(new WireError(WireErrorKind.BadChecksum, 6, "UDP header > checksum", "0x2343 does not match the octets"));
        header.Should().Be(default(UdpHeader));
    }

    [Test]
    public void Octets_after_the_length_do_not_enter_the_checksum()
    {
        UdpHeader.TryRead([.. Query, 0xab, 0xcd], Source, Destination, out var header, out var error).Should().BeTrue("{0}", error);

        header.PayloadLength.Should().Be(34);
    }

    [Test]
    public void A_checksum_of_zero_means_none()
    {
        var datagram = Query;

        UdpHeader.WriteWithoutChecksum(datagram, 4500, 4501);

        Hex.Text(datagram.AsSpan(0, 8)).Should().Be("11941195002a0000");
        UdpHeader.TryRead(datagram, 1, 2, out var header, out _).Should().BeTrue();
        header.Checksum.Should().Be(0);
    }

    [Test]
    public void A_computed_zero_is_sent_as_all_ones()
    {
        // Protocol 17 + twice length 10 + the data word sum to ffff, whose complement is zero.
        var datagram = new byte[10];
        datagram[8] = 0xff;
        datagram[9] = 0xff - 17 - 10 - 10;

        UdpHeader.Write(datagram, 0, 0, 0, 0);

        Hex.Text(datagram.AsSpan(6, 2)).Should().Be("ffff");
        UdpHeader.TryRead(datagram, 0, 0, out _, out _).Should().BeTrue();
    }

    [Test]
    public void Truncated_anywhere_is_an_error()
    {
        for (var length = 0; length < Query.Length; length++)
        {
            UdpHeader.TryRead(Query.AsSpan(0, length), out _, out var error).Should().BeFalse();

            (error.Kind, error.Offset).Should().Be((WireErrorKind.Truncated, length < 8 ? length : 4));
        }
    }

    [Test]
    public void A_length_below_8_is_an_error([Range(0, 7)] int length)
    {
        var datagram = Query;
        datagram[5] = (byte)length;

        UdpHeader.TryRead(datagram, out _, out var error).Should().BeFalse();

        (error.Kind, error.Offset, error.Field).Should().Be((WireErrorKind.BadLength, 4, "UDP header > length"));
    }

    [Test]
    public void Any_datagram_is_read_as_written()
    {
        Gen.Select(Gen.Byte.Array[8, 100], Gen.UShort, Gen.UShort, Gen.UInt, Gen.UInt).Sample(
            (datagram, sourcePort, destinationPort, source, destination) =>
            {
                UdpHeader.Write(datagram, sourcePort, destinationPort, source, destination);

                UdpHeader.TryRead(datagram, source, destination, out var header, out var error).Should().BeTrue("{0}", error);

                (header.SourcePort, header.DestinationPort, (int)header.Length).Should().Be((sourcePort, destinationPort, datagram.Length));
                header.Checksum.Should().NotBe(0);
            },
            iter: 2000);
    }

    [Test]
    public void Any_octets_are_an_error_or_a_header_within_the_datagram()
    {
        Gen.Byte[0, 60].Array[0, 60].Sample(
            octets =>
            {
                if (UdpHeader.TryRead(octets, out var header, out var error))
                {
                    ((int)header.Length).Should().BeInRange(8, octets.Length);
                }
                else
                {
                    error.Offset.Should().BeInRange(0, octets.Length);
                }
            },
            iter: 5000);
    }
}
