// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp.Tests;

/// <summary>Inner IPv4 packets for tests.</summary>
internal static class TestPackets
{
    public const string WestHost = "198.18.1.10";
    public const string EastHost = "198.18.2.20";

    public static Ipv4Header Header(string source, string destination, byte protocol, int payloadLength) =>
        Ipv4Header.For(IPAddress.Parse(source), IPAddress.Parse(destination), (IpProtocol)protocol, payloadLength);

    public static byte[] Build(Ipv4Header header, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[header.HeaderLength + payload.Length];
        header.Write(packet);
        payload.CopyTo(packet.AsSpan(header.HeaderLength));
        return packet;
    }

    /// <summary>A packet whose payload begins with two ports and is otherwise arbitrary.</summary>
    public static byte[] WithPorts(string source, string destination, byte protocol, ushort sourcePort, ushort destinationPort)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(payload, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(2), destinationPort);
        return Build(Header(source, destination, protocol, payload.Length), payload);
    }

    public static byte[] WestToEast(int payloadLength = 64, Func<Ipv4Header, Ipv4Header>? change = null)
    {
        var header = Header(WestHost, EastHost, 17, payloadLength);
        return Build(change is null ? header : change(header), TestSa.Bytes(payloadLength));
    }

    public static PacketSelectors Selectors(ReadOnlySpan<byte> packet) => PacketSelectors.TryRead(packet, out var selectors)
        ? selectors
        : throw new ArgumentException("no IPv4 packet", nameof(packet));
}
