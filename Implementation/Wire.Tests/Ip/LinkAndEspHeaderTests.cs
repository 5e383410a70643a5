// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.Ip;

public sealed class LinkAndEspHeaderTests
{
    private const string Frame = "0200000000fe 02a1b2c3d4e5 0800";

    private static readonly EthernetHeader Model = new(new MacAddress(0x0200000000fe), new MacAddress(0x02a1b2c3d4e5), EtherType.Ipv4);

    [Test]
    public void Ethernet_is_destination_source_type()
    {
        EthernetHeader.TryRead(Hex.Bytes(Frame), out var header, out _).Should().BeTrue();
        var written = new byte[EthernetHeader.Size];
        Model.Write(written);

        header.Should().Be(Model);
        Hex.Text(written).Should().Be(Hex.Text(Hex.Bytes(Frame)));
    }

    [Test]
    public void Ethernet_needs_14_octets([Range(0, 13)] int length)
    {
        EthernetHeader.TryRead(Hex.Bytes(Frame).AsSpan(0, length), out _, out var error).Should().BeFalse();

        error.Should().Be(new WireError(WireErrorKind.Truncated, length, "Ethernet header", $"14 octets needed, {length} there"));
    }

    [Test]
    public void Every_Ethernet_header_is_written_back_as_read([Range(0, (14 * 8) - 1)] int bit)
    {
        var octets = Hex.Bytes(Frame);
        octets[bit / 8] ^= (byte)(0x80 >> (bit % 8));

        EthernetHeader.TryRead(octets, out var header, out _).Should().BeTrue();

        var written = new byte[EthernetHeader.Size];
        header.Write(written);
        written.Should().Equal(octets);
    }

    [Test]
    public void Addresses_are_six_pairs_of_digits()
    {
        Model.Source.ToString().Should().Be("02:a1:b2:c3:d4:e5");
        MacAddress.Broadcast.ToString().Should().Be("ff:ff:ff:ff:ff:ff");
        MacAddress.TryParse("02:A1:b2:c3:d4:e5", out var parsed).Should().BeTrue();
        parsed.Should().Be(Model.Source);
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("02:a1:b2:c3:d4")]
    [TestCase("02:a1:b2:c3:d4:e5:f6")]
    [TestCase("02:a1:b2:c3:d4:g5")]
    [TestCase("2:a1:b2:c3:d4:e5")]
    [TestCase("02-a1-b2-c3-d4-e5")]
    [TestCase("02:a1:b2:c3:d4:+5")]
    public void Other_texts_are_no_address(string? text) => MacAddress.TryParse(text, out _).Should().BeFalse();

    [Test]
    public void ESP_is_SPI_and_sequence_number_as_in_RFC_3602()
    {
        EspHeader.TryRead(IpPackets.Rfc3602Esp.AsSpan(20), out var header, out _).Should().BeTrue();
        var written = new byte[EspHeader.Size];
        header.Write(written);

        header.Should().Be(new EspHeader(0x4321, 1));
        Hex.Text(written).Should().Be("0000432100000001");
    }

    [Test]
    public void ESP_needs_8_octets([Range(0, 7)] int length)
    {
        EspHeader.TryRead(new byte[length], out _, out var error).Should().BeFalse();

        error.Should().Be(new WireError(WireErrorKind.Truncated, length, "ESP header", $"8 octets needed, {length} there"));
    }

    [Test]
    public void Headers_are_read_without_allocating()
    {
        var packet = IpPackets.McGrewDnsQuery;
        var echo = IpPackets.Rfc7634Ping.AsSpan(20).ToArray();
        ReadAll(packet, echo);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            ReadAll(packet, echo);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static void ReadAll(byte[] packet, byte[] echo)
    {
        var read = EthernetHeader.TryRead(packet, out _, out _)
            & Ipv4Header.TryRead(packet, out var ip, out _)
            & UdpHeader.TryRead(packet.AsSpan(ip.HeaderLength), ip.SourceAddress, ip.DestinationAddress, out _, out _)
            & IcmpEcho.TryRead(echo, out _, out _)
            & EspHeader.TryRead(packet, out _, out _);
        if (!read)
        {
            Assert.Fail("a header was not read");
        }
    }
}
