// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>One line of the policy: which traffic, and what to do with it (RFC 4301 section 4.4.1.2).</summary>
/// <param name="Name">Name of the entry; for <see cref="SpdAction.Protect"/> that of the SAs that carry the traffic.</param>
/// <param name="Selectors">The traffic, seen as an outbound packet has it: local is the source.</param>
/// <param name="Action">What to do with it.</param>
/// <param name="Directions">The directions the entry applies to.</param>
public sealed record SpdEntry(
    string Name,
    SelectorPair Selectors,
    SpdAction Action,
    TrafficDirections Directions = TrafficDirections.Both)
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

    /// <summary>The entry as a line of a policy listing.</summary>
    /// <returns>For example "net: Protect 198.18.1.0/24 === 198.18.2.0/24".</returns>
    public override string ToString() => $"{Name}: {Action} {Selectors}";
}
