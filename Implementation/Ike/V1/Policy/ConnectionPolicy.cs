// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>What this endpoint is willing to do with one peer.</summary>
public sealed record ConnectionPolicy
{
    /// <summary>Name, unique within an endpoint.</summary>
    public required string Name { get; init; }

    /// <summary>This endpoint's outer address and IKE port.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>
    /// The peer's outer address and IKE port. In main mode the pre-shared key is chosen by it (RFC 2409 section 5.4). The unspecified
    /// address stands for any: such a connection only responds.
    /// </summary>
    public required IPEndPoint Remote { get; init; }

    /// <summary>The identity sent in IDii or IDir.</summary>
    public required IdentificationPayload LocalIdentity { get; init; }

    /// <summary>The identities accepted from the peer.</summary>
    public required IdentityPattern RemoteIdentity { get; init; }

    /// <summary>The pre-shared key, any length above zero; empty when no suite uses one.</summary>
    public ReadOnlyMemory<byte> PreSharedKey { get; init; }

    /// <summary>Our key pair, and whose certificates we believe; null when no suite uses them.</summary>
    public CertificateCredentials? Certificates { get; init; }

    /// <summary>
    /// The peer's public key, when it is known beforehand: signatures are verified with it instead of a certificate's key, and payloads
    /// are encrypted with it (RFC 2409 sections 5.2 and 5.3).
    /// </summary>
    public VerifyingKey? PeerPublicKey { get; init; }

    /// <summary>
    /// The peer's certificate, when it is known beforehand: used when the peer sends none, and named by HASH(1) when something is
    /// encrypted with its key (RFC 2409 section 5.2).
    /// </summary>
    public Certificate? PeerCertificate { get; init; }

    /// <summary>How this endpoint starts phase 1.</summary>
    public Phase1Mode Mode { get; init; } = Phase1Mode.Main;

    /// <summary>How the peer may start phase 1.</summary>
    public ImmutableArray<Phase1Mode> AcceptedModes { get; init; } = [Phase1Mode.Main];

    /// <summary>Whether the peer is told when an IKE SA is the only one with it (RFC 2407 section 4.6.3.3).</summary>
    public bool InitialContact { get; init; }

    /// <summary>Vendor IDs to send besides those of what is spoken here (RFC 2408 section 3.16).</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> ExtraVendorIds { get; init; } = [];

    /// <summary>Phase 1 suites, most preferred first.</summary>
    public required ImmutableArray<Phase1Suite> Phase1 { get; init; }

    /// <summary>The SA pairs that may be negotiated under this connection's IKE SA.</summary>
    public ImmutableArray<ChildPolicy> Children { get; init; } = [];

    /// <summary>How NATs are crossed (RFC 3947).</summary>
    public NatTraversalPolicy NatTraversal { get; init; } = NatTraversalPolicy.Off;

    /// <summary>What is done about messages that are too large for one datagram.</summary>
    public FragmentationPolicy Fragmentation { get; init; } = FragmentationPolicy.Off;

    /// <summary>How a dead peer is found out (RFC 3706); null to have no part in it.</summary>
    public DeadPeerDetectionPolicy? DeadPeerDetection { get; init; }

    /// <summary>Extended authentication; null when no suite asks for it.</summary>
    public XauthPolicy? Xauth { get; init; }

    /// <summary>Addresses given or received in mode config; null for none.</summary>
    public ModeConfigPolicy? ModeConfig { get; init; }

    /// <summary>Timers for unanswered messages.</summary>
    public RetransmissionPolicy Retransmission { get; init; } = RetransmissionPolicy.Default;

    /// <summary>When its SAs of both phases are replaced.</summary>
    public RekeyPolicy Rekey { get; init; } = new();

    /// <summary>
    /// What to do about the offer of a longer lifetime in phase 1. To refuse it is not possible there: no notification of
    /// phase 1 tells why (RFC 2407 section 4.5.4 is about quick mode).
    /// </summary>
    public LongerLifetime LongerIkeLifetime { get; init; } = LongerLifetime.Notify;

    /// <summary>Which private groups the peer may bring; null for none.</summary>
    public NewGroupPolicy? NewGroups { get; init; }

    /// <summary>The key that encrypts for the peer; null when none is known beforehand.</summary>
    internal VerifyingKey? PeerEncryptionKey => PeerPublicKey ?? PeerCertificate?.PublicKey;

    /// <summary>Whether it serves peers at any address.</summary>
    internal bool AcceptsAnyAddress => Remote.Address.Equals(IPAddress.Any) || Remote.Address.Equals(IPAddress.IPv6Any);
}
