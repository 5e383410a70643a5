// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-------------------------------+-------------------------------+
// |          Source Port          |       Destination Port        |  0
// +-------------------------------+-------------------------------+
// |                        Sequence Number                        |  4
// +---------------------------------------------------------------+
// |                     Acknowledgment Number                     |  8
// +-------+-------+---------------+-------------------------------+
// | Offset|   0   |     Flags     |            Window             | 12
// +-------+-------+---------------+-------------------------------+
// |           Checksum            |        Urgent Pointer         | 16
// +-------------------------------+-------------------------------+

/// <summary>A TCP header (RFC 9293 section 3.1), options not read. The data offset is given in octets here.</summary>
/// <param name="SourcePort">Source port.</param>
/// <param name="DestinationPort">Destination port.</param>
/// <param name="SequenceNumber">Sequence number.</param>
/// <param name="AcknowledgmentNumber">Acknowledgment number.</param>
/// <param name="HeaderLength">Length with options, in octets: four times Data Offset.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Window">Window.</param>
/// <param name="Checksum">Checksum over pseudo header, header and data.</param>
public readonly record struct TcpHeader(
    ushort SourcePort,
    ushort DestinationPort,
    uint SequenceNumber,
    uint AcknowledgmentNumber,
    int HeaderLength,
    TcpFlags Flags,
    ushort Window,
    ushort Checksum)
{
    /// <summary>Size without options in octets.</summary>
    public const int MinSize = 20;

    /// <summary>Offset of the checksum in the header, in octets.</summary>
    public const int ChecksumOffset = 16;

    /// <summary>Reads a header and checks that it is there with its options. The checksum is not checked.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, out TcpHeader header, out WireError error)
    {
        header = default;
        if (!IpError.CheckSize(segment, MinSize, "TCP header", out error))
        {
            return false;
        }

        var headerLength = (segment[12] >> 4) * sizeof(uint);
        if (headerLength < MinSize)
        {
            return IpError.Of(WireErrorKind.BadLength, 12, "TCP header > data offset", MinSize, headerLength, "octets at least")
                .Fail(out error);
        }

        if (headerLength > segment.Length)
        {
            return IpError.Of(WireErrorKind.Truncated, 12, "TCP header > options", headerLength, segment.Length, "octets declared")
                .Fail(out error);
        }

        header = new TcpHeader(
            BinaryPrimitives.ReadUInt16BigEndian(segment),
            BinaryPrimitives.ReadUInt16BigEndian(segment[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(segment[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(segment[8..]),
            headerLength,
            (TcpFlags)segment[13],
            BinaryPrimitives.ReadUInt16BigEndian(segment[14..]),
            BinaryPrimitives.ReadUInt16BigEndian(segment[ChecksumOffset..]));
        return true;
    }

    /// <summary>
    /// Writes the 20 octets without options, urgent pointer zero, checksum as it is: see <see cref="UpperLayerChecksum.TryWrite"/>.
    /// </summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], AcknowledgmentNumber);
        destination[12] = (byte)((HeaderLength / sizeof(uint)) << 4);
        destination[13] = (byte)Flags;
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], Window);
        BinaryPrimitives.WriteUInt16BigEndian(destination[ChecksumOffset..], Checksum);
        BinaryPrimitives.WriteUInt16BigEndian(destination[18..], 0);
    }
}
