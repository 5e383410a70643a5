// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>
/// The part of an IPv6 routing header that all types share, and the addresses of type 0 (RFC 8200 section 4.4; RFC 2460 section 4.4).
/// Type 0 must not be processed by anybody any more (RFC 5095), yet AH says how to protect it (RFC 4302 appendix A2).
/// </summary>
/// <param name="RoutingType">Routing Type field.</param>
/// <param name="SegmentsLeft">Number of addresses still to be visited.</param>
/// <param name="AddressCount">Number of addresses in a header of type 0; 0 for other types.</param>
public readonly record struct Ipv6RoutingHeader(byte RoutingType, byte SegmentsLeft, int AddressCount)
{
    /// <summary>Offset of the Segments Left field in the header, in octets.</summary>
    public const int SegmentsLeftOffset = 3;

    /// <summary>Offset of the first address of type 0 in the header, in octets.</summary>
    public const int AddressesOffset = 8;

    /// <summary>Reads a whole routing header and checks that type 0 has whole addresses, and enough of them.</summary>
    /// <param name="octets">The header, as long as its length field says.</param>
    /// <param name="header">The header.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, out Ipv6RoutingHeader header, out WireError error)
    {
        header = default;
        if (!IpError.CheckSize(octets, AddressesOffset, "routing header", out error))
        {
            return false;
        }

        var type = octets[2];
        var left = octets[SegmentsLeftOffset];
        var room = octets.Length - AddressesOffset;
        var count = type == 0 ? room / AddressNumber.Ipv6Size : 0;
        if (type == 0 && (room % AddressNumber.Ipv6Size != 0 || left > count))
        {
            return IpError.Of(WireErrorKind.BadLength, SegmentsLeftOffset, "routing header > segments left", left, count, "addresses")
                .Fail(out error);
        }

        header = new Ipv6RoutingHeader(type, left, count);
        return true;
    }
}
