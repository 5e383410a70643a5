// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Ipsec.Wire.Ip;

/// <summary>An Ethernet address of 6 octets.</summary>
/// <param name="Value">The octets as a big-endian number; only the low 48 bits count.</param>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 6;

    /// <summary>ff:ff:ff:ff:ff:ff.</summary>
    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    /// <summary>Reads the first 6 octets of a span that holds at least so many.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> source)
    {
        ulong value = 0;
        foreach (var octet in source[..Size])
        {
            value = (value << 8) | octet;
        }

        return new MacAddress(value);
    }

    /// <summary>Reads "02:00:00:00:00:01".</summary>
    public static bool TryParse(string? text, out MacAddress address)
    {
        address = default;
        var parts = text?.Split(':') ?? [];
        if (parts.Length != Size)
        {
            return false;
        }

        ulong value = 0;
        foreach (var part in parts)
        {
            if (part.Length != 2 || !byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            value = (value << 8) | octet;
        }

        address = new MacAddress(value);
        return true;
    }

    /// <summary>Writes 6 octets.</summary>
    public void Write(Span<byte> destination)
    {
        for (var i = 0; i < Size; i++)
        {
            destination[i] = (byte)(Value >> (8 * (Size - 1 - i)));
        }
    }

    /// <summary>Six pairs of lower case hexadecimal digits with colons between them.</summary>
    public override string ToString()
    {
        Span<byte> octets = stackalloc byte[Size];
        Write(octets);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{octets[0]:x2}:{octets[1]:x2}:{octets[2]:x2}:{octets[3]:x2}:{octets[4]:x2}:{octets[5]:x2}");
    }
}
