// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Sa;

/// <summary>
/// One side of the traffic of an SA or a policy: a range of IPv4 or IPv6 addresses, a next layer protocol and a range of ports, or of
/// ICMP types and codes (RFC 4301 section 4.4.1.1). Both ends of both ranges are included.
/// </summary>
public sealed partial record TrafficSelector
{
    private const ushort PortMin = ushort.MinValue;
    private const ushort PortMax = ushort.MaxValue;

    private TrafficSelector(AddressNumber first, AddressNumber last, byte protocol, ushort firstPort, ushort lastPort)
    {
        FirstAddress = first;
        LastAddress = last;
        Protocol = protocol;
        FirstPort = firstPort;
        LastPort = lastPort;
    }

    /// <summary>All IPv4 addresses, all protocols, all ports.</summary>
    public static TrafficSelector Any { get; } = new(uint.MinValue, uint.MaxValue, 0, PortMin, PortMax);

    /// <summary>All IPv6 addresses, all protocols, all ports.</summary>
    public static TrafficSelector AnyIpv6 { get; } =
        new(new AddressNumber(IpVersion.V6, 0), AddressNumber.MaxOf(IpVersion.V6), 0, PortMin, PortMax);

    /// <summary>Lowest address.</summary>
    public AddressNumber FirstAddress { get; }

    /// <summary>Highest address, of the same version.</summary>
    public AddressNumber LastAddress { get; }

    /// <summary>Version of the addresses.</summary>
    public IpVersion Version => FirstAddress.Version;

    /// <summary>Next layer protocol number; 0 is ANY.</summary>
    public byte Protocol { get; }

    /// <summary>
    /// Lowest port. For ICMP the type in the high, the code in the low octet (RFC 4301 section 4.4.1.1). Above the highest for OPAQUE.
    /// </summary>
    public ushort FirstPort { get; }

    /// <summary>Highest port, or ICMP type and code.</summary>
    public ushort LastPort { get; }

    /// <summary>Whether the port field is ANY, which also stands for packets that have no ports to look at (OPAQUE).</summary>
    public bool IsAnyPort => FirstPort == PortMin && LastPort == PortMax;

    /// <summary>
    /// Whether the port field is OPAQUE: packets that show no ports, such as fragments that are not the first (RFC 4301 section 7.2).
    /// </summary>
    public bool IsOpaquePort => FirstPort > LastPort;

    /// <summary>Length in bits of the prefix that this range is, or null when it is not a subnet. 32 is a single IPv4 address.</summary>
    public int? PrefixLength
    {
        get
        {
            // The bits in which first and last differ are the host's part: a run of ones at the low end.
            var host = FirstAddress.Value ^ LastAddress.Value;
            var isSubnet = (host & (host + 1)) == 0 && (FirstAddress.Value & host) == 0;
            return isSubnet ? FirstAddress.Bits - (int)UInt128.PopCount(host) : null;
        }
    }

    /// <summary>All traffic of a subnet, written as a network and a prefix length.</summary>
    /// <param name="cidr">For example "198.18.1.0/24" or "2001:db8:1::/48"; bits behind the prefix are ignored.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="FormatException">The text is not a subnet.</exception>
    public static TrafficSelector Subnet(string cidr) =>
        TryParse(cidr, out var selector) && selector.PrefixLength is not null
            ? selector
            : throw new FormatException($"'{cidr}' is not a subnet such as 198.18.1.0/24.");

    /// <summary>All traffic of a subnet.</summary>
    /// <param name="network">An address of it.</param>
    /// <param name="prefixLength">0 to 32 or 128 bits.</param>
    /// <returns>The selector.</returns>
    public static TrafficSelector Subnet(IPAddress network, int prefixLength)
    {
        var number = AddressNumber.From(network);
        return new TrafficSelector(number.Network(prefixLength), number.LastOfNetwork(prefixLength), 0, PortMin, PortMax);
    }

    /// <summary>All traffic of one host.</summary>
    /// <param name="address">Its address.</param>
    /// <returns>The selector.</returns>
    public static TrafficSelector Address(IPAddress address) => Host(AddressNumber.From(address));

