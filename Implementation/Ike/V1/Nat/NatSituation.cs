// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Nat;

/// <summary>What phase 1 has found out about address translation on the path (RFC 3947 section 3).</summary>
/// <param name="Version">The description both ends speak; <see cref="NatTraversalVersion.None"/> without one in common.</param>
/// <param name="IsLocalBehindNat">Whether this endpoint's address or port is changed on the way.</param>
/// <param name="IsPeerBehindNat">Whether the peer's address or port is changed on the way.</param>
/// <param name="IsForced">Whether this endpoint behaves as if there were a NAT, by policy.</param>
public sealed record NatSituation(NatTraversalVersion Version, bool IsLocalBehindNat, bool IsPeerBehindNat, bool IsForced = false)
{
    /// <summary>The port to which IKE floats, and on which UDP-encapsulated ESP travels (RFC 3947 section 4, RFC 3948 section 2).</summary>
    public const int FloatedPort = 4500;

    /// <summary>No NAT traversal: not negotiated, or not yet known.</summary>
    public static NatSituation None { get; } = new(NatTraversalVersion.None, false, false);

    /// <summary>Whether the SAs of this peer need UDP encapsulation (RFC 3947 section 5.1).</summary>
    public bool NeedsUdp => Version != NatTraversalVersion.None && (IsLocalBehindNat || IsPeerBehindNat || IsForced);

    /// <summary>Whether NAT-D and NAT-OA have the numbers of the drafts, 130 and 131.</summary>
    public bool UsesDraftNumbers => Version is NatTraversalVersion.Draft02 or NatTraversalVersion.Draft03;

    /// <summary>
    /// Whether the peer's address is taken from its last authenticated packet: only by an end that is not behind a NAT, of
    /// one that is (RFC 3947 section 7).
    /// </summary>
    public bool FollowsPeer => Version != NatTraversalVersion.None && IsPeerBehindNat && !IsLocalBehindNat;

    /// <summary>The encapsulation mode to propose and to accept for a plain mode of the policy (RFC 3947 section 5.1).</summary>
    /// <param name="mode">Tunnel or transport; another value is returned as it is.</param>
    /// <returns>The mode, UDP-encapsulated where this situation needs it.</returns>
    public EncapsulationMode Encapsulation(EncapsulationMode mode) => (NeedsUdp, UsesDraftNumbers, mode) switch
    {
        (true, false, EncapsulationMode.Tunnel) => EncapsulationMode.UdpEncapsulatedTunnel,
        (true, false, EncapsulationMode.Transport) => EncapsulationMode.UdpEncapsulatedTransport,
        (true, true, EncapsulationMode.Tunnel) => EncapsulationMode.UdpEncapsulatedTunnelDraft,
        (true, true, EncapsulationMode.Transport) => EncapsulationMode.UdpEncapsulatedTransportDraft,
        _ => mode,
    };

    /// <summary>
    /// NAT-OAi and NAT-OAr of a quick mode (RFC 3947 section 5.2): each side gives its own address and the peer's as it
    /// sees it, the initiator of the quick mode first. The drafts know only the own address.
    /// </summary>
    /// <param name="local">This endpoint's address.</param>
    /// <param name="remote">The peer's address as seen here.</param>
    /// <param name="isInitiator">Whether this endpoint starts the quick mode.</param>
    /// <returns>The payloads with the numbers that the version demands.</returns>
    public ImmutableArray<NatOriginalAddressPayload> OriginalAddresses(IPAddress local, IPAddress remote, bool isInitiator)
    {
        var own = NatOriginalAddressPayload.For(local) with { IsDraft = UsesDraftNumbers };
        if (UsesDraftNumbers)
        {
            return [own];
        }

        var peers = NatOriginalAddressPayload.For(remote);
        return isInitiator ? [own, peers] : [peers, own];
    }
}
