// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>Packets for a NAT, and what is in those that come out.</summary>
internal static class NatPackets
{
    public static IPEndPoint End(string text) => IPEndPoint.Parse(text);

    public static byte[] Udp(IPEndPoint source, IPEndPoint destination, ReadOnlySpan<byte> payload, bool withChecksum = true)
    {
        var packet = Ip(source.Address, destination.Address, IpProtocol.Udp, [.. new byte[UdpHeader.Size], .. payload]);
        var datagram = packet.AsSpan(Ipv4Header.MinSize);
        if (withChecksum)
        {
            UdpHeader.Write(datagram, (ushort)source.Port, (ushort)destination.Port, source.Address, destination.Address);
        }
        else
        {
            UdpHeader.WriteWithoutChecksum(datagram, (ushort)source.Port, (ushort)destination.Port);
        }

        return packet;
    }

    public static byte[] Ip(IPAddress source, IPAddress destination, IpProtocol protocol, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[Ipv4Header.MinSize + payload.Length];
        Ipv4Header.For(source, destination, protocol, payload.Length).Write(packet);
        payload.CopyTo(packet.AsSpan(Ipv4Header.MinSize));
        return packet;
    }

    /// <summary>Source and destination of a UDP packet, its checksums checked.</summary>
    public static (string Source, string Destination) Ends(byte[] packet)
    {
        Ipv4Header.TryRead(packet, out var header, out var error).Should().BeTrue($"{error}");
        header.Protocol.Should().Be(IpProtocol.Udp);
        UdpHeader.TryRead(packet.AsSpan(header.HeaderLength), header.SourceAddress, header.DestinationAddress, out var udp, out error).Should().BeTrue($"{error}");
        return ($"{header.Source}:{udp.SourcePort}", $"{header.Destination}:{udp.DestinationPort}");
    }

    /// <summary>Source and destination address of any packet, its header checksum checked.</summary>
    public static (string Source, string Destination) Addresses(byte[] packet)
    {
        Ipv4Header.TryRead(packet, out var header, out var error).Should().BeTrue($"{error}");
        return ($"{header.Source}", $"{header.Destination}");
    }
}
