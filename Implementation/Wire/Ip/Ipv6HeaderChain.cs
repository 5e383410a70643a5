// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>A walk over the extension headers of an IPv6 packet (RFC 8200 section 4.1), one header a step.</summary>
internal struct Ipv6HeaderChain(IpProtocol first)
{
    private int _routingOffset;
    private bool _transportFixed;

    /// <summary>What stands at <see cref="Position"/>.</summary>
    public IpProtocol Next { get; private set; } = first;

    /// <summary>Where the walk has got to.</summary>
    public int Position { get; private set; } = Ipv6Header.Size;

    /// <summary>Offset of the octet that names <see cref="Next"/>.</summary>
    public int NextFieldOffset { get; private set; } = Ipv6Header.NextHeaderOffset;

    public Ipv6FragmentHeader Fragment { get; private set; }

    /// <summary>0 when there is none.</summary>
    public int FragmentHeaderOffset { get; private set; }

    /// <summary>Offset of the octet that names the fragment header; 0 when there is none.</summary>
    public int FragmentHeaderNamedAt { get; private set; }

    public int TransportOffset { get; private set; } = Ipv6Header.Size;

    public int TransportProtocolOffset { get; private set; } = Ipv6Header.NextHeaderOffset;

    /// <summary>Steps over the next header; false behind the last one, and with an error when it is broken.</summary>
    public bool TryNext(ReadOnlySpan<byte> packet, out WireError error)
    {
        error = default;
        if (!Ipv6ExtensionHeader.IsExtension(Next) || (FragmentHeaderOffset != 0 && Fragment.FragmentOffset != 0))
        {
            return false;
        }

        if (Next == IpProtocol.HopByHopOptions && Position != Ipv6Header.Size)
        {
            return IpError.Of(
                WireErrorKind.BadValue, Position, "hop-by-hop options header", Ipv6Header.Size, Position, "octets before it demanded")
                .Fail(out error);
        }

        if (!Ipv6ExtensionHeader.TryRead(packet, Next, Position, out var header, out error) || !TryLookInto(packet, header, out error))
        {
            return false;
        }

        NextFieldOffset = Position;
        Position = header.End;
        Next = header.NextHeader;
        if (!_transportFixed)
        {
            TransportOffset = Position;
            TransportProtocolOffset = NextFieldOffset;
        }

        return true;
    }

    public readonly AddressNumber FinalDestination(ReadOnlySpan<byte> packet, AddressNumber destination)
    {
        if (_routingOffset == 0)
        {
            return destination;
        }

        Ipv6RoutingHeader.TryRead(
            packet.Slice(_routingOffset, (packet[_routingOffset + 1] + 1) * Ipv6ExtensionHeader.Unit), out var routing, out _);
        return routing.SegmentsLeft == 0 || routing.AddressCount == 0
            ? destination
            : AddressNumber.Read(
                packet[(_routingOffset + Ipv6RoutingHeader.AddressesOffset + ((routing.AddressCount - 1) * AddressNumber.Ipv6Size))..],
                IpVersion.V6);
    }

    private bool TryLookInto(ReadOnlySpan<byte> packet, in Ipv6ExtensionHeader header, out WireError error)
    {
        error = default;
        var octets = packet.Slice(header.Offset, header.Length);
        switch (header.Kind)
        {
            case IpProtocol.RoutingHeader:
                _routingOffset = header.Offset;
                return Ipv6RoutingHeader.TryRead(octets, out _, out error);
            case IpProtocol.FragmentHeader:
                FragmentHeaderOffset = header.Offset;
                FragmentHeaderNamedAt = NextFieldOffset;
                var read = Ipv6FragmentHeader.TryRead(octets, out var fragment, out error);
                Fragment = fragment;
                return read;
            case IpProtocol.DestinationOptions when _routingOffset != 0:
                // Options behind the routing header are for the final destination alone, and so are protected (RFC 8200 section 4.1).
                _transportFixed = true;
                return true;
            default:
                return true;
        }
    }
}
