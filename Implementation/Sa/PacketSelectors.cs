// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>The fields of a packet that selectors look at (RFC 4301 section 4.4.1.1).</summary>
/// <param name="SourceAddress">Source address.</param>
/// <param name="DestinationAddress">Destination address.</param>
/// <param name="Protocol">
/// Next layer protocol, behind the IPv6 extension headers that are skipped by default. In an IPv6 fragment that does not show it, the
/// extension header that the first fragment continues with: a value that no selector but ANY names.
/// </param>
/// <param name="SourcePort">Source port; ICMP type and code; null when the packet shows none (OPAQUE).</param>
/// <param name="DestinationPort">Destination port; ICMP type and code; null when the packet shows none (OPAQUE).</param>
public readonly record struct PacketSelectors(
    AddressNumber SourceAddress,
    AddressNumber DestinationAddress,
    byte Protocol,
    ushort? SourcePort,
    ushort? DestinationPort)
{
    /// <summary>Reads the fields from an IPv4 or IPv6 packet.</summary>
    /// <param name="packet">Header and payload; octets behind the total length are ignored.</param>
    /// <param name="selectors">The fields.</param>
    /// <returns>False when the bytes have no sound headers.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out PacketSelectors selectors)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            selectors = default;
            return false;
        }

        selectors = Of(head, packet);
        return true;
    }

    /// <summary>Takes the fields from a packet whose headers were read before.</summary>
    /// <param name="head">The headers.</param>
    /// <param name="packet">The packet they were read from.</param>
    /// <returns>The fields.</returns>
    public static PacketSelectors Of(in IpPacketHead head, ReadOnlySpan<byte> packet)
    {
        var (source, destination) = ReadPorts(head, packet[head.HeaderLength..head.TotalLength]);
        return new PacketSelectors(head.Source, head.FinalDestination, (byte)head.Protocol, source, destination);
    }

    /// <summary>The fields in one line, for logs and audit records.</summary>
    /// <returns>For example "198.18.1.1:53 -> 198.18.2.1:4711 protocol 17".</returns>
    public override string ToString() =>
        $"{Side(SourceAddress, SourcePort)} -> {Side(DestinationAddress, DestinationPort)} protocol {Protocol}";

    private static string Side(AddressNumber address, ushort? port) =>
        port is null ? $"{address}"
        : address.Version == IpVersion.V6 ? $"[{address}]:{port}"
        : $"{address}:{port}";

    private static (ushort? Source, ushort? Destination) ReadPorts(in IpPacketHead head, ReadOnlySpan<byte> payload)
    {
        // A non-initial fragment has no ports, whatever its first octets look like (RFC 4301 section 7).
        if (head.FragmentOffset != 0)
        {
            return (null, null);
        }

        switch (head.Protocol)
        {
            case IpProtocol.Icmp or IpProtocol.Icmpv6 when payload.Length >= 2:
                // Type and code are one value for both sides (RFC 4301 section 4.4.1.1).
                var typeAndCode = BinaryPrimitives.ReadUInt16BigEndian(payload);
                return (typeAndCode, typeAndCode);
            case IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or IpProtocol.Dccp or IpProtocol.UdpLite when payload.Length >= 4:
                return (BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
            default:
                return (null, null);
        }
    }
}
