// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>The written form of a traffic selector.</summary>
internal static class TrafficSelectorText
{
    public static string Format(TrafficSelector selector)
    {
        var first = Ipv4Header.ToAddress(selector.FirstAddress);
        var addresses = selector.PrefixLength switch
        {
            32 => $"{first}",
            { } bits => $"{first}/{bits}",
            null => $"{first}-{Ipv4Header.ToAddress(selector.LastAddress)}",
        };
        var ports = selector switch
        {
            { IsAnyPort: true } => string.Empty,
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
        if (rest.IndexOf('[') is var bracket and >= 0)
        {
            if (!rest.EndsWith("]", StringComparison.Ordinal)
                || !TryParseUpper(rest[(bracket + 1)..^1], out protocol, out firstPort, out lastPort))
            {
                return false;
            }

            rest = rest[..bracket];
        }

        return TryParseAddresses(rest, out var first, out var last)
            && TrafficSelector.TryCreate(first, last, protocol, firstPort, lastPort, out selector);
    }

    private static bool TryParseAddresses(ReadOnlySpan<char> text, out uint first, out uint last)
    {
        last = 0;
        if (text.IndexOf('/') is var slash and >= 0)
        {
            if (!TryParseAddress(text[..slash], out first)
                || !byte.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                || bits > 32)
            {
                first = 0;
                return false;
            }

            var mask = bits == 0 ? 0 : uint.MaxValue << (32 - bits);
            first &= mask;
            last = first | ~mask;
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

    // The framework also reads "1", "0x7f.1" and octal numbers; a policy has to say what it means.
    private static bool TryParseAddress(ReadOnlySpan<char> text, out uint address)
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

    private static bool TryParseUpper(ReadOnlySpan<char> text, out byte protocol, out ushort first, out ushort last)
    {
        first = ushort.MinValue;
        last = ushort.MaxValue;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out protocol);
        }

        var ports = text[(slash + 1)..];
        var dash = ports.IndexOf('-');
        return byte.TryParse(text[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out protocol)
            & ushort.TryParse(dash < 0 ? ports : ports[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            & ushort.TryParse(dash < 0 ? ports : ports[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last);
    }
}
