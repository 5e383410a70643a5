// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Isakmp;

public sealed class IsakmpHeaderTests
{
    private const string QuickModeHeader = """
        0123456789abcdef    ; initiator cookie
        fedcba9876543210    ; responder cookie
        08 10 20 01         ; next payload HASH, version 1.0, Quick Mode, encrypted
        deadbeef            ; message id
        0000012c            ; length 300
        """;

    private static readonly IsakmpHeader Model = new(
        new Cookie(0x0123456789abcdef),
        new Cookie(0xfedcba9876543210),
        PayloadType.Hash,
        IsakmpHeader.Version10,
        ExchangeType.QuickMode,
        IsakmpFlags.Encryption,
        0xdeadbeef,
        300);

    [Test]
    public void Reads_the_layout_of_RFC_2408_section_3_1()
    {
        IsakmpHeader.TryRead(Hex.Bytes(QuickModeHeader), out var header, out _).Should().BeTrue();

        header.Should().Be(Model);
        header.IsEncrypted.Should().BeTrue();
        header.MajorVersion.Should().Be(1);
        header.MinorVersion.Should().Be(0);
    }

    [Test]
    public void Writes_the_layout_of_RFC_2408_section_3_1()
    {
        var writer = new WireWriter();

        Model.Write(writer);

        writer.ToArray().Should().Equal(Hex.Bytes(QuickModeHeader));
    }

    [Test]
    public void Fewer_than_28_octets_are_truncated([Range(0, 27)] int length)
    {
        IsakmpHeader.TryRead(Hex.Bytes(QuickModeHeader).AsSpan(0, length), out _, out var error).Should().BeFalse();

        error.Kind.Should().Be(WireErrorKind.Truncated);
        error.Offset.Should().Be(length);
        error.Field.Should().Be("ISAKMP header");
    }

    [Test]
    public void Every_header_of_28_octets_can_be_read_and_written_back([Range(0, (28 * 8) - 1)] int bit)
    {
        var octets = Hex.Bytes(QuickModeHeader);
        octets[bit / 8] ^= (byte)(1 << (bit % 8));

        IsakmpHeader.TryRead(octets, out var header, out _).Should().BeTrue();

        var writer = new WireWriter();
        header.Write(writer);
        writer.ToArray().Should().Equal(octets);
    }

    [Test]
    public void Version_halves_are_major_and_minor()
    {
        var header = Model with { Version = 0x2f };

        header.MajorVersion.Should().Be(2);
        header.MinorVersion.Should().Be(15);
    }

    [TestCase(PayloadType.Sa, "SA")]
    [TestCase(PayloadType.KeyExchange, "KE")]
    [TestCase(PayloadType.VendorId, "VID")]
    [TestCase(PayloadType.NatDiscoveryDraft, "NAT-D")]
    [TestCase((PayloadType)200, "payload 200")]
    [TestCase(PayloadType.Ikev2Encrypted, "payload 46")]
    public void Payload_types_have_the_RFCs_short_names(PayloadType type, string notation) => type.Notation().Should().Be(notation);
}
