// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-------+-----------+---+---------------------------------------+
// |   6   |   DSCP    |ECN|              Flow Label               |  0
// +-------------------------------+---------------+---------------+
// |    Payload Length, octets     |  Next Header  |   Hop Limit   |  4
// +-------------------------------+---------------+---------------+
// |                   Source address, 16 octets                   |  8
// +---------------------------------------------------------------+
// |                Destination address, 16 octets                 | 24
// +---------------------------------------------------------------+

/// <summary>The IPv6 header, 40 octets, without extension headers (RFC 8200 section 3; DSCP RFC 2474, ECN RFC 3168).</summary>
public readonly record struct Ipv6Header
{
    /// <summary>Size in octets.</summary>
    public const int Size = 40;

    /// <summary>Offset of the Next Header field, in octets.</summary>
    public const int NextHeaderOffset = 6;

    /// <summary>Offset of the Payload Length field, in octets.</summary>
    public const int PayloadLengthOffset = 4;

    /// <summary>Offset of the source address, in octets.</summary>
    public const int SourceOffset = 8;

    /// <summary>Offset of the destination address, in octets.</summary>
    public const int DestinationOffset = 24;

    private const int Version = 6;
    private const uint FlowLabelMask = 0xF_FFFF;

    /// <summary>Differentiated services codepoint, 6 bits.</summary>
    public byte Dscp { get; init; }

    /// <summary>Explicit congestion notification, 2 bits.</summary>
    public byte Ecn { get; init; }

    /// <summary>Flow label, 20 bits (RFC 6437).</summary>
    public uint FlowLabel { get; init; }

    /// <summary>Declared length of what follows this header, extension headers included, in octets.</summary>
    public int PayloadLength { get; init; }

    /// <summary>What follows this header.</summary>
    public IpProtocol NextHeader { get; init; }

    /// <summary>Hop limit.</summary>
    public byte HopLimit { get; init; }

    /// <summary>Source address; IPv6.</summary>
    public AddressNumber Source { get; init; }

    /// <summary>Destination address; IPv6.</summary>
    public AddressNumber Destination { get; init; }

    /// <summary>Declared length of the packet with this header, in octets.</summary>
    public int TotalLength => Size + PayloadLength;

    /// <summary>
    /// Reads a header and checks version and that the packet is there up to its payload length (more octets may follow). A jumbogram
    /// (RFC 2675), which declares 0, reads as a packet without payload.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Ipv6Header header, out WireError error)
    {
        header = default;
        if (!IpError.CheckSize(packet, Size, "IPv6 header", out error))
        {
            return false;
        }

        var version = packet[0] >> 4;
        if (version != Version)
        {
            return IpError.Of(WireErrorKind.BadValue, 0, "IPv6 header > version", Version, version, "demanded").Fail(out error);
        }

        var payloadLength = BinaryPrimitives.ReadUInt16BigEndian(packet[PayloadLengthOffset..]);
        if (payloadLength > packet.Length - Size)
        {
            return IpError.Of(
                WireErrorKind.Truncated,
                PayloadLengthOffset,
                "IPv6 header > payload length",
                payloadLength,
                packet.Length - Size,
                "octets declared").Fail(out error);
        }

        var first = BinaryPrimitives.ReadUInt32BigEndian(packet);
        header = new Ipv6Header
        {
            Dscp = (byte)((first >> 22) & 0x3F),
            Ecn = (byte)((first >> 20) & 0x03),
            FlowLabel = first & FlowLabelMask,
            PayloadLength = payloadLength,
            NextHeader = (IpProtocol)packet[NextHeaderOffset],
            HopLimit = packet[7],
            Source = AddressNumber.Read(packet[SourceOffset..], IpVersion.V6),
            Destination = AddressNumber.Read(packet[DestinationOffset..], IpVersion.V6),
        };
        return true;
    }

    /// <summary>A header for a payload of the given number of octets.</summary>
    public static Ipv6Header For(
        AddressNumber source, AddressNumber destination, IpProtocol nextHeader, int payloadLength, byte hopLimit = 64) => new()
        {
            PayloadLength = payloadLength,
            NextHeader = nextHeader,
            HopLimit = hopLimit,
            Source = source,
            Destination = destination,
        };

    /// <summary>Writes 40 octets. Values too large for their field lose their high bits.</summary>
    public void Write(Span<byte> destination)
    {
        var first = ((uint)Version << 28) | (((uint)Dscp & 0x3F) << 22) | (((uint)Ecn & 0x03) << 20) | (FlowLabel & FlowLabelMask);
        BinaryPrimitives.WriteUInt32BigEndian(destination, first);
        BinaryPrimitives.WriteUInt16BigEndian(destination[PayloadLengthOffset..], unchecked((ushort)PayloadLength));
        destination[NextHeaderOffset] = (byte)NextHeader;
        destination[7] = HopLimit;
        BinaryPrimitives.WriteUInt128BigEndian(destination[SourceOffset..], Source.Value);
        BinaryPrimitives.WriteUInt128BigEndian(destination[DestinationOffset..], Destination.Value);
    }
}