    /// <summary>All traffic of one host.</summary>
    /// <param name="address">Its address.</param>
    /// <returns>The selector.</returns>
    public static TrafficSelector Host(AddressNumber address) => new(address, address, 0, PortMin, PortMax);

    /// <summary>All traffic of a range of hosts.</summary>
    /// <param name="first">Lowest address.</param>
    /// <param name="last">Highest address, of the same version.</param>
    /// <returns>The selector.</returns>
    /// <exception cref="ArgumentException">The range is upside down.</exception>
    public static TrafficSelector Range(IPAddress first, IPAddress last) =>
        TryCreate(AddressNumber.From(first), AddressNumber.From(last), 0, PortMin, PortMax, out var selector)
            ? selector
            : throw new ArgumentException($"{first} lies above {last} or is of another version.", nameof(first));

    /// <summary>A selector from numbers that somebody else chose, such as an ID payload's.</summary>
    /// <param name="firstAddress">Lowest address.</param>
    /// <param name="lastAddress">Highest address.</param>
    /// <param name="protocol">Next layer protocol; 0 is ANY.</param>
    /// <param name="firstPort">Lowest port.</param>
    /// <param name="lastPort">Highest port.</param>
    /// <param name="selector">The selector.</param>
    /// <returns>False when a range is upside down or the addresses are of two versions.</returns>
    public static bool TryCreate(
        AddressNumber firstAddress,
        AddressNumber lastAddress,
        byte protocol,
        ushort firstPort,
        ushort lastPort,
        [NotNullWhen(true)] out TrafficSelector? selector)
    {
        var ordered = firstAddress.IsBetween(firstAddress, lastAddress) && firstAddress.Version == lastAddress.Version && firstPort <= lastPort;
        selector = ordered ? new TrafficSelector(firstAddress, lastAddress, protocol, firstPort, lastPort) : null;
        return ordered;
    }

