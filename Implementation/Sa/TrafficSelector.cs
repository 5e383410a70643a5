// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Numerics;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Sa;

/// <summary>
/// One side of the traffic of an SA or a policy: a range of IPv4 addresses, a next layer protocol and a range of ports
/// (RFC 4301 section 4.4.1.1). Both ends of both ranges are included.
/// </summary>
public sealed record TrafficSelector
{
    private TrafficSelector(uint first, uint last, byte protocol, ushort firstPort, ushort lastPort)
    {
        FirstAddress = first;
        LastAddress = last;
        Protocol = protocol;
        FirstPort = firstPort;
        LastPort = lastPort;
    }

    /// <summary>All addresses, all protocols, all ports.</summary>
    public static TrafficSelector Any { get; } = new(uint.MinValue, uint.MaxValue, 0, ushort.MinValue, ushort.MaxValue);

    /// <summary>Lowest address, as a number in host order: 198.18.0.0 is 0xC6120000.</summary>
    public uint FirstAddress { get; }

    /// <summary>Highest address, as a number in host order.</summary>
    public uint LastAddress { get; }

    /// <summary>Next layer protocol number; 0 is ANY.</summary>
    public byte Protocol { get; }

    /// <summary>Lowest port. For ICMP the type in the high, the code in the low octet (RFC 4301 section 4.4.1.1).</summary>
    public ushort FirstPort { get; }

    /// <summary>Highest port, or ICMP type and code.</summary>
    public ushort LastPort { get; }

    /// <summary>Whether the port field is ANY, which also stands for packets that have no ports to look at (OPAQUE).</summary>
    public bool IsAnyPort => FirstPort == ushort.MinValue && LastPort == ushort.MaxValue;

    /// <summary>Length in bits of the prefix that this range is, or null when it is not a subnet. 32 is a single address.</summary>
    public int? PrefixLength
    {
        get
        {
            var size = (ulong)LastAddress - FirstAddress + 1;
            return BitOperations.IsPow2(size) && FirstAddress % size == 0 ? 32 - BitOperations.Log2(size) : null;
        }
    }

    /// <summary>All traffic of a subnet, written as a network and a prefix length.</summary>
    /// <param name="cidr">For example "198.18.1.0/24"; bits behind the prefix are ignored.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="FormatException">The text is not a subnet.</exception>
    public static TrafficSelector Subnet(string cidr) =>
        TryParse(cidr, out var selector) && selector.PrefixLength is not null
            ? selector
            : throw new FormatException($"'{cidr}' is not an IPv4 subnet such as 198.18.1.0/24.");

