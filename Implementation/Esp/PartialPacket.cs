// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>The fragments of one packet that have arrived.</summary>
internal sealed class PartialPacket(DateTimeOffset deadline, LinkedListNode<FragmentKey> place)
{
    private const int Unit = 8;

    private readonly SortedList<int, byte[]> _pieces = [];
    private byte[]? _headers;
    private int _protocolOffset;
    private byte _protocol;
    private int? _length;

    public DateTimeOffset Deadline => deadline;

    public LinkedListNode<FragmentKey> Place => place;

    public int BytesKept { get; private set; }

    public bool IsComplete => _headers is not null && _length == _pieces.Values.Sum(piece => piece.Length);

    /// <summary>Takes a fragment; false when it does not fit the others or the limits.</summary>
    public bool TryAdd(in IpPacketHead head, ReadOnlySpan<byte> packet, ReassemblyLimits limits)
    {
        var isIpv4 = head.Version == IpVersion.V4;
        var start = isIpv4 ? head.HeaderLength : head.FragmentHeaderOffset + Ipv6FragmentHeader.Size;
        var piece = packet[start..head.TotalLength];
        var end = head.FragmentOffset + piece.Length;
        if (_pieces.TryGetValue(head.FragmentOffset, out var same))
        {
            // A duplicate is the network's doing; anything else at the same place is an overlap (RFC 5722 section 4).
            return same.AsSpan().SequenceEqual(piece);
        }

        var headerSize = isIpv4 ? Ipv4Header.MinSize : 0;
        if (piece.IsEmpty
            || _pieces.Count >= limits.Fragments
            || end > ushort.MaxValue - headerSize
            || (head.MoreFragments && piece.Length % Unit != 0)
            || !TryFitEnd(head, end)
            || Overlaps(head.FragmentOffset, end))
        {
            return false;
        }

        _pieces.Add(head.FragmentOffset, piece.ToArray());
        BytesKept += piece.Length;
        if (head.FragmentOffset == 0)
        {
            TakeHeaders(head, packet);
        }

        return true;
    }

    /// <summary>Writes the whole packet, without fragment header.</summary>
    public bool TryAssemble(Span<byte> destination, out int written)
    {
        written = 0;
        var total = _headers!.Length + _length!.Value;
        if (destination.Length < total)
        {
            return false;
        }

        var whole = destination[..total];
        _headers.CopyTo(whole);
        whole[_protocolOffset] = _protocol;
        foreach (var (offset, piece) in _pieces)
        {
            piece.CopyTo(whole[(_headers.Length + offset)..]);
        }

        if (whole[0] >> 4 == (byte)IpVersion.V4)
        {
            whole.Slice(6, sizeof(ushort)).Clear();
        }

        IpPacketHead.WriteLength(whole);
        written = total;
        return true;
    }

    private bool TryFitEnd(in IpPacketHead head, int end)
    {
        if (head.MoreFragments)
        {
            return _length is null || end <= _length;
        }

        var fits = _length is null && (_pieces.Count == 0 || _pieces.GetKeyAtIndex(_pieces.Count - 1) < end);
        _length ??= end;
        return fits;
    }

    private bool Overlaps(int start, int end)
    {
        foreach (var (offset, piece) in _pieces)
        {
            if (start < offset + piece.Length && offset < end)
            {
                return true;
            }
        }

        return false;
    }

    // What is before the divided part comes from the first fragment (RFC 8200 section 4.5).
    private void TakeHeaders(in IpPacketHead head, ReadOnlySpan<byte> packet)
    {
        if (head.Version == IpVersion.V4)
        {
            _headers = packet[..head.HeaderLength].ToArray();
            _protocolOffset = head.ProtocolOffset;
            _protocol = (byte)head.Protocol;
        }
        else
        {
            _headers = packet[..head.FragmentHeaderOffset].ToArray();
            _protocolOffset = head.FragmentHeaderNamedAt;
            _protocol = packet[head.FragmentHeaderOffset];
        }

        BytesKept += _headers.Length;
    }
}
