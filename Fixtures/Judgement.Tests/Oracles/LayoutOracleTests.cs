// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class LayoutOracleTests
{
    private const int Ethernet = 0;
    private const int Outer = 1;
    private const int Header = 2;
    private const int Iv = 3;
    private const int Encrypted = 4;
    private const int Trailer = 5;
    private const int Icv = 6;

    private static readonly (IPAddress, IPAddress) FromWest = (Conversation.West, Conversation.East);
    private static readonly (IPAddress, IPAddress) FromEast = (Conversation.East, Conversation.West);

    private static readonly ObservedEsp Frame = Last("AES-GCM-16-128", null);

    [TestCase("AES-GCM-16-128", null, "8", "to 4")]
    [TestCase("AES-GCM-16-256", null, "8", "to 4")]
    [TestCase("AES-CBC-128", "HMAC-SHA2-256-128", "16", "to 16")]
    [TestCase("AES-CBC-256", "HMAC-SHA2-256-128", "16", "to 16")]
    public void AnHonestFrameFitsItsTable(string encryption, string? integrity, string iv, string trailer)
    {
        var frame = Last(encryption, integrity);
        LayoutOracle.Check(Rows(iv, trailer), frame, FromEast).Should().BeNull();
        LayoutOracle.Check(Rows(iv, trailer), frame, FromWest)!.Came.Should().Contain("protocol 50 from 198.51.100.2 to 198.51.100.10");
    }

    [TestCase(Ethernet, "6 + 6 + 4", "Ethernet header: destination MAC, source MAC, EtherType: 16 octets from octet 0 on", "14 octets")]
    [TestCase(Outer, "24", "outer IP header: addresses of the gateways: 24 octets from octet 14 on", "20 octets")]
    [TestCase(Header, "4 + 8", "ESP header: SPI, sequence number: 12 octets from octet 34 on", "8 octets")]
    [TestCase(Iv, "16", "IV: 16 octets from octet 42 on", "8 octets")]
    [TestCase(Encrypted, "20", "encrypted: inner IP header, inner payload: 20 octets from octet 50 on", "44 octets")]
    [TestCase(Trailer, "8", "encrypted ESP trailer: padding, pad length, next header: 8 octets from octet 94 on", "4 octets")]
    [TestCase(Icv, "12", "integrity check value: 12 octets from octet 98 on", "16 octets")]
    public void ARowOfAnotherSize(int at, string bytes, string legal, string came) =>
        LayoutOracle.Check(Rows().But(at, row => row with { Bytes = bytes }), Frame, FromEast)
            .Should().Be(new Finding(legal, $"frame {Frame.Number}: {came}"));

    [Test]
    public void MorePaddingThanTheAlignmentAsks() => Bad(frame => frame.Opened(opened => opened with { Padding = new byte[6] })).Should()
        .Be(new Finding("encrypted ESP trailer: padding, pad length, next header: 4 octets from octet 94 on", $"frame {Frame.Number}: 8 octets"));

    [Test]
    public void ARowTooFew([Range(Ethernet, Icv)] int at) =>
        LayoutOracle.Check([.. Rows().Where((_, i) => i != at)], Frame, FromEast).Should().NotBeNull();

    [Test]
    public void ARowTooMany() => LayoutOracle.Check([.. Rows(), Rows()[Icv]], Frame, FromEast).Should().NotBeNull();

    [Test]
    public void RowsInAnotherOrder([Range(Ethernet, Trailer)] int at)
    {
        var rows = Rows().ToArray();
        (rows[at], rows[at + 1]) = (rows[at + 1], rows[at]);
        LayoutOracle.Check(rows, Frame, FromEast).Should().NotBeNull();
    }

    [Test]
    public void AnUnknownRowIsAFaultOfTheTable() => FluentActions.Invoking(
        () => LayoutOracle.Check(Rows().But(Iv, row => row with { Section = "initialisation" }), Frame, FromEast))
        .Should().Throw<ArgumentException>().WithMessage("\"initialisation\" is not a section of an ESP frame*");

    [Test]
    public void ASizeThatIsNoNumberIsAFaultOfTheTable() => FluentActions.Invoking(
        () => LayoutOracle.Check(Rows().But(Iv, row => row with { Bytes = "eight" }), Frame, FromEast)).Should().Throw<FormatException>();

    [Test]
    public void AFrameThatDoesNotOpen()
    {
        Bad(frame => frame with { Inspection = null }).Legal.Should().Be("a frame that opens with the negotiated keys");
        Bad(frame => frame.Opened(opened => opened with { IsIcvValid = false })).Legal.Should().Be("a frame that opens with the negotiated keys");
    }

    [Test]
    public void AnotherEtherType()
    {
        var bytes = Frame.Bytes.ToArray();
        bytes[12] = 0x86;
        Bad(frame => frame with { Bytes = bytes }).Came.Should().EndWith("the EtherType is not IPv4");
    }

    [Test]
    public void OuterOptions() => Bad(frame => frame with { Outer = frame.Outer with { HeaderLength = 24 } }).Came.Should().EndWith("24 octets");

    [Test]
    public void AnotherOuterAddressOrProtocol()
    {
        var other = Ipv4Header.ToNumber(Conversation.WestHost);
        Bad(frame => frame with { Outer = frame.Outer with { SourceAddress = other } }).Came.Should().EndWith("protocol 50 from 198.18.0.5 to 198.51.100.10");
        Bad(frame => frame with { Outer = frame.Outer with { DestinationAddress = other } }).Came.Should().EndWith("protocol 50 from 198.51.100.2 to 198.18.0.5");
        Bad(frame => frame with { Outer = frame.Outer with { Protocol = IpProtocol.Udp } }).Came.Should().Contain("protocol 17");
    }

    [Test]
    public void AnotherSpi() => Bad(frame => frame with { Header = frame.Header with { Spi = 1 } }).Came.Should().EndWith("another SPI");

    [Test]
    public void AnIvOfAnotherSizeOrPlace()
    {
        Bad(frame => frame.Opened(opened => opened with { Iv = opened.Iv[..4] })).Came.Should().EndWith("4 octets");
        Bad(frame => frame.Opened(opened => opened with { Iv = new byte[8] })).Came.Should().EndWith("the IV is not behind the ESP header");
    }

    [Test]
    public void AnInnerPacketThatDoesNotFillThePayload()
    {
        Bad(frame => frame.Opened(opened => opened with { Payload = new byte[44] })).Came.Should().Contain("no IPv4 packet");
        Bad(frame => frame.Opened(opened => opened with { Payload = (byte[])[.. opened.Payload.Span, 0, 0, 0, 0] }))
            .Came.Should().EndWith("an inner packet of 44 octets in 48");
    }

    [Test]
    public void AnotherNextHeader() => Bad(frame => frame.Opened(opened => opened with { NextHeader = 59 })).Came.Should().EndWith("next header 59");

    [Test]
    public void AnIcvOfAnotherSizeOrPlace()
    {
        Bad(frame => frame.Opened(opened => opened with { Icv = opened.Icv[^12..] })).Came.Should().EndWith("it begins at octet 102");
        Bad(frame => frame.Opened(opened => opened with { Icv = new byte[16] })).Came.Should().EndWith("the ICV is not at the end");
    }

    [Test]
    public void OctetsBehindTheFrame() => Bad(frame => frame with { Bytes = (byte[])[.. frame.Bytes.Span, 0, 0] }).Should()
        .Be(new Finding($"sections that add up to the frame's {Frame.Bytes.Length + 2} octets", $"frame {Frame.Number}: the table adds up to {Frame.Bytes.Length}"));

    private static Finding Bad(Func<ObservedEsp, ObservedEsp> change)
    {
        var finding = LayoutOracle.Check(Rows(), change(Frame), FromEast);
        finding.Should().NotBeNull();
        finding!.Came.Should().StartWith($"frame {Frame.Number}: ");
        return finding;
    }

    private static ObservedEsp Last(string encryption, string? integrity) => (ObservedEsp)Conversation.Recorded(encryption, integrity)[^1];

    private static IReadOnlyList<LayoutOracle.Row> Rows(string iv = "8", string trailer = "to 4") =>
    [
        new("Ethernet header: destination MAC, source MAC, EtherType", "6 + 6 + 2"),
        new("outer IP header: addresses of the gateways", "20"),
        new("ESP header: SPI, sequence number", "4 + 4"),
        new("IV", iv),
        new("encrypted: inner IP header, inner payload", "as sent"),
        new("encrypted ESP trailer: padding, pad length, next header", trailer),
        new("integrity check value", "16"),
    ];
}
