// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class IcmpEchoTests
{
    private static byte[] Rfc3602 => IpPackets.Rfc3602Ping[20..];

    private static byte[] Rfc7634 => IpPackets.Rfc7634Ping[20..];

    [Test]
    public void Reads_the_echo_requests_of_RFC_3602_and_RFC_7634()
    {
        IcmpEcho.TryRead(Rfc3602, out var first, out _).Should().BeTrue();
        IcmpEcho.TryRead(Rfc7634, out var second, out _).Should().BeTrue();

        first.Should().Be(new IcmpEcho(IsReply: false, 0xa70a, 0));
        second.Should().Be(new IcmpEcho(IsReply: false, 0x3a08, 0));
    }

    [Test]
    public void Writes_the_echo_requests_with_their_checksums()
    {
        Hex.Text(IcmpEcho.Build(false, 0xa70a, 0, Rfc3602.AsSpan(IcmpEcho.PayloadOffset))).Should().Be(Hex.Text(Rfc3602));
        Hex.Text(IcmpEcho.Build(false, 0x3a08, 0, Rfc7634.AsSpan(IcmpEcho.PayloadOffset))).Should().Be(Hex.Text(Rfc7634));
    }

    [Test]
    public void A_reply_is_type_0()
    {
        var message = IcmpEcho.Build(true, 0x0102, 0x0304, [0xaa]);

        message[0].Should().Be(0);
        Hex.Text(message.AsSpan(4)).Should().Be("01020304aa");
        IcmpEcho.TryRead(message, out var echo, out _).Should().BeTrue();
        echo.Should().Be(new IcmpEcho(IsReply: true, 0x0102, 0x0304));
    }

    [Test]
    public void Any_flipped_bit_is_an_error()
    {
        for (var bit = 0; bit < Rfc7634.Length * 8; bit++)
        {
            var message = Rfc7634;
            message[bit / 8] ^= (byte)(0x80 >> (bit % 8));

            IcmpEcho.TryRead(message, out _, out _).Should().BeFalse("bit {0}", bit);
        }
    }

    [Test]
    public void Truncated_anywhere_is_an_error()
    {
        // The data of this message are chosen so that no shorter one has the same checksum.
        var whole = IcmpEcho.Build(false, 1, 1, [1, 2, 3, 4, 5, 6, 7, 8]);
        for (var length = 0; length < whole.Length; length++)
        {
            IcmpEcho.TryRead(whole.AsSpan(0, length), out _, out var error).Should().BeFalse();

            error.Kind.Should().Be(length < 8 ? WireErrorKind.Truncated : WireErrorKind.BadChecksum);
        }
    }

    [TestCase(0, (byte)3, WireErrorKind.BadValue, 0, "ICMP header > type")]
    [TestCase(1, (byte)1, WireErrorKind.BadValue, 1, "ICMP header > code")]
    [TestCase(2, (byte)0, WireErrorKind.BadChecksum, 2, "ICMP header > checksum")]
    public void A_defect_is_reported_with_its_field(int at, byte value, WireErrorKind kind, int offset, string field)
    {
        var message = Rfc7634;
        message[at] = value;

        IcmpEcho.TryRead(message, out var echo, out var error).Should().BeFalse();

        (error.Kind, error.Offset, error.Field).Should().Be((kind, offset, field));
        echo.Should().Be(default(IcmpEcho));
    }

    [Test]
    public void Any_echo_is_read_as_written()
    {
        Gen.Select(Gen.Bool, Gen.UShort, Gen.UShort, Gen.Byte.Array[0, 80]).Sample(
            (isReply, identifier, sequence, payload) =>
            {
                var message = IcmpEcho.Build(isReply, identifier, sequence, payload);

                IcmpEcho.TryRead(message, out var echo, out var error).Should().BeTrue("{0}", error);

                echo.Should().Be(new IcmpEcho(isReply, identifier, sequence));
                message[IcmpEcho.PayloadOffset..].Should().Equal(payload);
            },
            iter: 2000);
    }
}
