// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// |  Next Header  |  Payload Len  |           Reserved            |  0
// +---------------+---------------+-------------------------------+
// |               Security Parameters Index (SPI)                 |  4
// +---------------------------------------------------------------+
// |               Sequence Number, low 32 bits                    |  8
// +---------------------------------------------------------------+
// |         ICV and padding: 4 * (Payload Len - 1) octets         | 12
// +---------------------------------------------------------------+

/// <summary>The Authentication Header (RFC 4302 section 2). Payload Len is given in octets here, as the whole header's length.</summary>
/// <param name="NextHeader">What follows.</param>
/// <param name="Length">Length of the header with ICV and padding, in octets: 4 * (Payload Len + 2).</param>
/// <param name="Reserved">Reserved field: sent as zero, covered by the ICV, otherwise ignored (RFC 4302 section 2.3).</param>
/// <param name="Spi">Names the SA at the receiver; 0 never appears on the wire, 1 to 255 are reserved.</param>
/// <param name="SequenceNumber">The low 32 bits of the sequence number.</param>
public readonly record struct AhHeader(IpProtocol NextHeader, int Length, ushort Reserved, uint Spi, uint SequenceNumber)
{
    /// <summary>Size before the ICV in octets.</summary>
    public const int FixedSize = 12;

    private const int WordSize = sizeof(uint);
    private const int PayloadLengthBias = 2;

    /// <summary>Length of ICV and padding in octets.</summary>
    public int IcvFieldLength => Length - FixedSize;

    /// <summary>Reads a header and checks that it is there with its ICV.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out AhHeader header, out WireError error)
    {
        const string Field = "AH > payload length";
        header = default;
        if (!IpError.CheckSize(packet, FixedSize, "AH", out error))
        {
            return false;
        }

        var length = (packet[1] + PayloadLengthBias) * WordSize;
        if (length < FixedSize)
        {
            return IpError.Of(WireErrorKind.BadLength, 1, Field, FixedSize, length, "octets at least").Fail(out error);
        }

        if (length > packet.Length)
        {
            return IpError.Of(WireErrorKind.Truncated, 1, Field, length, packet.Length, "octets declared").Fail(out error);
        }

        header = new AhHeader(
            (IpProtocol)packet[0],
            length,
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[8..]));
        return true;
    }

    /// <summary>Writes the 12 octets before the ICV.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = (byte)NextHeader;
        destination[1] = (byte)((Length / WordSize) - PayloadLengthBias);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Reserved);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Spi);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], SequenceNumber);
    }
}
