// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

/// <summary>Defects inside payloads: each is reported with its kind, its offset in the datagram and the path of the field.</summary>
public sealed class NestedErrorTests
{
    // Offsets within the SA: DOI 4, situation 8, proposal 12, its number 16, SPI size 18, transform count 19, SPI 20,
    // transform 1 at 24 (attributes at 32: TV, TLV), transform 2 at 44.
    private const string Sa = """
        00 00 0038 00000001 00000001
        00 00 002c 01 03 04 02 c1c2c3c4
        03 00 0014 01 0c 0000 8006 0080 0002 0004 00000e10
        00 00 000c 02 0c 0000 8006 0100
        """;

    private const int Base = 28;

    private static IEnumerable<TestCaseData> Defects()
    {
        yield return Defect("SA shorter than a generic header", 2, "0003", WireErrorKind.BadLength, 2, "SA > length");
        yield return Defect("SA longer than the message", 2, "0039", WireErrorKind.BadLength, 2, "SA > length");
        yield return Defect("SA that ends in its proposal", 2, "0037", WireErrorKind.BadLength, 14, "SA > Proposal 1 > length");
        yield return Defect("SA too short for a situation", 2, "000b", WireErrorKind.Truncated, 8, "SA > situation");
        yield return Defect("SA too short for a proposal header", 2, "000f", WireErrorKind.Truncated, 14, "SA > Proposal 1 > length");
        yield return Defect("proposal longer than the SA", 14, "002d", WireErrorKind.BadLength, 14, "SA > Proposal 1 > length");
        yield return Defect("proposal of no length", 14, "0000", WireErrorKind.BadLength, 14, "SA > Proposal 1 > length");
        yield return Defect(
            "proposal that ends in its own fields", 14, "0006", WireErrorKind.Truncated, 18, "SA > Proposal 1 > SPI size");
        yield return Defect(
            "proposal that ends in a transform", 14, "002b", WireErrorKind.BadLength, 46, "SA > Proposal 1 > Transform 2 > length");
        yield return Defect("proposal followed by a nonce", 12, "0a", WireErrorKind.BadValue, 12, "SA > Proposal 1 > next payload");
        yield return Defect("proposal announced at the end", 12, "02", WireErrorKind.BadValue, 12, "SA > Proposal 1 > next payload");
        yield return Defect("SPI larger than the proposal", 18, "ff", WireErrorKind.BadLength, 18, "SA > Proposal 1 > SPI size");
        yield return Defect(
            "fewer transforms than declared", 19, "03", WireErrorKind.BadValue, 19, "SA > Proposal 1 > number of transforms");
        yield return Defect(
            "more transforms than declared", 19, "01", WireErrorKind.BadValue, 19, "SA > Proposal 1 > number of transforms");
        yield return Defect("no transforms declared", 19, "00", WireErrorKind.BadValue, 19, "SA > Proposal 1 > number of transforms");
        yield return Defect(
            "transform followed by a proposal", 24, "02", WireErrorKind.BadValue, 24, "SA > Proposal 1 > Transform 1 > next payload");
        yield return Defect(
            "octets after the last transform", 24, "00", WireErrorKind.TrailingBytes, 44, "SA > Proposal 1 > Transform 1 > end");
        yield return Defect(
            "transform announced at the end", 44, "03", WireErrorKind.BadValue, 44, "SA > Proposal 1 > Transform 2 > next payload");
        yield return Defect(
            "transform longer than the proposal", 46, "000d", WireErrorKind.BadLength, 46, "SA > Proposal 1 > Transform 2 > length");
        yield return Defect(
            "transform that ends in its own fields", 26, "0007", WireErrorKind.Truncated, 30, "SA > Proposal 1 > Transform 1 > reserved2");
        yield return Defect(
            "transform that ends in an attribute",
            26,
            "000a",
            WireErrorKind.Truncated,
            34,
            "SA > Proposal 1 > Transform 1 > Attribute 1 > value");
        yield return Defect(
            "attribute longer than the transform",
            38,
            "0005",
            WireErrorKind.BadLength,
            38,
            "SA > Proposal 1 > Transform 1 > Attribute 2 > length");
        yield return Defect(
            "octet after the last attribute",
            38,
            "0003",
            WireErrorKind.Truncated,
            43,
            "SA > Proposal 1 > Transform 1 > Attribute 3 > type");
    }

    [TestCaseSource(nameof(Defects))]
    public void In_an_SA(int patchAt, string patch, WireErrorKind kind, int offset, string field)
    {
        var octets = Hex.Bytes(Sa);
        Hex.Bytes(patch).CopyTo(octets, patchAt);

        PayloadChain.TryRead(PayloadType.Sa, octets, Base, out var payloads, out var consumed, out var error).Should().BeFalse();

        error.Kind.Should().Be(kind);
        error.Offset.Should().Be(Base + offset);
        error.Field.Should().Be(field);
        payloads.Should().BeEmpty();
        consumed.Should().Be(0);
    }

