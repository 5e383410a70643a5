// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>
/// Joins TCP segments of one connection that follow each other, so that the system takes them with one call and goes through its layers once.
/// Only what the system can divide again into the very same segments is joined. Allocates nothing; for one thread.
/// </summary>
internal sealed class SegmentJoiner
{
    private const int MostBytes = 65535;
    private const int LeastTcp = 20;
    private const int SequenceField = 4;
    private const int LengthField = 12;
    private const int FlagsField = 13;
    private const int ChecksumField = 16;
    private const byte Acknowledgement = 0x10;
    private const byte Push = 0x08;
    private const int DontFragment = 0x40;

    private readonly byte[] _joined = new byte[MostBytes];
    private int _length;
    private int _tcp;
    private int _headers;
    private int _size;
    private int _count;
    private uint _next;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Whether what waits is complete: nothing can follow it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Adds a packet to what waits, or begins with it.</summary>
    /// <param name="packet">A whole packet.</param>
    /// <returns>False when it cannot be joined to what waits, or to anything: that has to go first.</returns>
    public bool TryAdd(ReadOnlySpan<byte> packet)
    {
        if (IsClosed || !TryMeasure(packet, out var tcp, out var headers))
        {
            return false;
        }

        var payload = packet.Length - headers;
        var sequence = BinaryPrimitives.ReadUInt32BigEndian(packet[(tcp + SequenceField)..]);
        if (_count > 0)
        {
            if (payload > _size || sequence != _next || _length + payload > MostBytes || !IsContinued(packet, tcp, headers))
            {
                return false;
            }

            packet[headers..].CopyTo(_joined.AsSpan(_length));
            _joined[_tcp + FlagsField] |= packet[tcp + FlagsField];
            _length += payload;
        }
        else
        {
            packet.CopyTo(_joined);
            (_length, _tcp, _headers, _size) = (packet.Length, tcp, headers, payload);
        }

        _next = unchecked(sequence + (uint)payload);
        _count++;
        IsClosed = payload < _size || (packet[tcp + FlagsField] & Push) != 0;
        return true;
    }

    /// <summary>Takes what waits.</summary>
    /// <param name="header">What the system is to be told of it.</param>
    /// <returns>The packet, or the segments as one; valid until the next <see cref="TryAdd"/>.</returns>
    public ReadOnlySpan<byte> Take(out OffloadHeader header)
    {
        var joined = _joined.AsSpan(0, _length);
        header = default;
        if (_count > 1)
        {
            var isIpv6 = joined[0] >> 4 == (byte)IpVersion.V6;
            IpPacketHead.WriteLength(joined);
            BinaryPrimitives.WriteUInt16BigEndian(joined[(_tcp + ChecksumField)..], (ushort)SegmentSplitter.PseudoHeader(joined, _tcp));
            header = new(
                OffloadHeader.NeedsChecksum,
                isIpv6 ? OffloadHeader.TcpOverIpv6 : OffloadHeader.TcpOverIpv4,
                (ushort)_headers,
                (ushort)_size,
                (ushort)_tcp,
                ChecksumField);
        }

        _count = 0;
        IsClosed = false;
        return joined;
    }

    /// <summary>Where TCP begins and ends in a packet that may be joined: whole, without options of IP, with data, and with right checksums.</summary>
    private static bool TryMeasure(ReadOnlySpan<byte> packet, out int tcp, out int headers)
    {
        const byte Ipv4WithoutOptions = 0x45;
        (tcp, headers) = (0, 0);
        if (packet.Length is < Ipv4Header.MinSize + LeastTcp or > MostBytes)
        {
            return false;
        }

        if (packet[0] == Ipv4WithoutOptions)
        {
            tcp = Ipv4Header.MinSize;
            if (packet[9] != (byte)IpProtocol.Tcp
                || BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) != packet.Length
                || (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0
                || InternetChecksum.Compute(packet[..Ipv4Header.MinSize]) != 0)
            {
                return false;
            }
        }
        else
        {
            tcp = Ipv6Header.Size;
            if (packet[0] >> 4 != (byte)IpVersion.V6
                || packet.Length < Ipv6Header.Size + LeastTcp
                || packet[Ipv6Header.NextHeaderOffset] != (byte)IpProtocol.Tcp
                || BinaryPrimitives.ReadUInt16BigEndian(packet[Ipv6Header.PayloadLengthOffset..]) != packet.Length - Ipv6Header.Size)
            {
                return false;
            }
        }

        headers = tcp + ((packet[tcp + LengthField] >> 4) * sizeof(uint));
        return headers >= tcp + LeastTcp
            && headers < packet.Length
            && packet[tcp + FlagsField] is Acknowledgement or (Acknowledgement | Push)
            && InternetChecksum.Compute(packet[tcp..], SegmentSplitter.PseudoHeader(packet, tcp)) == 0;
    }

    /// <summary>Whether all that the segments of one connection share is the same.</summary>
    private bool IsContinued(ReadOnlySpan<byte> packet, int tcp, int headers)
    {
        if (tcp != _tcp || headers != _headers)
        {
            return false;
        }

        var first = _joined.AsSpan(0, _headers);
        if (tcp == Ipv4Header.MinSize)
        {
            // Where DF is set nobody looks at the identification; where it is not the system counts it up when it divides.
            var identification = BinaryPrimitives.ReadUInt16BigEndian(first[4..]);
            var isNext = (first[6] & DontFragment) != 0 || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) == (ushort)(identification + _count);
            if (!isNext || first[1] != packet[1] || first[6] != packet[6] || first[8] != packet[8] || !first[12..20].SequenceEqual(packet[12..20]))
            {
                return false;
            }
        }
        else if (!first[..4].SequenceEqual(packet[..4]) || !first[7..40].SequenceEqual(packet[7..40]))
        {
            return false;
        }

        // Ports; acknowledgement and length; window; options.
        return first.Slice(tcp, SequenceField).SequenceEqual(packet.Slice(tcp, SequenceField))
            && first.Slice(tcp + 8, 5).SequenceEqual(packet.Slice(tcp + 8, 5))
            && first.Slice(tcp + 14, 2).SequenceEqual(packet.Slice(tcp + 14, 2))
            && first[(tcp + LeastTcp)..].SequenceEqual(packet[(tcp + LeastTcp)..headers]);
    }
}
