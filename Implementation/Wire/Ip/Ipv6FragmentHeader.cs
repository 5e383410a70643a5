// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------+---+-+
// |  Next Header  |   Reserved    |     Fragment Offset     |Res|M|
// +---------------+---------------+-------------------------+---+-+
// |                        Identification                         |
// +---------------------------------------------------------------+

/// <summary>The IPv6 fragment header, 8 octets (RFC 8200 section 4.5). The offset is given in octets here.</summary>
/// <param name="NextHeader">First header of the part that was divided.</param>
/// <param name="FragmentOffset">Where this fragment belongs, in octets; a multiple of 8.</param>
/// <param name="MoreFragments">M: set in all fragments but the last.</param>
/// <param name="Identification">The same in all fragments of a packet.</param>
public readonly record struct Ipv6FragmentHeader(IpProtocol NextHeader, int FragmentOffset, bool MoreFragments, uint Identification)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 8;

    private const int OffsetMask = 0xFFF8;

    /// <summary>Whether the packet is whole after all: offset 0 and M clear (RFC 6946).</summary>
    public bool IsAtomic => FragmentOffset == 0 && !MoreFragments;

    /// <summary>Reads the first 8 octets. Only their number is checked.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out Ipv6FragmentHeader header, out WireError error)
    {
        if (!IpError.CheckSize(octets, Size, "fragment header", out error))
        {
            header = default;
            return false;
        }

        var field = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        header = new Ipv6FragmentHeader(
            (IpProtocol)octets[0], field & OffsetMask, (field & 1) != 0, BinaryPrimitives.ReadUInt32BigEndian(octets[4..]));
        return true;
    }

    /// <summary>Writes 8 octets, reserved bits zero.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)NextHeader;
        destination[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)((FragmentOffset & OffsetMask) | (MoreFragments ? 1 : 0)));
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Identification);
    }
}
