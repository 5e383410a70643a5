// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Makes the headers before AH what the ICV is computed over: fields that change on the way zero, those that change predictably as the
/// receiver will see them (RFC 4302 section 3.3.3.1 and appendix A).
/// </summary>
internal static class AhMutableFields
{
    private const byte Security = 0x82;
    private const byte ExtendedSecurity = 0x85;
    private const byte CommercialSecurity = 0x86;
    private const byte SenderDirectedMultiDestination = 0x95;
    private const int Ipv4DestinationOffset = 16;
    private const int Ipv4RouteOffset = 3;

    /// <summary>Changes the headers in place.</summary>
    /// <param name="headers">From the IP header up to AH.</param>
    /// <returns>False when an option or a routing header cannot be read.</returns>
    public static bool TryMute(Span<byte> headers) =>
        headers[0] >> 4 == (byte)IpVersion.V4 ? TryMuteIpv4(headers) : TryMuteIpv6(headers);

    private static bool TryMuteIpv4(Span<byte> header)
    {
        header[1] = 0; // DSCP, ECN
        header.Slice(6, 3).Clear(); // flags, fragment offset, TTL
        header.Slice(10, 2).Clear(); // checksum
        var area = header[Ipv4Header.MinSize..];
        var position = 0;
        while (IpOption.TryNextIpv4(area, ref position, out var option))
        {
            var octets = area.Slice(option.Offset, option.Length);
            if (option.Type is IpOption.LooseSourceRoute or IpOption.StrictSourceRoute)
            {
                FollowRoute(octets, header.Slice(Ipv4DestinationOffset, AddressNumber.Ipv4Size));
            }

            // Appendix A1 lists the options; one it does not know is zeroed as a whole (section 3.3.3.1).
            if (option.Type is not (IpOption.EndOfList or IpOption.NoOperation or Security or ExtendedSecurity
                or CommercialSecurity or IpOption.RouterAlert or SenderDirectedMultiDestination))
            {
                octets.Clear();
            }
        }

        return position == area.Length;
    }

    // At the receiver the destination is the last address of the route (RFC 791 section 3.1); the pointer tells whether it is already.
    private static void FollowRoute(ReadOnlySpan<byte> option, Span<byte> destination)
    {
        if (option.Length >= Ipv4RouteOffset + AddressNumber.Ipv4Size && option[2] <= option.Length)
        {
            option[^AddressNumber.Ipv4Size..].CopyTo(destination);
        }
    }

    private static bool TryMuteIpv6(Span<byte> headers)
    {
        headers[0] = (byte)IpVersion.V6 << 4; // DSCP, ECN, flow label
        headers.Slice(1, 3).Clear();
        headers[7] = 0; // hop limit
        var next = (IpProtocol)headers[Ipv6Header.NextHeaderOffset];
        var position = Ipv6Header.Size;
        while (position < headers.Length)
        {
            if (!Ipv6ExtensionHeader.IsExtension(next)
                || !Ipv6ExtensionHeader.TryRead(headers, next, position, out var extension, out _)
                || !TryMute(headers, extension))
            {
                return false;
            }

            position = extension.End;
            next = extension.NextHeader;
        }

        return true;
    }

    private static bool TryMute(Span<byte> headers, in Ipv6ExtensionHeader extension)
    {
        var octets = headers.Slice(extension.Offset, extension.Length);
        if (extension.Kind == IpProtocol.RoutingHeader)
        {
            return TryFollowRoute(octets, headers.Slice(Ipv6Header.DestinationOffset, AddressNumber.Ipv6Size));
        }

        var area = octets[IpOption.HeaderSize..];
        var position = 0;
        while (IpOption.TryNextIpv6(area, ref position, out var option))
        {
            if (option is { MayChange: true, Length: > IpOption.HeaderSize })
            {
                area.Slice(option.Offset + IpOption.HeaderSize, option.Length - IpOption.HeaderSize).Clear();
            }
        }

        return position == area.Length;
    }

    // Each hop swaps the destination with the next address (RFC 2460 section 4.4); at the receiver no segments are left.
    private static bool TryFollowRoute(Span<byte> header, Span<byte> destination)
    {
        if (!Ipv6RoutingHeader.TryRead(header, out var routing, out _))
        {
            return false;
        }

        Span<byte> swapped = stackalloc byte[AddressNumber.Ipv6Size];
        for (var index = routing.AddressCount - routing.SegmentsLeft; routing.AddressCount != 0 && index < routing.AddressCount; index++)
        {
            var address = header.Slice(Ipv6RoutingHeader.AddressesOffset + (index * AddressNumber.Ipv6Size), AddressNumber.Ipv6Size);
            address.CopyTo(swapped);
            destination.CopyTo(address);
            swapped.CopyTo(destination);
        }

        if (routing.AddressCount != 0)
        {
            header[Ipv6RoutingHeader.SegmentsLeftOffset] = 0;
        }

        return true;
    }
}
