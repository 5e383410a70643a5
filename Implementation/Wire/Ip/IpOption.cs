// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>Where an option of an IPv4 header (RFC 791 section 3.1) or of an IPv6 options header (RFC 8200 section 4.2) lies.</summary>
/// <param name="Type">Option type with all its bits.</param>
/// <param name="Offset">Where it begins in the area given to the walker, in octets.</param>
/// <param name="Length">All of it, in octets: 1 for the options without a length.</param>
public readonly record struct IpOption(byte Type, int Offset, int Length)
{
    /// <summary>IPv4: end of the list. IPv6: Pad1.</summary>
    public const byte EndOfList = 0;

    /// <summary>IPv4: no operation. IPv6: PadN.</summary>
    public const byte NoOperation = 1;

    /// <summary>IPv4: loose source and record route.</summary>
    public const byte LooseSourceRoute = 0x83;

    /// <summary>IPv4: strict source and record route.</summary>
    public const byte StrictSourceRoute = 0x89;

    /// <summary>IPv4: router alert (RFC 2113).</summary>
    public const byte RouterAlert = 0x94;

    /// <summary>Octets before an option's data: type and length.</summary>
    public const int HeaderSize = 2;

    private const byte CopiedBit = 0x80;
    private const byte MayChangeBit = 0x20;

    /// <summary>IPv4: whether all fragments carry it.</summary>
    public bool IsCopied => (Type & CopiedBit) != 0;

    /// <summary>IPv6: whether its data may change on the way (RFC 8200 section 4.2).</summary>
    public bool MayChange => (Type & MayChangeBit) != 0;

    /// <summary>The next IPv4 option.</summary>
    /// <param name="area">The octets behind the fixed 20 of the header.</param>
    /// <param name="position">Where to look; moved behind the option.</param>
    /// <param name="option">The option; end-of-list covers all that is left.</param>
    /// <returns>False at the end of the area, and when an option's length is impossible: then the position is not at the end.</returns>
    public static bool TryNextIpv4(ReadOnlySpan<byte> area, ref int position, out IpOption option)
    {
        option = default;
        if (position >= area.Length)
        {
            return false;
        }

        var type = area[position];
        var left = area.Length - position;
        var length = type switch
        {
            EndOfList => left,
            NoOperation => 1,
            _ => left >= HeaderSize ? area[position + 1] : 0,
        };
        if (length > left || length < (type is EndOfList or NoOperation ? 1 : HeaderSize))
        {
            return false;
        }

        option = new IpOption(type, position, length);
        position += length;
        return true;
    }

    /// <summary>The next IPv6 option.</summary>
    /// <param name="area">The octets of an options header behind its first two.</param>
    /// <param name="position">Where to look; moved behind the option.</param>
    /// <param name="option">The option.</param>
    /// <returns>False at the end of the area, and when an option does not fit: then the position is not at the end.</returns>
    public static bool TryNextIpv6(ReadOnlySpan<byte> area, ref int position, out IpOption option)
    {
        option = default;
        if (position >= area.Length)
        {
            return false;
        }

        var type = area[position];
        var left = area.Length - position;
        var length = type == EndOfList ? 1 : left >= HeaderSize ? HeaderSize + area[position + 1] : int.MaxValue;
        if (length > left)
        {
            return false;
        }

        option = new IpOption(type, position, length);
        position += length;
        return true;
    }
}
