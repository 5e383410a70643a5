// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// |     Type      |     Code      |           Checksum            |  0
// +---------------+---------------+-------------------------------+
// |         Depends on type and code: MTU, identifier ...         |  4
// +---------------------------------------------------------------+

/// <summary>The part that ICMP (RFC 792) and ICMPv6 (RFC 4443 section 2.1) messages share, 8 octets.</summary>
/// <param name="Type">Type: see <see cref="Icmpv4Type"/> and <see cref="Icmpv6Type"/>.</param>
/// <param name="Code">Code.</param>
/// <param name="Checksum">Checksum; for ICMPv6 it covers a pseudo header too.</param>
/// <param name="Rest">The second word, whose meaning depends on type and code.</param>
public readonly record struct IcmpHeader(byte Type, byte Code, ushort Checksum, uint Rest)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 8;

    /// <summary>Offset of the checksum in the message, in octets.</summary>
    public const int ChecksumOffset = 2;

    /// <summary>Reads the first 8 octets. Only their number is checked.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out IcmpHeader header, out WireError error)
    {
        if (!IpError.CheckSize(message, Size, "ICMP header", out error))
        {
            header = default;
            return false;
        }

        header = new IcmpHeader(
            message[0],
            message[1],
            BinaryPrimitives.ReadUInt16BigEndian(message[ChecksumOffset..]),
            BinaryPrimitives.ReadUInt32BigEndian(message[4..]));
        return true;
    }

    /// <summary>Writes 8 octets, the checksum as it is: see <see cref="UpperLayerChecksum.TryWrite"/>.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = Type;
        destination[1] = Code;
        BinaryPrimitives.WriteUInt16BigEndian(destination[ChecksumOffset..], Checksum);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Rest);
    }
}
