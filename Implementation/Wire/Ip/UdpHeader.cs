// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Net;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-------------------------------+-------------------------------+
// |          Source Port          |       Destination Port        |  0
// +-------------------------------+-------------------------------+
// |    Length with header, octets |   Checksum, 0 for none        |  4
// +-------------------------------+-------------------------------+

/// <summary>A UDP header, 8 octets (RFC 768).</summary>
/// <param name="SourcePort">Source port.</param>
/// <param name="DestinationPort">Destination port.</param>
/// <param name="Length">Declared length of header and data in octets.</param>
/// <param name="Checksum">Checksum over pseudo header, header and data; 0 when the sender made none.</param>
public readonly record struct UdpHeader(ushort SourcePort, ushort DestinationPort, ushort Length, ushort Checksum)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 8;

    /// <summary>Offset of the checksum in the header, in octets.</summary>
    public const int ChecksumOffset = 6;

    private const int LengthOffset = 4;

    /// <summary>Length of the data in octets, as far as the header declares it.</summary>
    public int PayloadLength => Length - Size;

    /// <summary>
    /// Reads a header and checks that the datagram is there up to its length. More octets may follow. The checksum is not checked.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out UdpHeader header, out WireError error)
    {
        const string Field = "UDP header > length";
        header = default;
        if (!IpError.CheckSize(datagram, Size, "UDP header", out error))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[LengthOffset..]);
        if (length < Size)
        {
            return IpError.Of(WireErrorKind.BadLength, LengthOffset, Field, Size, length, "octets at least").Fail(out error);
        }

        if (length > datagram.Length)
        {
            return IpError.Of(WireErrorKind.Truncated, LengthOffset, Field, length, datagram.Length, "octets declared").Fail(out error);
        }

        header = new UdpHeader(
            BinaryPrimitives.ReadUInt16BigEndian(datagram),
            BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]),
            length,
            BinaryPrimitives.ReadUInt16BigEndian(datagram[ChecksumOffset..]));
        return true;
    }

    /// <summary>Reads a header and checks the checksum as well, unless the sender made none. Addresses as big-endian numbers.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> datagram, uint source, uint destination, out UdpHeader header, out WireError error)
    {
        if (!TryRead(datagram, out header, out error))
        {
            return false;
        }

        var pseudoHeader = InternetChecksum.PseudoHeader(source, destination, IpProtocol.Udp, header.Length);
        if (header.Checksum == 0 || InternetChecksum.Compute(datagram[..header.Length], pseudoHeader) == 0)
        {
            return true;
        }

        var checksum = header.Checksum;
        header = default;
        return IpError.Checksum(ChecksumOffset, "UDP header > checksum", checksum).Fail(out error);
    }

    /// <summary>
    /// Writes the header into the first 8 octets of a datagram whose data are already in place. Length is the span's; the checksum is
    /// computed. Addresses as big-endian numbers.
    /// </summary>
    public static void Write(Span<byte> datagram, ushort sourcePort, ushort destinationPort, uint source, uint destination)
    {
        WriteWithoutChecksum(datagram, sourcePort, destinationPort);
        var pseudoHeader = InternetChecksum.PseudoHeader(source, destination, IpProtocol.Udp, datagram.Length);
        var checksum = InternetChecksum.Compute(datagram, pseudoHeader);

        // RFC 768: a computed zero is sent as all ones, because zero says that there is no checksum.
        BinaryPrimitives.WriteUInt16BigEndian(datagram[ChecksumOffset..], checksum == 0 ? ushort.MaxValue : checksum);
    }

    /// <inheritdoc cref="Write(Span{byte}, ushort, ushort, uint, uint)"/>
    public static void Write(Span<byte> datagram, ushort sourcePort, ushort destinationPort, IPAddress source, IPAddress destination) =>
        Write(datagram, sourcePort, destinationPort, Ipv4Header.ToNumber(source), Ipv4Header.ToNumber(destination));

    /// <summary>
    /// As <see cref="Write(Span{byte}, ushort, ushort, uint, uint)"/>, with checksum zero: how ESP in UDP is sent (RFC 3948 section 2.1).
    /// </summary>
    public static void WriteWithoutChecksum(Span<byte> datagram, ushort sourcePort, ushort destinationPort)
    {
        BinaryPrimitives.WriteUInt16BigEndian(datagram, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[LengthOffset..], unchecked((ushort)datagram.Length));
        BinaryPrimitives.WriteUInt16BigEndian(datagram[ChecksumOffset..], 0);
    }
}
