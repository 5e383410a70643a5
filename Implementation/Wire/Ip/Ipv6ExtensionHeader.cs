// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// |  Next Header  | Hdr Ext Len   |  options, addresses, ... : 8 * (Hdr Ext Len + 1) - 2 octets
// +---------------+---------------+-------------------------------+

/// <summary>
/// Where an IPv6 extension header lies in its packet: hop-by-hop options, routing, fragment or destination options (RFC 8200 section
/// 4). ESP and AH are not among them here; they end the chain.
/// </summary>
/// <param name="Kind">The number by which the header before names it.</param>
/// <param name="Offset">Where it begins in the packet, in octets.</param>
/// <param name="Length">Its length in octets, a multiple of 8.</param>
/// <param name="NextHeader">What follows it.</param>
public readonly record struct Ipv6ExtensionHeader(IpProtocol Kind, int Offset, int Length, IpProtocol NextHeader)
{
    /// <summary>Unit of the length field and smallest size, in octets.</summary>
    public const int Unit = 8;

    /// <summary>Offset behind the header, in octets.</summary>
    public int End => Offset + Length;

    /// <summary>Whether the number stands for one of the four headers.</summary>
    public static bool IsExtension(IpProtocol protocol) => protocol
        is IpProtocol.HopByHopOptions or IpProtocol.RoutingHeader or IpProtocol.FragmentHeader or IpProtocol.DestinationOptions;

    /// <summary>Reads the header at an offset and checks that all of it is there.</summary>
    /// <param name="packet">The packet, up to its payload length.</param>
    /// <param name="kind">What the header before says follows: one of the four.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="header">The header.</param>
    /// <param name="error">What is wrong with it.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> packet, IpProtocol kind, int offset, out Ipv6ExtensionHeader header, out WireError error)
    {
        header = default;
        var left = packet.Length - offset;
        var length = left < Unit ? Unit
            : kind == IpProtocol.FragmentHeader ? Unit
            : (packet[offset + 1] + 1) * Unit;
        if (length > left)
        {
            return IpError.Of(WireErrorKind.Truncated, offset, $"{Name(kind)} header", length, left, "octets needed").Fail(out error);
        }

        header = new Ipv6ExtensionHeader(kind, offset, length, (IpProtocol)packet[offset]);
        error = default;
        return true;
    }

    private static string Name(IpProtocol kind) => kind switch
    {
        IpProtocol.HopByHopOptions => "hop-by-hop options",
        IpProtocol.RoutingHeader => "routing",
        IpProtocol.FragmentHeader => "fragment",
        _ => "destination options",
    };
}