    [Test]
    public void The_SA_of_these_cases_is_right_without_them()
    {
        PayloadChain.TryRead(PayloadType.Sa, Hex.Bytes(Sa), Base, out var payloads, out _, out var error).Should().BeTrue("{0}", error);

        payloads.Should().ContainSingle().Which.Should().BeOfType<SaPayload>()
            .Which.Proposals.Should().ContainSingle().Which.Transforms.Should().HaveCount(2);
    }

    [Test]
    public void In_a_second_proposal()
    {
        var octets = Hex.Bytes("""
            00 00 0023 00000001 00000001
            02 00 0008 01 03 00 00
            00 00 000f 02 03 04 01 c1c2c3c4 00 00 0003
            """);

        PayloadChain.TryRead(PayloadType.Sa, octets, 0, out _, out _, out var error).Should().BeFalse();

        error.Should().Be(new WireError(WireErrorKind.Truncated, 34, "SA > Proposal 2 > Transform 1 > length", "2 octets needed, 1 left"));
    }

    [TestCase(PayloadType.Notification, "00 00 000f 00000001 03 04 000e c1c2c3", WireErrorKind.BadLength, 9, "N > SPI size")]
    [TestCase(PayloadType.Notification, "00 00 000b 00000001 03 00 00", WireErrorKind.Truncated, 10, "N > notify message type")]
    [TestCase(PayloadType.Delete, "00 00 0010 00000001 03 04 0002 c1c2c3c4", WireErrorKind.BadLength, 10, "D > number of SPIs")]
    [TestCase(PayloadType.Delete, "00 00 0010 00000001 03 03 0001 c1c2c3c4", WireErrorKind.TrailingBytes, 15, "D > end")]
    [TestCase(PayloadType.Delete, "00 00 000c 00000001 03 00 ffff", WireErrorKind.BadValue, 9, "D > SPI size")]
    [TestCase(PayloadType.Identification, "00 00 0006 01 00", WireErrorKind.Truncated, 6, "ID > port")]
    [TestCase(PayloadType.Certificate, "00 00 0004", WireErrorKind.Truncated, 4, "CERT > certificate encoding")]
    [TestCase(PayloadType.CertificateRequest, "00 00 0004", WireErrorKind.Truncated, 4, "CR > certificate type")]
    [TestCase(PayloadType.Attributes, "00 00 000a 01 00 0001 0001", WireErrorKind.Truncated, 10, "ATTR > Attribute 1 > length")]
    [TestCase(PayloadType.NatOriginalAddress, "00 00 0007 01 00 00", WireErrorKind.Truncated, 6, "NAT-OA > reserved")]
    [TestCase(PayloadType.Fragment, "00 00 0005 00", WireErrorKind.Truncated, 4, "FRAG > fragment ID")]
    [TestCase(PayloadType.Fragment, "00 00 0007 0007 01", WireErrorKind.Truncated, 7, "FRAG > flags")]
    [TestCase(PayloadType.NatOriginalAddressDraft, "00 00 0004", WireErrorKind.Truncated, 4, "NAT-OA > ID type")]
    [TestCase((PayloadType)99, "00 00 0003", WireErrorKind.BadLength, 2, "payload 99 > length")]
    [TestCase(PayloadType.VendorId, "00", WireErrorKind.Truncated, 1, "VID > reserved")]
    [TestCase(PayloadType.VendorId, "", WireErrorKind.Truncated, 0, "VID > next payload")]
    public void In_another_payload(PayloadType type, string hex, WireErrorKind kind, int offset, string field)
    {
        PayloadChain.TryRead(type, Hex.Bytes(hex), Base, out _, out _, out var error).Should().BeFalse();

        error.Kind.Should().Be(kind);
        error.Offset.Should().Be(Base + offset);
        error.Field.Should().Be(field);
    }

    [Test]
    public void In_a_later_payload_of_the_chain_with_what_was_right_before_it()
    {
        var octets = Hex.Bytes("0a 00 0006 0102 00 00 0009 03");

        PayloadChain.TryRead(PayloadType.KeyExchange, octets, Base, out _, out var consumed, out var error).Should().BeFalse();

        consumed.Should().Be(6);
        error.Offset.Should().Be(Base + 8);
        error.Field.Should().Be("NONCE > length");
    }

    private static TestCaseData Defect(string name, int patchAt, string patch, WireErrorKind kind, int offset, string field) =>
        new TestCaseData(patchAt, patch, kind, offset, field).SetArgDisplayNames(name);
}
