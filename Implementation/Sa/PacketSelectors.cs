// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>The fields of a packet that selectors look at (RFC 4301 section 4.4.1.1).</summary>
/// <param name="SourceAddress">Source address, as a number in host order.</param>
/// <param name="DestinationAddress">Destination address, as a number in host order.</param>
/// <param name="Protocol">Next layer protocol.</param>
/// <param name="SourcePort">Source port; ICMP type and code; null when the packet shows none (OPAQUE).</param>
/// <param name="DestinationPort">Destination port; ICMP type and code; null when the packet shows none (OPAQUE).</param>
public readonly record struct PacketSelectors(
    uint SourceAddress,
    uint DestinationAddress,
    byte Protocol,
    ushort? SourcePort,
    ushort? DestinationPort)
{
    private const byte Sctp = 132;
    private const byte Dccp = 33;
    private const byte UdpLite = 136;

    /// <summary>Reads the fields from an IPv4 packet.</summary>
    /// <param name="packet">Header and payload; octets behind the total length are ignored.</param>
    /// <param name="selectors">The fields.</param>
    /// <returns>False when the bytes have no sound IPv4 header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> packet, out PacketSelectors selectors)
    {
        if (!Ipv4Header.TryRead(packet, out var header, out _))
        {
            selectors = default;
            return false;
        }

        var (source, destination) = ReadPorts(header, packet[header.HeaderLength..header.TotalLength]);
        selectors = new PacketSelectors(
            header.SourceAddress, header.DestinationAddress, (byte)header.Protocol, source, destination);
        return true;
    }

    /// <summary>The fields in one line, for logs and audit records.</summary>
    /// <returns>For example "198.18.1.1:53 -> 198.18.2.1:4711 protocol 17".</returns>
    public override string ToString() =>
        $"{Side(SourceAddress, SourcePort)} -> {Side(DestinationAddress, DestinationPort)} protocol {Protocol}";

    private static string Side(uint address, ushort? port) =>
        port is null ? $"{Ipv4Header.ToAddress(address)}" : $"{Ipv4Header.ToAddress(address)}:{port}";

    private static (ushort? Source, ushort? Destination) ReadPorts(in Ipv4Header header, ReadOnlySpan<byte> payload)
    {
        // A non-initial fragment has no ports, whatever its first octets look like (RFC 4301 section 7).
        if (header.FragmentOffset != 0)
        {
            return (null, null);
        }

        switch ((byte)header.Protocol)
        {
            case (byte)IpProtocol.Icmp when payload.Length >= 2:
                // Type and code are one value for both sides (RFC 4301 section 4.4.1.1).
                var typeAndCode = BinaryPrimitives.ReadUInt16BigEndian(payload);
                return (typeAndCode, typeAndCode);
            case (byte)IpProtocol.Tcp or (byte)IpProtocol.Udp or Sctp or Dccp or UdpLite when payload.Length >= 4:
                return (BinaryPrimitives.ReadUInt16BigEndian(payload), BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
            default:
                return (null, null);
        }
    }
}
