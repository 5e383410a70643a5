// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

/// <summary>
/// Divides a packet into fragments, one a step (RFC 791 section 3.2; RFC 8200 section 4.5). An IPv4 packet may be a fragment itself.
/// </summary>
public ref struct IpFragmenter
{
    private const int Unit = 8;

    private readonly ReadOnlySpan<byte> _packet;
    private readonly IpPacketHead _head;
    private readonly int _mtu;
    private readonly uint _identification;
    private readonly int _first;
    private int _done;

    private IpFragmenter(ReadOnlySpan<byte> packet, IpPacketHead head, int mtu, uint identification)
    {
        _packet = packet[..head.TotalLength];
        _head = head;
        _mtu = mtu;
        _identification = identification;
        _first = head.Version == IpVersion.V4 ? head.HeaderLength : head.TransportOffset;
    }

    /// <summary>Whether all of the packet has been given out.</summary>
    public readonly bool IsDone => _first + _done >= _packet.Length;

    private readonly int Left => _packet.Length - _first - _done;

    /// <summary>Prepares to divide a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="mtu">Longest fragment, header included, in octets.</param>
    /// <param name="identification">Identification of IPv6 fragments; IPv4 packets bring their own.</param>
    /// <param name="fragmenter">Gives the fragments.</param>
    /// <returns>
    /// False when the packet cannot be read, has DF set, is an IPv6 packet with a fragment header already, or when the MTU does not
    /// even hold its headers and 8 octets.
    /// </returns>
    public static bool TryCreate(ReadOnlySpan<byte> packet, int mtu, uint identification, out IpFragmenter fragmenter)
    {
        fragmenter = default;
        if (!IpPacketHead.TryRead(packet, out var head, out _)
            || (head.Version == IpVersion.V4 ? head.DontFragment : head.FragmentHeaderOffset != 0))
        {
            return false;
        }

        fragmenter = new IpFragmenter(packet, head, mtu, identification);
        return mtu >= fragmenter._first + (head.Version == IpVersion.V4 ? 0 : Ipv6FragmentHeader.Size) + Unit;
    }

    /// <summary>Writes the next fragment.</summary>
    /// <param name="destination">Takes as many octets as the MTU.</param>
    /// <param name="written">Length of the fragment.</param>
    /// <returns>False when there is none left.</returns>
    public bool TryNext(Span<byte> destination, out int written)
    {
        written = 0;
        if (IsDone && _done != 0)
        {
            return false;
        }

        written = _head.Version == IpVersion.V4 ? NextIpv4(destination) : NextIpv6(destination);
        return true;
    }

    private int NextIpv4(Span<byte> destination)
    {
        var headerLength = _done == 0 ? CopyAllOptions(destination) : CopyOptionsOfLaterFragments(destination);
        var isLast = headerLength + Left <= _mtu;
        var length = isLast ? Left : (_mtu - headerLength) / Unit * Unit;
        _packet.Slice(_first + _done, length).CopyTo(destination[headerLength..]);
        var more = !isLast || _head.MoreFragments;
        var field = (ushort)(((_head.FragmentOffset + _done) / Unit) | (more ? 0x2000 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], field);
        _done += Math.Max(length, 1);
        var fragment = destination[..(headerLength + length)];
        IpPacketHead.WriteLength(fragment);
        return fragment.Length;
    }

    private readonly int CopyAllOptions(Span<byte> destination)
    {
        _packet[.._first].CopyTo(destination);
        return _first;
    }

    private readonly int CopyOptionsOfLaterFragments(Span<byte> destination)
    {
        _packet[..Ipv4Header.MinSize].CopyTo(destination);
        var area = _packet[Ipv4Header.MinSize.._first];
        var length = Ipv4Header.MinSize;
        var position = 0;
        while (IpOption.TryNextIpv4(area, ref position, out var option))
        {
            if (option.IsCopied)
            {
                area.Slice(option.Offset, option.Length).CopyTo(destination[length..]);
                length += option.Length;
            }
        }

        while (length % sizeof(uint) != 0)
        {
            destination[length++] = IpOption.EndOfList;
        }

        destination[0] = (byte)((byte)IpVersion.V4 << 4 | length / sizeof(uint));
        return length;
    }

    private int NextIpv6(Span<byte> destination)
    {
        _packet[.._first].CopyTo(destination);
        var protocol = destination[_head.TransportProtocolOffset];
        destination[_head.TransportProtocolOffset] = (byte)IpProtocol.FragmentHeader;
        var headerLength = _first + Ipv6FragmentHeader.Size;
        var isLast = headerLength + Left <= _mtu;
        var length = isLast ? Left : (_mtu - headerLength) / Unit * Unit;
        new Ipv6FragmentHeader((IpProtocol)protocol, _done, !isLast, _identification).Write(destination[_first..]);
        _packet.Slice(_first + _done, length).CopyTo(destination[headerLength..]);
        _done += Math.Max(length, 1);
        var fragment = destination[..(headerLength + length)];
        IpPacketHead.WriteLength(fragment);
        return fragment.Length;
    }
}
