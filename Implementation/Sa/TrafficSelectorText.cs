// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>The written form of a traffic selector.</summary>
internal static class TrafficSelectorText
{
    private const string Opaque = "opaque";

    public static string Format(TrafficSelector selector)
    {
        var first = selector.FirstAddress;
        var addresses = selector.PrefixLength switch
        {
            { } bits when bits == first.Bits => $"{first}",
            { } bits => $"{first}/{bits}",
            null => $"{first}-{selector.LastAddress}",
        };
        var ports = selector switch
        {
            { IsAnyPort: true } => string.Empty,
            { IsOpaquePort: true } => $"/{Opaque}",
            _ when selector.FirstPort == selector.LastPort => $"/{selector.FirstPort}",
            _ => $"/{selector.FirstPort}-{selector.LastPort}",
        };
        return selector.Protocol == 0 && selector.IsAnyPort ? addresses : $"{addresses}[{selector.Protocol}{ports}]";
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out TrafficSelector? selector)
    {
        ArgumentNullException.ThrowIfNull(text);
        selector = null;
        var rest = text.AsSpan();
        byte protocol = 0;
        ushort firstPort = ushort.MinValue, lastPort = ushort.MaxValue;
        var opaque = false;
        if (rest.IndexOf('[') is var bracket and >= 0)
        {
            if (!rest.EndsWith("]", StringComparison.Ordinal)
                || !TryParseUpper(rest[(bracket + 1)..^1], out protocol, out firstPort, out lastPort, out opaque))
            {
                return false;
            }

            rest = rest[..bracket];
        }

        if (!TryParseAddresses(rest, out var first, out var last)
            || !TrafficSelector.TryCreate(first, last, protocol, firstPort, lastPort, out selector))
        {
            return false;
        }

        selector = opaque ? selector.ForOpaque(protocol) : selector;
        return true;
    }

    private static bool TryParseAddresses(ReadOnlySpan<char> text, out AddressNumber first, out AddressNumber last)
    {
        last = default;
        if (text.IndexOf('/') is var slash and >= 0)
        {
            if (!TryParseAddress(text[..slash], out first)
                || !byte.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                || bits > first.Bits)
            {
                first = default;
                return false;
            }

            first = first.Network(bits);
            last = first.LastOfNetwork(bits);
            return true;
        }

        if (text.IndexOf('-') is var dash and >= 0)
        {
            return TryParseAddress(text[..dash], out first) & TryParseAddress(text[(dash + 1)..], out last);
        }

        var isAddress = TryParseAddress(text, out first);
        last = first;
        return isAddress;
    }

    private static bool TryParseAddress(ReadOnlySpan<char> text, out AddressNumber address)
    {
        if (!text.Contains(':'))
        {
            var isIpv4 = TryParseIpv4(text, out var number);
            address = number;
            return isIpv4;
        }

        // Zones and brackets, which the framework reads too, are no part of an address in a policy.
        address = default;
        if (text.ContainsAny('%', '[', ']') || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        address = AddressNumber.From(parsed);
        return true;
    }

    // The framework also reads "1", "0x7f.1" and octal numbers; a policy has to say what it means.
    private static bool TryParseIpv4(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        var parts = 0;
        foreach (var part in text.Split('.'))
        {
            var digits = text[part];
            if (!byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var octet)
                || (digits.Length > 1 && digits[0] == '0'))
            {
                return false;
            }

            address = address << 8 | octet;
            parts++;
        }

        return parts == 4;
    }

    private static bool TryParseUpper(
        ReadOnlySpan<char> text, out byte protocol, out ushort first, out ushort last, out bool opaque)
    {
        opaque = false;
        first = ushort.MinValue;
        last = ushort.MaxValue;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
        }

        var ports = text[(slash + 1)..];
        opaque = ports.Equals(Opaque, StringComparison.Ordinal);
        if (opaque)
        {
            return byte.TryParse(text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
        }

        var dash = ports.IndexOf('-');
        return byte.TryParse(text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out protocol)
            & ushort.TryParse(dash < 0 ? ports : ports[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            & ushort.TryParse(dash < 0 ? ports : ports[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last);
    }
}
