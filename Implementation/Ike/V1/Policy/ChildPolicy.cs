// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>What this endpoint is willing to protect, and how.</summary>
public sealed record ChildPolicy
{
    /// <summary>Name, unique within the connection.</summary>
    public required string Name { get; init; }

    /// <summary>The traffic on this endpoint's side, as IDci or IDcr carries it (RFC 2407 section 4.6.2).</summary>
    public required IdentificationPayload LocalSelector { get; init; }

    /// <summary>The traffic on the peer's side.</summary>
    public required IdentificationPayload RemoteSelector { get; init; }

    /// <summary>
    /// Which selector is the address that mode config gives; the one above then counts until it has been given, and says
    /// its family, protocol and port.
    /// </summary>
    public AssignedSelector Assigned { get; init; }

    /// <summary>
    /// Whether SAs may be negotiated for a part of this traffic, in either role: those that are populated from packets (RFC 4301 section
    /// 4.4.1.2). Otherwise the peer has to mean all of it.
    /// </summary>
    public bool MayBeNarrowed { get; init; }

    /// <summary>Suites of ESP, AH or both, most preferred first.</summary>
    public required ImmutableArray<Phase2Suite> Suites { get; init; }

    /// <summary>How suites of one protocol are offered.</summary>
    public ProposalLayout Layout { get; init; } = ProposalLayout.Transforms;

    /// <summary>Group for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>
    /// Number of a private group for perfect forward secrecy in place of <see cref="Pfs"/>: one that new group mode has
    /// given the peer by the time it is needed (RFC 2409 section 5.6). Null for none.
    /// </summary>
    public ushort? PrivatePfsGroup { get; init; }

    /// <summary>
    /// Tunnel or transport; what they become when there is a NAT is for NAT traversal to say (RFC 3947 section 5.1). One of
    /// the UDP-encapsulated modes insists on it, NAT or not.
    /// </summary>
    public EncapsulationMode Mode { get; init; } = EncapsulationMode.Tunnel;

    /// <summary>
    /// Width of this side's replay window in packets, a matter of the receiver alone (RFC 4303 section 3.4.3); null for the default.
    /// </summary>
    public int? ReplayWindow { get; init; }

    /// <summary>Lifetime offered, in seconds, and the longest that is used.</summary>
    public uint LifetimeSeconds { get; init; } = 3600;

    /// <summary>Lifetime offered, in units of 1024 bytes protected, and the longest that is used; null for none.</summary>
    public ulong? LifetimeKilobytes { get; init; }

    /// <summary>
    /// Whether offers say nothing of a lifetime, which means eight hours and no limit of volume (RFC 2407 section 4.5); the two above then
    /// do not count.
    /// </summary>
    public bool OmitLifetime { get; init; }

    /// <summary>What to do about the offer of a longer lifetime.</summary>
    public LongerLifetime LongerLifetime { get; init; } = LongerLifetime.Notify;

    /// <summary>
    /// Whether quick mode goes without client identities, which is the same as naming the peers' own addresses (RFC 2409
    /// section 5.5); the selectors must be those.
    /// </summary>
    public bool OmitIdentities { get; init; }

    /// <summary>Whether this side sets the commit bit in quick mode and so owes a CONNECTED (RFC 2408 section 3.1).</summary>
    public bool SetCommitBit { get; init; }
}
