// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>
/// Puts another address and port into a packet. Checksums are changed by the difference (RFC 1624 equation 3), so that a wrong one stays
/// wrong and a packet that an ICMP error quotes in part can be changed as well.
/// </summary>
internal static class NatRewriter
{
    private const int ProtocolOffset = 9;
    private const int HeaderChecksumOffset = 10;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;
    private const int UdpChecksumOffset = 6;
    private const int IcmpChecksumOffset = 2;
    private const int IcmpIdentifierOffset = 4;
    private const byte EchoReply = 0;
    private const byte EchoRequest = 8;

    /// <summary>Rewrites the source of a packet.</summary>
    /// <param name="packet">An IPv4 packet that <see cref="NatFlow.TryRead"/> could read, or its first bytes.</param>
    /// <param name="to">The new source.</param>
    public static void Source(Span<byte> packet, NatEndpoint to) => Rewrite(packet, SourceOffset, 0, EchoRequest, to);

    /// <summary>Rewrites the destination of a packet.</summary>
    /// <param name="packet">An IPv4 packet that <see cref="NatFlow.TryRead"/> could read, or its first bytes.</param>
    /// <param name="to">The new destination.</param>
    public static void Destination(Span<byte> packet, NatEndpoint to) => Rewrite(packet, DestinationOffset, sizeof(ushort), EchoReply, to);

    private static void Rewrite(Span<byte> packet, int addressOffset, int portOffset, byte echoType, NatEndpoint to)
    {
        var payload = packet[((packet[0] & 0x0F) * sizeof(uint))..];
        var address = packet.Slice(addressOffset, sizeof(uint));
        var addressChange = Replace(address, to.Address);
        Adjust(packet[HeaderChecksumOffset..], addressChange);
        switch ((IpProtocol)packet[ProtocolOffset])
        {
            case IpProtocol.Udp:
                var portChange = Replace(payload[portOffset..], to.Port);
                var checksum = payload[UdpChecksumOffset..];

                // Zero says that there is none (RFC 768); UDP-encapsulated ESP has none (RFC 3948 section 2.1).
                if (BinaryPrimitives.ReadUInt16BigEndian(checksum) != 0)
                {
                    Adjust(checksum, addressChange + portChange);
                    if (BinaryPrimitives.ReadUInt16BigEndian(checksum) == 0)
                    {
                        BinaryPrimitives.WriteUInt16BigEndian(checksum, ushort.MaxValue);
                    }
                }

                break;
            case IpProtocol.Icmp when payload[0] == echoType:
                Adjust(payload[IcmpChecksumOffset..], Replace(payload[IcmpIdentifierOffset..], to.Port));
                break;
        }
    }

    /// <summary>Writes a new value; gives the complement of the old plus the new, as 16-bit words.</summary>
    private static uint Replace(Span<byte> field, uint value)
    {
        var old = BinaryPrimitives.ReadUInt32BigEndian(field);
        BinaryPrimitives.WriteUInt32BigEndian(field, value);
        return (ushort)~(old >> 16) + (uint)(ushort)~old + (value >> 16) + (ushort)value;
    }

    private static uint Replace(Span<byte> field, ushort value)
    {
        var old = BinaryPrimitives.ReadUInt16BigEndian(field);
        BinaryPrimitives.WriteUInt16BigEndian(field, value);
        return (ushort)~old + (uint)value;
    }

    private static void Adjust(Span<byte> checksum, uint change)
    {
        var sum = (ushort)~BinaryPrimitives.ReadUInt16BigEndian(checksum) + change;
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        BinaryPrimitives.WriteUInt16BigEndian(checksum, (ushort)~sum);
    }
}