    /// <summary>All traffic of a subnet.</summary>
    /// <param name="network">An address of it.</param>
    /// <param name="prefixLength">0 to 32 bits.</param>
    /// <returns>The selector.</returns>
    public static TrafficSelector Subnet(IPAddress network, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 32);
        var mask = prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);
        var first = Ipv4Header.ToNumber(network) & mask;
        return new TrafficSelector(first, first | ~mask, 0, ushort.MinValue, ushort.MaxValue);
    }

    /// <summary>All traffic of one host.</summary>
    /// <param name="address">Its IPv4 address.</param>
    /// <returns>The selector.</returns>
    public static TrafficSelector Address(IPAddress address) => Subnet(address, 32);

    /// <summary>All traffic of a range of hosts.</summary>
    /// <param name="first">Lowest IPv4 address.</param>
    /// <param name="last">Highest IPv4 address.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="ArgumentException">The range is upside down.</exception>
    public static TrafficSelector Range(IPAddress first, IPAddress last) =>
        TryCreate(Ipv4Header.ToNumber(first), Ipv4Header.ToNumber(last), 0, ushort.MinValue, ushort.MaxValue, out var selector)
            ? selector
            : throw new ArgumentException($"{first} lies above {last}.", nameof(first));

    /// <summary>A selector from numbers that somebody else chose, such as an ID payload's.</summary>
    /// <param name="firstAddress">Lowest address.</param>
    /// <param name="lastAddress">Highest address.</param>
    /// <param name="protocol">Next layer protocol; 0 is ANY.</param>
    /// <param name="firstPort">Lowest port.</param>
    /// <param name="lastPort">Highest port.</param>
    /// <param name="selector">The selector.</param>
    /// <returns>False when a range is upside down.</returns>
    public static bool TryCreate(
        uint firstAddress,
        uint lastAddress,
        byte protocol,
        ushort firstPort,
        ushort lastPort,
        [NotNullWhen(true)] out TrafficSelector? selector)
    {
        var ordered = firstAddress <= lastAddress && firstPort <= lastPort;
        selector = ordered ? new TrafficSelector(firstAddress, lastAddress, protocol, firstPort, lastPort) : null;
        return ordered;
    }

    /// <summary>The traffic that an identification of quick mode stands for (RFC 2407 section 4.6.2): port 0 is ANY there.</summary>
    /// <param name="identification">IDci or IDcr.</param>
    /// <param name="selector">The selector.</param>
    /// <returns>False when it is not a well-formed IPv4 address, subnet or range.</returns>
    public static bool TryFrom(IdentificationPayload identification, [NotNullWhen(true)] out TrafficSelector? selector)
    {
        ArgumentNullException.ThrowIfNull(identification);
        selector = null;
        var (firstPort, lastPort) = identification.Port == 0
            ? (ushort.MinValue, ushort.MaxValue)
            : (identification.Port, identification.Port);
        return identification.TryGetIpv4Range(out var first, out var last)
            && TryCreate(first, last, identification.ProtocolId, firstPort, lastPort, out selector);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">
    /// "198.18.1.0/24", "198.18.1.1", "198.18.1.5-198.18.1.9", each with "[17]", "[17/53]" or "[17/53-60]" behind it.
    /// </param>
    /// <param name="selector">The selector.</param>
    /// <returns>False when the text is none of these.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out TrafficSelector? selector) =>
        TrafficSelectorText.TryParse(text, out selector);

    /// <summary>This range of addresses for one protocol and a range of its ports.</summary>
    /// <param name="protocol">Next layer protocol; 0 is ANY.</param>
    /// <param name="firstPort">Lowest port.</param>
    /// <param name="lastPort">Highest port.</param>
    /// <returns>The narrower selector.</returns>
    public TrafficSelector For(byte protocol, ushort firstPort = ushort.MinValue, ushort lastPort = ushort.MaxValue) =>
        TryCreate(FirstAddress, LastAddress, protocol, firstPort, lastPort, out var selector)
            ? selector
            : throw new ArgumentOutOfRangeException(nameof(firstPort), firstPort, $"Port {firstPort} lies above {lastPort}.");

    /// <summary>Whether a packet with these fields is selected.</summary>
    /// <param name="address">Source or destination address.</param>
    /// <param name="protocol">Next layer protocol.</param>
    /// <param name="port">
    /// Port on this side, or null when the packet shows none (OPAQUE): then only ANY matches (RFC 4301 section 4.4.1.1).
    /// </param>
    /// <returns>True when all three lie in their ranges.</returns>
    public bool Contains(uint address, byte protocol, ushort? port) =>
        address >= FirstAddress
        && address <= LastAddress
        && (Protocol == 0 || Protocol == protocol)
        && (IsAnyPort || (port >= FirstPort && port <= LastPort));

    /// <summary>Whether an address lies in the range.</summary>
    /// <param name="address">An address as a number in host order.</param>
    /// <returns>True when it does.</returns>
    public bool ContainsAddress(uint address) => address >= FirstAddress && address <= LastAddress;

    /// <summary>Whether everything the other selects is selected here too.</summary>
    /// <param name="other">The selector that may be narrower.</param>
    /// <returns>True when it is a subset.</returns>
    public bool Contains(TrafficSelector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FirstAddress <= other.FirstAddress
            && LastAddress >= other.LastAddress
            && (Protocol == 0 || Protocol == other.Protocol)
            && FirstPort <= other.FirstPort
            && LastPort >= other.LastPort;
    }

    /// <summary>The traffic that both selectors select.</summary>
    /// <param name="other">The other selector.</param>
    /// <param name="common">What they share.</param>
    /// <returns>False when they share nothing.</returns>
    public bool TryIntersect(TrafficSelector other, [NotNullWhen(true)] out TrafficSelector? common)
    {
        ArgumentNullException.ThrowIfNull(other);
        common = null;
        return (Protocol == 0 || other.Protocol == 0 || Protocol == other.Protocol)
            && TryCreate(
                Math.Max(FirstAddress, other.FirstAddress),
                Math.Min(LastAddress, other.LastAddress),
                Math.Max(Protocol, other.Protocol),
                Math.Max(FirstPort, other.FirstPort),
                Math.Min(LastPort, other.LastPort),
                out common);
    }

    /// <summary>Addresses in their shortest form; protocol and ports in brackets unless they are ANY.</summary>
    /// <returns>For example "198.18.1.0/24" or "198.18.1.1[17/53]".</returns>
    public override string ToString() => TrafficSelectorText.Format(this);
}
