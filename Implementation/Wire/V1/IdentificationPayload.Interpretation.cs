// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace Ipsec.Wire.V1;

/// <content>What the identification data mean (RFC 2407 section 4.6.2.1). Data that do not fit their type have no meaning.</content>
public sealed partial record IdentificationPayload
{
    /// <summary>The single address of an ID_IPV4_ADDR or ID_IPV6_ADDR with data of the right size.</summary>
    public bool TryGetAddress([NotNullWhen(true)] out IPAddress? address)
    {
        address = (IdType, Data.Length) is (IdType.Ipv4Address, 4) or (IdType.Ipv6Address, 16) ? new IPAddress(Data.Span) : null;
        return address is not null;
    }

    /// <summary>
    /// First and last IPv4 address (as big-endian numbers) of an ID_IPV4_ADDR, ID_IPV4_ADDR_SUBNET with a contiguous mask, or
    /// ID_IPV4_ADDR_RANGE. A range that ends before it begins is none.
    /// </summary>
    public bool TryGetIpv4Range(out uint first, out uint last)
    {
        first = last = 0;
        switch (IdType, Data.Length)
        {
            case (IdType.Ipv4Address, 4):
                first = last = BinaryPrimitives.ReadUInt32BigEndian(Data.Span);
                return true;
            case (IdType.Ipv4Subnet, 8) when TryGetPrefixLength(out _):
                var mask = BinaryPrimitives.ReadUInt32BigEndian(Data.Span[4..]);
                first = BinaryPrimitives.ReadUInt32BigEndian(Data.Span) & mask;
                last = first | ~mask;
                return true;
            case (IdType.Ipv4Range, 8):
                first = BinaryPrimitives.ReadUInt32BigEndian(Data.Span);
                last = BinaryPrimitives.ReadUInt32BigEndian(Data.Span[4..]);
                return first <= last;
            default:
                return false;
        }
    }

    /// <summary>The prefix length of an ID_IPV4_ADDR_SUBNET or ID_IPV6_ADDR_SUBNET whose mask is a row of ones, then of zeros.</summary>
    public bool TryGetPrefixLength(out int prefixLength)
    {
        prefixLength = 0;
        if ((IdType, Data.Length) is not ((IdType.Ipv4Subnet, 8) or (IdType.Ipv6Subnet, 32)))
        {
            return false;
        }

        var mask = Data.Span[(Data.Length / 2)..];
        while (prefixLength < mask.Length * 8 && IsSet(mask, prefixLength))
        {
            prefixLength++;
        }

        for (var bit = prefixLength; bit < mask.Length * 8; bit++)
        {
            if (IsSet(mask, bit))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>"198.18.1.0/24", "west.example"; "[17/500]" behind it when protocol or port are set.</summary>
    protected override string Describe() => ProtocolId == 0 && Port == 0
        ? DescribeData()
        : string.Create(CultureInfo.InvariantCulture, $"{DescribeData()}[{ProtocolId}/{Port}]");

    private static bool IsSet(ReadOnlySpan<byte> mask, int bit) => (mask[bit / 8] & (0x80 >> (bit % 8))) != 0;

    private string DescribeData()
    {
        var half = Data.Length / 2;
        return (IdType, Data.Length) switch
        {
            (IdType.Ipv4Address, 4) or (IdType.Ipv6Address, 16) => new IPAddress(Data.Span).ToString(),
            (IdType.Ipv4Subnet, 8) or (IdType.Ipv6Subnet, 32) => TryGetPrefixLength(out var prefix)
                ? string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(Data.Span[..half])}/{prefix}")
                : $"{new IPAddress(Data.Span[..half])}/{new IPAddress(Data.Span[half..])}",
            (IdType.Ipv4Range, 8) or (IdType.Ipv6Range, 32) =>
                $"{new IPAddress(Data.Span[..half])}-{new IPAddress(Data.Span[half..])}",
            (IdType.Fqdn or IdType.UserFqdn, _) when IsPrintable(Data.Span) => Encoding.ASCII.GetString(Data.Span),
            _ => $"{IdType}:0x{Convert.ToHexStringLower(Data.Span)}",
        };
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);
}
