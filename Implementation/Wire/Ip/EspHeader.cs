// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------------------------------------------------------+
// |               Security Parameters Index (SPI)                 |  0
// +---------------------------------------------------------------+
// |               Sequence Number, low 32 bits                    |  4
// +---------------------------------------------------------------+
// |            IV, ciphertext, ICV: as the SA says                |  8
// +---------------------------------------------------------------+

/// <summary>The part of an ESP packet that is never encrypted, 8 octets (RFC 4303 sections 2.1 and 2.2).</summary>
/// <param name="Spi">Names the SA at the receiver; 0 never appears on the wire, 1 to 255 are reserved.</param>
/// <param name="SequenceNumber">The low 32 bits of the sequence number.</param>
public readonly record struct EspHeader(uint Spi, uint SequenceNumber)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 8;

    /// <summary>Reads the first 8 octets. Only their number is checked.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out EspHeader header, out WireError error)
    {
        if (!IpError.CheckSize(packet, Size, "ESP header", out error))
        {
            header = default;
            return false;
        }

        header = new EspHeader(
            BinaryPrimitives.ReadUInt32BigEndian(packet), BinaryPrimitives.ReadUInt32BigEndian(packet[sizeof(uint)..]));
        return true;
    }

    /// <summary>Writes 8 octets.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Spi);
        BinaryPrimitives.WriteUInt32BigEndian(destination[sizeof(uint)..], SequenceNumber);
    }
}
