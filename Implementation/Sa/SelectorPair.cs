// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>
/// Local and remote selectors of an SPD entry or an SA; swapped to express direction (RFC 4301 section 4.4.1,
/// "Representing Directionality in an SPD Entry").
/// </summary>
/// <param name="Local">What this side protects: source of outbound, destination of inbound packets.</param>
/// <param name="Remote">What the peer's side protects.</param>
public sealed record SelectorPair(TrafficSelector Local, TrafficSelector Remote)
{
    /// <summary>All IPv4 traffic.</summary>
    public static SelectorPair Any { get; } = new(TrafficSelector.Any, TrafficSelector.Any);

    /// <summary>All IPv6 traffic.</summary>
    public static SelectorPair AnyIpv6 { get; } = new(TrafficSelector.AnyIpv6, TrafficSelector.AnyIpv6);

    /// <summary>The pair as the peer sees it.</summary>
    public SelectorPair Reversed => new(Remote, Local);

    /// <summary>Whether a packet going out is this pair's traffic.</summary>
    /// <param name="packet">The packet's selector fields.</param>
    /// <returns>True when source and destination both match.</returns>
    public bool MatchesOutbound(in PacketSelectors packet) =>
        Local.Contains(packet.SourceAddress, packet.Protocol, packet.SourcePort)
        && Remote.Contains(packet.DestinationAddress, packet.Protocol, packet.DestinationPort);

    /// <summary>
    /// Whether a packet coming in is this pair's traffic; for what an SA delivers this is the check of RFC 4301 section 5.2 step 4.
    /// </summary>
    /// <param name="packet">The packet's selector fields.</param>
    /// <returns>True when source and destination both match.</returns>
    public bool MatchesInbound(in PacketSelectors packet) =>
        Remote.Contains(packet.SourceAddress, packet.Protocol, packet.SourcePort)
        && Local.Contains(packet.DestinationAddress, packet.Protocol, packet.DestinationPort);

    /// <summary>Whether every packet of the other pair is also one of this pair.</summary>
    /// <param name="other">The pair that may be narrower.</param>
    /// <returns>True when both sides contain the other's.</returns>
    public bool Contains(SelectorPair other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Local.Contains(other.Local) && Remote.Contains(other.Remote);
    }

    /// <summary>Both sides in one line.</summary>
    /// <returns>For example "198.18.1.0/24 === 198.18.2.0/24".</returns>
    public override string ToString() => $"{Local} === {Remote}";
}
