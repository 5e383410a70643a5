// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>
/// Makes packets of what a TUN device hands over: completes checksums, and divides what is many TCP segments as one, as a network device
/// would. Has buffers of its own and allocates nothing: for one thread.
/// </summary>
internal sealed class SegmentSplitter
{
    private const int ChecksumField = 16;
    private const int SequenceField = 4;
    private const int LengthField = 12;
    private const int FlagsField = 13;
    private const int LeastTcp = 20;
    private const byte FinishAndPush = 0x09;
    private const byte WindowReduced = 0x80;

    private readonly byte[] _segment = new byte[IpLimits.Largest];
    private ReadOnlyMemory<byte> _all;
    private int _tcp;
    private int _headers;
    private int _size;
    private int _done;
    private int _index;

    /// <summary>Whether segments are left.</summary>
    public bool HasMore => _done < _all.Length;

    /// <summary>Takes a packet that was read.</summary>
    /// <param name="header">What the system says of it.</param>
    /// <param name="packet">The packet, which is changed.</param>
    /// <param name="whole">The packet, when it is one; nothing when it is segments, which <see cref="Next"/> gives.</param>
    /// <returns>False when the header and the packet do not fit: it is to be dropped.</returns>
    public bool TryTake(OffloadHeader header, Memory<byte> packet, out ReadOnlySpan<byte> whole)
    {
        Skip();
        whole = default;
        if (!header.IsSegmented)
        {
            whole = packet.Span;
            return (header.Flags & OffloadHeader.NeedsChecksum) == 0 || TryCompleteChecksum(header, packet.Span);
        }

        var tcp = header.ChecksumStart;
        var isIpv6 = (header.Kind & 0x7F) == OffloadHeader.TcpOverIpv6;
        if (header.SegmentSize == 0 || packet.Length < tcp + LeastTcp || !BeginsWithIp(packet.Span[..tcp], isIpv6))
        {
            return false;
        }

        var headers = tcp + ((packet.Span[tcp + LengthField] >> 4) * sizeof(uint));
        if (headers < tcp + LeastTcp || packet.Length <= headers)
        {
            return false;
        }

        (_all, _tcp, _headers, _size, _done, _index) = (packet, tcp, headers, header.SegmentSize, headers, 0);
        return true;
    }

    /// <summary>The next segment.</summary>
    /// <returns>A whole packet; valid until the next call.</returns>
    public ReadOnlySpan<byte> Next()
    {
        var all = _all.Span;
        var length = Math.Min(_size, all.Length - _done);
        var isLast = _done + length == all.Length;
        var segment = _segment.AsSpan(0, _headers + length);
        all[.._headers].CopyTo(segment);
        all.Slice(_done, length).CopyTo(segment[_headers..]);

        var tcp = segment[_tcp..];
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(all[(_tcp + SequenceField)..]);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[SequenceField..], unchecked(sequence + (uint)(_done - _headers)));
        tcp[FlagsField] &= (byte)~((isLast ? 0 : FinishAndPush) | (_index == 0 ? 0 : WindowReduced));
        if (all[0] >> 4 == (byte)IpVersion.V4)
        {
            // Each segment would have had an identification of its own.
            BinaryPrimitives.WriteUInt16BigEndian(segment[4..], unchecked((ushort)(BinaryPrimitives.ReadUInt16BigEndian(all[4..]) + _index)));
        }

        IpPacketHead.WriteLength(segment);
        WriteTcpChecksum(segment, _tcp);
        _done += length;
        _index++;
        return segment;
    }

    /// <summary>Gives up the segments that are left.</summary>
    public void Skip() => (_all, _done) = (default, 0);

    /// <summary>The sum of the pseudo header of a TCP segment.</summary>
    internal static uint PseudoHeader(ReadOnlySpan<byte> packet, int tcp)
    {
        var isIpv4 = packet[0] >> 4 == (byte)IpVersion.V4;
        var addresses = isIpv4 ? packet[12..20] : packet[8..40];
        return InternetChecksum.Sum(addresses, (uint)IpProtocol.Tcp + (uint)(packet.Length - tcp));
    }

    private static bool BeginsWithIp(ReadOnlySpan<byte> headers, bool isIpv6)
    {
        if (isIpv6)
        {
            return headers.Length >= Ipv6Header.Size && headers[0] >> 4 == (byte)IpVersion.V6;
        }

        return headers.Length >= Ipv4Header.MinSize
            && headers[0] >> 4 == (byte)IpVersion.V4
            && (headers[0] & 0x0F) * sizeof(uint) is >= Ipv4Header.MinSize and var length
            && length <= headers.Length;
    }

    private static void WriteTcpChecksum(Span<byte> packet, int tcp)
    {
        var field = packet[(tcp + ChecksumField)..];
        BinaryPrimitives.WriteUInt16BigEndian(field, 0);
        BinaryPrimitives.WriteUInt16BigEndian(field, InternetChecksum.Compute(packet[tcp..], PseudoHeader(packet, tcp)));
    }

    private static bool TryCompleteChecksum(OffloadHeader header, Span<byte> packet)
    {
        var place = header.ChecksumStart + header.ChecksumOffset;
        if (place + sizeof(ushort) > packet.Length)
        {
            return false;
        }

        // The field holds the sum of the pseudo header, so it is part of what is summed.
        var checksum = InternetChecksum.Compute(packet[header.ChecksumStart..]);
        var isUdp = header.ChecksumOffset == UdpHeader.ChecksumOffset;
        BinaryPrimitives.WriteUInt16BigEndian(packet[place..], checksum == 0 && isUdp ? ushort.MaxValue : checksum);
        return true;
    }
}
