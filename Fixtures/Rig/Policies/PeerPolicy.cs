// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Ike.V1;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>
/// What one side of a scenario is to be willing to do, in nobody's configuration language. Our own side and every peer
/// are given the same record; a driver renders it, or says that its peer cannot do it.
/// </summary>
public sealed record PeerPolicy
{
    /// <summary>The port of IKE (RFC 2408 section 2.5.1).</summary>
    public const int DefaultIkePort = 500;

    /// <summary>Name of the connection, unique within a run.</summary>
    public required string Name { get; init; }

    /// <summary>This side's outer address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The other side's outer address, as this side sees it: a NAT's where one is in between.</summary>
    public required IPAddress RemoteAddress { get; init; }

    /// <summary>This side's identity.</summary>
    public required PeerIdentity Identity { get; init; }

    /// <summary>The identity demanded of the other side.</summary>
    public required PeerIdentity RemoteIdentity { get; init; }

    /// <summary>The exchange of phase 1 that this side starts and takes.</summary>
    public Phase1Mode Mode { get; init; } = Phase1Mode.Main;

    /// <summary>Phase 1 suites with their authentication methods, most preferred first.</summary>
    public required ImmutableArray<Phase1Suite> Phase1 { get; init; }

    /// <summary>When this side starts to replace the IKE SA, in seconds; null for nine tenths of the lifetime.</summary>
    public uint? Phase1RekeySeconds { get; init; }

    /// <summary>The pre-shared key, as text; null where no suite needs one.</summary>
    public string? PreSharedKey { get; init; }

    /// <summary>Certificates, keys and what is demanded of the other side's; null where no suite needs any.</summary>
    public CertificatePeerPolicy? Certificates { get; init; }

    /// <summary>This side's part in extended authentication; null where no suite has it.</summary>
    public XauthPeerPolicy? Xauth { get; init; }

    /// <summary>This side's part in mode config; null for none.</summary>
    public ModeConfigPeerPolicy? ModeConfig { get; init; }

    /// <summary>What is done about NATs.</summary>
    public NatTraversalChoice NatTraversal { get; init; } = NatTraversalChoice.Auto;

    /// <summary>The port on which this side starts phase 1, and to which it sends.</summary>
    public int IkePort { get; init; } = DefaultIkePort;

    /// <summary>Fragmentation of IKE messages; null for what the implementation does by itself.</summary>
    public FragmentationPeerPolicy? Fragmentation { get; init; }

    /// <summary>Dead peer detection; null for none of its own, but questions are answered.</summary>
    public DeadPeerPolicy? DeadPeerDetection { get; init; }

    /// <summary>What becomes of an older IKE SA with the same peer.</summary>
    public UniquenessChoice Uniqueness { get; init; } = UniquenessChoice.Never;

    /// <summary>Vendor IDs to send beside the implementation's own.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> VendorIds { get; init; } = [];

    /// <summary>What goes without an SA, before anything else.</summary>
    public ImmutableArray<ShuntPeerPolicy> Shunts { get; init; } = [];

    /// <summary>What may be protected.</summary>
    public required ImmutableArray<ChildPeerPolicy> Children { get; init; }
}
