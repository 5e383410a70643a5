// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------------------------------------------------------+
// |                      Destination address                      |  0
// +                               +-------------------------------+
// |                               |                               |  4
// +-------------------------------+                               +
// |                        Source address                         |  8
// +-------------------------------+-------------------------------+
// |             Type              |                                 12
// +-------------------------------+

/// <summary>The header of an Ethernet II frame, 14 octets, without tags and check sequence (RFC 894).</summary>
/// <param name="Destination">Destination address.</param>
/// <param name="Source">Source address.</param>
/// <param name="EtherType">What the frame carries.</param>
public readonly record struct EthernetHeader(MacAddress Destination, MacAddress Source, EtherType EtherType)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 14;

    /// <summary>Reads the first 14 octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out EthernetHeader header, out WireError error)
    {
        if (!IpError.CheckSize(frame, Size, "Ethernet header", out error))
        {
            header = default;
            return false;
        }

        header = new EthernetHeader(
            MacAddress.Read(frame),
            MacAddress.Read(frame[MacAddress.Size..]),
            (EtherType)BinaryPrimitives.ReadUInt16BigEndian(frame[(2 * MacAddress.Size)..]));
        return true;
    }

    /// <summary>Writes 14 octets.</summary>
    public void Write(Span<byte> destination)
    {
        Destination.Write(destination);
        Source.Write(destination[MacAddress.Size..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(2 * MacAddress.Size)..], (ushort)EtherType);
    }
}
