// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using FluentAssertions;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

/// <summary>A packet is followed honestly and bent at every place.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PassageOracleTests
{
    private const uint Spi = 0xC0FFEE01;
    private const int Overhead = 4 + 4 + 8 + 16;
    private static readonly IPAddress A = IPAddress.Parse("198.18.1.5");
    private static readonly IPAddress B = IPAddress.Parse("198.19.1.7");
    private static readonly IPAddress West = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress East = IPAddress.Parse("198.51.100.2");
    private static readonly byte[] Original = Packet(A, B, IpProtocol.Icmp, Octets(30));

    private static readonly LayoutOracle.Row[] Layout =
        [new("IP header", "20"), new("SPI", "4"), new("sequence number", "4"), new("IV", "8"), new("encrypted", "as sent"), new("trailer", "to 4"), new("ICV", "16")];

    [Test]
    public void RoutersChangeTtlAndChecksumAlone()
    {
        PassageOracle.Unchanged(Original, Original, routers: 0).Should().BeNull();
        PassageOracle.Unchanged(Original, Routed(Original, 2), routers: 2).Should().BeNull();
        PassageOracle.Unchanged(Original, Routed(Original, 2), routers: 1).Should().NotBeNull("one router lowers it by one");
        PassageOracle.Unchanged(Original, Original, routers: 1).Should().NotBeNull();
        PassageOracle.Unchanged(Original, Bent(Routed(Original, 1), ^1), routers: 1)!.Came.Should().EndWith("the first that differs is 49");
        PassageOracle.Unchanged(Original, Original.AsSpan()[..^1], routers: 0).Should().NotBeNull();
        PassageOracle.Unchanged(Original, [.. Original, 0], routers: 0).Should().NotBeNull();
    }

    [Test]
    public void ATunnelHasAHeaderOfItsOwn()
    {
        PassageOracle.NewHeader(Esp(West, East), (West, East)).Should().BeNull();
        PassageOracle.NewHeader(Esp(East, West), (West, East)).Should().NotBeNull();
        PassageOracle.NewHeader(Esp(A, B), (West, East)).Should().NotBeNull();
        PassageOracle.NewHeader(Packet(West, East, IpProtocol.Ah, Octets(80)), (West, East)).Should().NotBeNull();
        PassageOracle.NewHeader(Bent(Esp(West, East), 10), (West, East))!.Came.Should().Contain("checksum");
    }

    [Test]
    public void TransportModeKeepsTheHeader()
    {
        PassageOracle.KeptHeader(Original, Esp(A, B)).Should().BeNull();
        PassageOracle.KeptHeader(Original, Esp(West, East)).Should().NotBeNull();
        PassageOracle.KeptHeader(Original, Routed(Esp(A, B), 1)).Should().NotBeNull("hosts do not route what they send");
        PassageOracle.KeptHeader(Original, Original).Should().NotBeNull("it is not protected");
        PassageOracle.KeptHeader(Original, Bent(Esp(A, B), 10))!.Came.Should().Contain("checksum");
    }

    [TestCase(50, 52)]
    [TestCase(51, 56)]
    [TestCase(49, 52)]
    [TestCase(30, 32)]
    public void SizesAreThoseOfTheTable(int inside, int encrypted)
    {
        PassageOracle.Sizes(Layout, Packet(West, East, IpProtocol.Esp, Octets(Overhead + encrypted)), inside).Should().BeNull();
        PassageOracle.Sizes(Layout, Packet(West, East, IpProtocol.Esp, Octets(Overhead + encrypted + 4)), inside).Should().NotBeNull();
        PassageOracle.Sizes(Layout, Packet(West, East, IpProtocol.Esp, Octets(Overhead + encrypted - 1)), inside).Should().NotBeNull();
    }

    [Test]
    public void SpiAndSequenceNumberStandInFront()
    {
        PassageOracle.Numbers(Esp(West, East), Spi, 1).Should().BeNull();
        PassageOracle.Numbers(Esp(West, East), Spi + 1, 1)!.Came.Should().Be("SPI c0ffee01, sequence number 1");
        PassageOracle.Numbers(Esp(West, East), Spi, 2).Should().NotBeNull();
    }

    [Test]
    public void WhatCanBeReadIsFound()
    {
        (string, byte[])[] secrets = [("the payload", Octets(30))];
        PassageOracle.NotInClear(Packet(West, East, IpProtocol.Esp, new byte[90]), secrets).Should().BeNull();
        PassageOracle.NotInClear(Packet(West, East, IpProtocol.Esp, [.. new byte[16], .. Octets(30), .. new byte[16]]), secrets)!.Came.Should().StartWith("the payload from octet 36 on");
    }

    [Test]
    public void OnlyEspAndIkeAreProtected()
    {
        ReadOnlyMemory<byte>[] honest =
            [Frame(EtherType.Arp, new byte[28]), Frame(EtherType.Ipv4, Ike(500, 500)), Frame(EtherType.Ipv4, Esp(West, East)), Frame(EtherType.Ipv4, Esp(East, West))];
        Only(honest).Should().BeNull();
        Only(honest[..2])!.Legal.Should().Be("ESP between the gateways");
        Only([.. honest, Frame(EtherType.Ipv4, Original)])!.Came.Should().Be("frame 5: protocol 1 from 198.18.1.5 to 198.19.1.7");
        Only([.. honest, Frame(EtherType.Ipv4, Packet(West, East, IpProtocol.Icmp, Octets(8)))]).Should().NotBeNull();
        Only([.. honest, Frame(EtherType.Ipv4, Packet(West, East, IpProtocol.Tcp, Octets(20)))]).Should().NotBeNull();
        Only([.. honest, Frame(EtherType.Ipv4, Ike(53, 53))]).Should().NotBeNull();
        Only([.. honest, Frame(EtherType.Ipv4, Esp(A, East))]).Should().NotBeNull();
        Only([.. honest, Frame(EtherType.Ipv6, new byte[40])])!.Came.Should().Be("frame 5: EtherType 86dd");

        static Finding? Only(ReadOnlyMemory<byte>[] frames) => PassageOracle.OnlyProtected(frames, (West, East));
    }

    [Test]
    public void OctetsOfEspAreCounted() => PassageOracle
        .EspOctets([Frame(EtherType.Ipv4, Esp(West, East)), Frame(EtherType.Ipv4, Ike(500, 500)), Frame(EtherType.Ipv4, Esp(East, West))])
        .Should().Be(2 * (Overhead + 52));

    private static byte[] Octets(int count) => [.. Enumerable.Range(1, count).Select(number => (byte)(number * 37))];

    private static byte[] Esp(IPAddress source, IPAddress destination)
    {
        var content = new byte[Overhead + 52];
        BinaryPrimitives.WriteUInt32BigEndian(content, Spi);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(4), 1);
        return Packet(source, destination, IpProtocol.Esp, content);
    }

    private static byte[] Ike(ushort source, ushort destination)
    {
        var content = new byte[36];
        BinaryPrimitives.WriteUInt16BigEndian(content, source);
        BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(2), destination);
        return Packet(West, East, IpProtocol.Udp, content);
    }

    private static byte[] Packet(IPAddress source, IPAddress destination, IpProtocol protocol, byte[] content)
    {
        var packet = new byte[Ipv4Header.MinSize + content.Length];
        Ipv4Header.For(source, destination, protocol, content.Length).Write(packet);
        content.CopyTo(packet, Ipv4Header.MinSize);
        return packet;
    }

    private static byte[] Frame(EtherType type, byte[] content)
    {
        var frame = new byte[EthernetHeader.Size + content.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)type);
        content.CopyTo(frame, EthernetHeader.Size);
        return frame;
    }

    private static byte[] Routed(byte[] packet, int routers)
    {
        Ipv4Header.TryRead(packet, out var header, out _).Should().BeTrue();
        var routed = packet.ToArray();
        (header with { TimeToLive = (byte)(header.TimeToLive - routers) }).Write(routed);
        return routed;
    }

    private static byte[] Bent(byte[] packet, Index at)
    {
        var bent = packet.ToArray();
        bent[at] ^= 1;
        return bent;
    }
}
