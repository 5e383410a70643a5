// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Daemon.Configuration;

/// <summary>The values of a configuration as people write them.</summary>
internal static class Texts
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static string? Plain(string text, out string value)
    {
        value = text;
        return text.Length > 0 ? null : "is empty";
    }

    public static string? Address(string text, out IPAddress address)
    {
        var isAddress = TrafficSelector.TryParse(text, out var selector) && selector is { IsAnyPort: true, Protocol: 0 } && selector.FirstAddress == selector.LastAddress;
        address = isAddress ? selector!.FirstAddress.ToIPAddress() : IPAddress.None;
        return isAddress ? null : $"\"{text}\" is not an IPv4 or IPv6 address";
    }

    /// <summary>An address, or "any" for all that call.</summary>
    public static string? RemoteAddress(string text, out IPAddress address)
    {
        if (text == "any")
        {
            address = IPAddress.Any;
            return null;
        }

        return Address(text, out address) is null ? null : $"\"{text}\" is neither an IPv4 or IPv6 address nor \"any\"";
    }

    public static string? Selector(string text, out TrafficSelector selector)
    {
        var isSelector = TrafficSelector.TryParse(text, out var parsed);
        selector = parsed ?? TrafficSelector.Any;
        return isSelector ? null : $"\"{text}\" is not an address, subnet or range such as 198.18.1.0/24, with protocol and port behind it where wanted: 198.18.1.1[6/22]";
    }

    /// <summary>A time such as "90", "90s", "15m", "8h" or "1d".</summary>
    public static string? Duration(string text, out TimeSpan value)
    {
        value = default;
        var unit = text.Length == 0 ? ' ' : text[^1];
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => char.IsAsciiDigit(unit) ? 1 : 0 };
        var number = char.IsAsciiDigit(unit) ? text : text[..Math.Max(0, text.Length - 1)];
        if (seconds == 0
            || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count * seconds > uint.MaxValue)
        {
            return $"\"{text}\" is not a time such as 90s, 15m, 8h or 1d";
        }

        value = TimeSpan.FromSeconds(count * seconds);
        return null;
    }

    /// <summary>A life in seconds, at least one.</summary>
    public static string? Lifetime(string text, out uint seconds)
    {
        var problem = Duration(text, out var time);
        seconds = (uint)Math.Min(uint.MaxValue, time.TotalSeconds);
        return problem ?? (seconds == 0 ? "must be at least a second" : null);
    }

    /// <summary>A volume such as "500kB", "2MB" or "10GB", in units of 1024 bytes.</summary>
    public static string? Volume(string text, out ulong? kilobytes)
    {
        kilobytes = null;
        (string Unit, ulong Size)[] units = [("kB", 1), ("MB", 1 << 10), ("GB", 1 << 20), ("TB", 1 << 30)];
        foreach (var (unit, size) in units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && uint.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count > 0)
            {
                kilobytes = count * size;
                return null;
            }
        }

        return $"\"{text}\" is not a volume such as 500kB, 200MB or 10GB";
    }

    /// <summary>
    /// An identity: an address, "user@host", "host", "keyid:" and octets in hexadecimal, or a distinguished name such as "CN=west, O=Example".
    /// </summary>
    public static string? Identity(string text, out IdentificationPayload? identity)
    {
        const string KeyId = "keyid:";
        identity = null;
        try
        {
            identity = text switch
            {
                "" => null,
                _ when Address(text, out var address) is null => OfAddress(address),
                _ when text.StartsWith(KeyId, StringComparison.Ordinal) => IdentificationPayload.KeyId(Convert.FromHexString(text[KeyId.Length..])),
                _ when text.Contains('=') => IdentificationPayload.DistinguishedName(new X500DistinguishedName(text).RawData),
                _ when text.Contains('@') => IdentificationPayload.UserFqdn(text),
                _ => IdentificationPayload.Fqdn(text),
            };
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or ArgumentException)
        {
            return $"\"{text}\" cannot be read: {exception.Message}";
        }

        return identity is null ? "is empty" : null;
    }

    public static IdentificationPayload OfAddress(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IdentificationPayload.Ipv4Address(address) : IdentificationPayload.Ipv6Address(address);

    /// <summary>A pre-shared key: text, or octets in hexadecimal behind "0x".</summary>
    public static string? Key(string text, out ReadOnlyMemory<byte> key)
    {
        key = default;
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            key = System.Text.Encoding.UTF8.GetBytes(text);
            return text.Length > 0 ? null : "is empty";
        }

        if (text.Length % 2 != 0 || !text.AsSpan(2).ContainsOnlyHex())
        {
            return "is not an even number of hexadecimal digits behind 0x";
        }

        key = Convert.FromHexString(text.AsSpan(2));
        return key.IsEmpty ? "is empty" : null;
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> text) => !text.ContainsAnyExcept(HexDigits);
}
