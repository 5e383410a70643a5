// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.V1.Nat;
using Ipsec.Wire.V1;
using static Ipsec.Wire.V1.EncapsulationMode;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>The encapsulation modes of RFC 2407 section 4.5, RFC 3947 section 5.1 and the drafts before it.</summary>
internal static class Encapsulation
{
    public static bool IsUdp(EncapsulationMode mode) =>
        mode is UdpEncapsulatedTunnel or UdpEncapsulatedTransport or UdpEncapsulatedTunnelDraft or UdpEncapsulatedTransportDraft;

    /// <summary>Tunnel or transport.</summary>
    public static EncapsulationMode Base(EncapsulationMode mode) =>
        mode is Transport or UdpEncapsulatedTransport or UdpEncapsulatedTransportDraft ? Transport : Tunnel;

    public static bool IsDraft(EncapsulationMode mode) => mode is UdpEncapsulatedTunnelDraft or UdpEncapsulatedTransportDraft;

    /// <summary>Whether original addresses must be told: UDP-encapsulated transport mode, and only there (RFC 3947 section 5.2).</summary>
    public static bool NeedsOriginalAddresses(EncapsulationMode mode) => IsUdp(mode) && Base(mode) == Transport;

    /// <summary>
    /// What stands for a policy's mode on the wire. UDP encapsulation is used with a NAT and not without (RFC 3947 section
    /// 5.1), unless the policy insists on it.
    /// </summary>
    public static EncapsulationMode OnTheWire(EncapsulationMode policy, NatSituation nat) => nat.Encapsulation(policy);

    /// <summary>
    /// The modes that a responder accepts. Where it uses UDP encapsulation, the numbers of RFC and drafts mean the same, and
    /// a peer may prefer either.
    /// </summary>
    public static ImmutableArray<EncapsulationMode> Acceptable(EncapsulationMode policy, NatSituation nat) => OnTheWire(policy, nat) switch
    {
        UdpEncapsulatedTunnel => [UdpEncapsulatedTunnel, UdpEncapsulatedTunnelDraft],
        UdpEncapsulatedTunnelDraft => [UdpEncapsulatedTunnelDraft, UdpEncapsulatedTunnel],
        UdpEncapsulatedTransport => [UdpEncapsulatedTransport, UdpEncapsulatedTransportDraft],
        UdpEncapsulatedTransportDraft => [UdpEncapsulatedTransportDraft, UdpEncapsulatedTransport],
        var plain => [plain],
    };

    /// <summary>The suites that can be used: AH covers the outer addresses, which a NAT changes.</summary>
    public static ImmutableArray<Phase2Suite> Usable(ImmutableArray<Phase2Suite> suites, EncapsulationMode onTheWire) =>
        IsUdp(onTheWire) ? [.. suites.Where(s => s.AhIntegrity is null)] : suites;
}
