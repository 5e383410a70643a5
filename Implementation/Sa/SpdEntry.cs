// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>One line of the policy: which traffic, and what to do with it (RFC 4301 section 4.4.1.2).</summary>
/// <param name="Name">Name of the entry; for <see cref="SpdAction.Protect"/> that of the SAs that carry the traffic.</param>
/// <param name="Selectors">The traffic, seen as an outbound packet has it: local is the source.</param>
/// <param name="Action">What to do with it.</param>
/// <param name="Directions">The directions the entry applies to.</param>
/// <param name="Populate">What an SA for this entry takes from the packet that causes it.</param>
public sealed record SpdEntry(
    string Name,
    SelectorPair Selectors,
    SpdAction Action,
    TrafficDirections Directions = TrafficDirections.Both,
    PopulateFromPacket Populate = PopulateFromPacket.None)
{
    /// <summary>
    /// The nominal last entry, which discards whatever no other entry matches (RFC 4301 section 4.4.1, "SPD Entries").
    /// </summary>
    public static SpdEntry Unmatched { get; } = new("(unmatched)", SelectorPair.Any, SpdAction.Discard);

    /// <summary>What a packet gets whose header cannot be read: no selector can match it, so it is discarded.</summary>
    public static SpdEntry Unreadable { get; } = new("(unreadable)", SelectorPair.Any, SpdAction.Discard);

    /// <summary>Whether an outbound packet falls under this entry.</summary>
    /// <param name="packet">The packet's selector fields.</param>
    /// <returns>True when direction and selectors match.</returns>
    public bool MatchesOutbound(in PacketSelectors packet) =>
        (Directions & TrafficDirections.Outbound) != 0 && Selectors.MatchesOutbound(packet);

    /// <summary>Whether an inbound packet falls under this entry.</summary>
    /// <param name="packet">The packet's selector fields.</param>
    /// <returns>True when direction and selectors, local and remote swapped, match.</returns>
    public bool MatchesInbound(in PacketSelectors packet) =>
        (Directions & TrafficDirections.Inbound) != 0 && Selectors.MatchesInbound(packet);

    /// <summary>
    /// The selectors that an SA for an outbound packet is to have (RFC 4301 section 4.4.1.2): the entry's, and the packet's own value
    /// where the entry says so. A packet that shows no port makes such a selector OPAQUE.
    /// </summary>
    /// <param name="packet">The packet, which the entry matches.</param>
    /// <returns>What to negotiate.</returns>
    public SelectorPair SelectorsFor(in PacketSelectors packet)
    {
        var protocol = Populate.HasFlag(PopulateFromPacket.Protocol) ? packet.Protocol : (byte?)null;
        return new SelectorPair(
            Side(
                Selectors.Local,
                Populate.HasFlag(PopulateFromPacket.LocalAddress) ? packet.SourceAddress : null,
                protocol,
                Populate.HasFlag(PopulateFromPacket.LocalPort),
                packet.SourcePort),
            Side(
                Selectors.Remote,
                Populate.HasFlag(PopulateFromPacket.RemoteAddress) ? packet.DestinationAddress : null,
                protocol,
                Populate.HasFlag(PopulateFromPacket.RemotePort),
                packet.DestinationPort));
    }

    /// <summary>The entry as a line of a policy listing.</summary>
    /// <returns>For example "net: Protect 198.18.1.0/24 === 198.18.2.0/24".</returns>
    public override string ToString() => $"{Name}: {Action} {Selectors}";

    private static TrafficSelector Side(
        TrafficSelector entry, in AddressNumber? address, byte? protocol, bool populatesPort, ushort? port)
    {
        var addresses = address is { } only ? TrafficSelector.Host(only) : entry;
        var upper = protocol ?? entry.Protocol;
        return populatesPort ? port is { } value ? addresses.For(upper, value, value) : addresses.ForOpaque(upper)
            : entry.IsOpaquePort ? addresses.ForOpaque(upper)
            : addresses.For(upper, entry.FirstPort, entry.LastPort);
    }
}