    /// <summary>The traffic that an identification of quick mode stands for (RFC 2407 section 4.6.2): port 0 is ANY there.</summary>
    /// <param name="identification">IDci or IDcr.</param>
    /// <param name="selector">The selector.</param>
    /// <returns>False when it is not a well-formed address, subnet or range of either version.</returns>
    public static bool TryFrom(IdentificationPayload identification, [NotNullWhen(true)] out TrafficSelector? selector)
    {
        ArgumentNullException.ThrowIfNull(identification);
        selector = null;
        var (firstPort, lastPort) = identification.Port == 0 ? (PortMin, PortMax) : (identification.Port, identification.Port);
        return TryReadAddresses(identification, out var first, out var last)
            && TryCreate(first, last, identification.ProtocolId, firstPort, lastPort, out selector);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">
    /// "198.18.1.0/24", "2001:db8::1", "198.18.1.5-198.18.1.9", each with "[17]", "[17/53]", "[17/53-60]" or "[17/opaque]" behind it.
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

    /// <summary>This range of addresses for a range of ICMP messages of its version.</summary>
    /// <param name="type">The type.</param>
    /// <param name="code">The code; null for all codes of the type.</param>
    /// <returns>The narrower selector.</returns>
    public TrafficSelector ForIcmp(byte type, byte? code = null) => For(
        (byte)(Version == IpVersion.V4 ? IpProtocol.Icmp : IpProtocol.Icmpv6),
        (ushort)((type << 8) | (code ?? byte.MinValue)),
        (ushort)((type << 8) | (code ?? byte.MaxValue)));

    /// <summary>This range of addresses for the packets of a protocol that show no ports (OPAQUE).</summary>
    /// <param name="protocol">Next layer protocol; 0 is ANY.</param>
    /// <returns>The narrower selector.</returns>
    public TrafficSelector ForOpaque(byte protocol) => new(FirstAddress, LastAddress, protocol, PortMax, PortMin);

    /// <summary>Whether a packet with these fields is selected.</summary>
    /// <param name="address">Source or destination address.</param>
    /// <param name="protocol">Next layer protocol.</param>
    /// <param name="port">
    /// Port on this side, or null when the packet shows none: then only ANY and OPAQUE match (RFC 4301 section 4.4.1.1).
    /// </param>
    /// <returns>True when all three lie in their ranges.</returns>
    public bool Contains(in AddressNumber address, byte protocol, ushort? port) =>
        address.IsBetween(FirstAddress, LastAddress)
        && (Protocol == 0 || Protocol == protocol)
        && (IsAnyPort || (port is null ? IsOpaquePort : port >= FirstPort && port <= LastPort));

    /// <summary>Whether an address lies in the range.</summary>
    /// <param name="address">An address.</param>
    /// <returns>True when it does.</returns>
    public bool ContainsAddress(in AddressNumber address) => address.IsBetween(FirstAddress, LastAddress);

    /// <summary>Whether everything the other selects is selected here too.</summary>
    /// <param name="other">The selector that may be narrower.</param>
    /// <returns>True when it is a subset.</returns>
    public bool Contains(TrafficSelector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ContainsAddress(other.FirstAddress)
            && ContainsAddress(other.LastAddress)
            && (Protocol == 0 || Protocol == other.Protocol)
            && (IsAnyPort || (IsOpaquePort || other.IsOpaquePort
                ? IsOpaquePort && other.IsOpaquePort
                : FirstPort <= other.FirstPort && LastPort >= other.LastPort));
    }

    /// <summary>The traffic that both selectors select.</summary>
    /// <param name="other">The other selector.</param>
    /// <param name="common">What they share.</param>
    /// <returns>False when they share nothing.</returns>
    public bool TryIntersect(TrafficSelector other, [NotNullWhen(true)] out TrafficSelector? common)
    {
        ArgumentNullException.ThrowIfNull(other);
        common = null;
        if (Version != other.Version || (Protocol != 0 && other.Protocol != 0 && Protocol != other.Protocol))
        {
            return false;
        }

        var first = FirstAddress > other.FirstAddress ? FirstAddress : other.FirstAddress;
        var last = LastAddress < other.LastAddress ? LastAddress : other.LastAddress;
        var protocol = Math.Max(Protocol, other.Protocol);
        if (IsOpaquePort || other.IsOpaquePort)
        {
            var bothHaveIt = (IsOpaquePort || IsAnyPort) && (other.IsOpaquePort || other.IsAnyPort);
            common = bothHaveIt && first <= last ? new TrafficSelector(first, last, protocol, PortMax, PortMin) : null;
            return common is not null;
        }

        return TryCreate(
            first, last, protocol, Math.Max(FirstPort, other.FirstPort), Math.Min(LastPort, other.LastPort), out common);
    }

    /// <summary>Addresses in their shortest form; protocol and ports in brackets unless they are ANY.</summary>
    /// <returns>For example "198.18.1.0/24" or "198.18.1.1[17/53]".</returns>
    public override string ToString() => TrafficSelectorText.Format(this);

    private static bool TryReadAddresses(IdentificationPayload identification, out AddressNumber first, out AddressNumber last)
    {
        if (identification.TryGetIpv4Range(out var low, out var high))
        {
            (first, last) = (low, high);
            return true;
        }

        const int Size = AddressNumber.Ipv6Size;
        var data = identification.Data.Span;
        (first, last) = (default, default);
        switch (identification.IdType)
        {
            case IdType.Ipv6Address when data.Length == Size:
                first = last = AddressNumber.Read(data, IpVersion.V6);
                return true;
            case IdType.Ipv6Range when data.Length == 2 * Size:
                (first, last) = (AddressNumber.Read(data, IpVersion.V6), AddressNumber.Read(data[Size..], IpVersion.V6));
                return true;
            case IdType.Ipv6Subnet when data.Length == 2 * Size:
                var mask = AddressNumber.Read(data[Size..], IpVersion.V6).Value;
                var number = AddressNumber.Read(data, IpVersion.V6);
                (first, last) = (number with { Value = number.Value & mask }, number with { Value = number.Value | ~mask });

                // A mask with holes is no subnet.
                return (~mask & (~mask + 1)) == 0;
            default:
                return false;
        }
    }
}
