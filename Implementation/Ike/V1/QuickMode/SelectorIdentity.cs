// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Numerics;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>Compares the client identities of quick mode (RFC 2409 section 5.5, RFC 2407 section 4.6.2).</summary>
internal static class SelectorIdentity
{
    private const int Ipv4Size = 4;
    private const int Ipv6Size = 16;

    /// <summary>
    /// Same traffic: protocol and port equal, and the same addresses however they are written, as address, subnet or range.
    /// </summary>
    public static bool Same(IdentificationPayload a, IdentificationPayload b) =>
        a.ProtocolId == b.ProtocolId && a.Port == b.Port && Meaning(a) == Meaning(b);

    /// <summary>Whether all traffic of one is traffic of the other, too: an absent protocol or port is all of them.</summary>
    public static bool Contains(IdentificationPayload wide, IdentificationPayload narrow)
    {
        var (outer, inner) = (Meaning(wide), Meaning(narrow));
        return outer.Type == IdType.None
            && inner.Type == IdType.None
            && outer.Size == inner.Size
            && outer.First <= inner.First
            && outer.Last >= inner.Last
            && (wide.ProtocolId == 0 || wide.ProtocolId == narrow.ProtocolId)
            && (wide.Port == 0 || wide.Port == narrow.Port);
    }

    /// <summary>What an absent client identity stands for: the peer's own address, any protocol and port.</summary>
    public static IdentificationPayload Of(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? IdentificationPayload.Ipv6Address(address)
        : IdentificationPayload.Ipv4Address(address);

    private static Addresses Meaning(IdentificationPayload id)
    {
        var data = id.Data.Span;
        return (id.IdType, data.Length) switch
        {
            (IdType.Ipv4Address, Ipv4Size) or (IdType.Ipv6Address, Ipv6Size) => Range(data, data),
            (IdType.Ipv4Range, 2 * Ipv4Size) or (IdType.Ipv6Range, 2 * Ipv6Size) => Range(data[..(data.Length / 2)], data[(data.Length / 2)..]),
            (IdType.Ipv4Subnet, 2 * Ipv4Size) or (IdType.Ipv6Subnet, 2 * Ipv6Size) => Subnet(id, data),
            _ => new(id.IdType, 0, 0, 0, Convert.ToHexString(data)),
        };
    }

    /// <summary>A mask whose ones are not all in front names no range: zeros in it are wildcards (RFC 2407 section 4.6.2.5).</summary>
    private static Addresses Subnet(IdentificationPayload id, ReadOnlySpan<byte> data)
    {
        var size = data.Length / 2;
        Span<byte> first = stackalloc byte[size];
        Span<byte> last = stackalloc byte[size];
        for (var i = 0; i < size; i++)
        {
            first[i] = (byte)(data[i] & data[size + i]);
            last[i] = (byte)(first[i] | ~data[size + i]);
        }

        return id.TryGetPrefixLength(out _)
            ? Range(first, last)
            : new(id.IdType, size, Number(first), 0, Convert.ToHexString(data[size..]));
    }

    private static Addresses Range(ReadOnlySpan<byte> first, ReadOnlySpan<byte> last) =>
        new(IdType.None, first.Length, Number(first), Number(last), "");

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    /// <summary>From first to last where it is a range; otherwise the type and what it was compared by.</summary>
    private readonly record struct Addresses(IdType Type, int Size, BigInteger First, BigInteger Last, string Rest);
}
