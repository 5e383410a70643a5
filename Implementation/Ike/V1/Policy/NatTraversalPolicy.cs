// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Ike.V1.Nat;

namespace Ipsec.Ike.V1.Policy;

/// <summary>How a connection crosses NATs (RFC 3947, RFC 3948).</summary>
public sealed record NatTraversalPolicy
{
    /// <summary>No NAT traversal.</summary>
    public static NatTraversalPolicy Off { get; } = new() { Mode = NatTraversalMode.Off };

    /// <summary>Whether it is used.</summary>
    public NatTraversalMode Mode { get; init; } = NatTraversalMode.Auto;

    /// <summary>The descriptions announced and accepted; their order does not matter.</summary>
    public ImmutableArray<NatTraversalVersion> Versions { get; init; } =
        [NatTraversalVersion.Rfc3947, NatTraversalVersion.Draft03, NatTraversalVersion.Draft02];

    /// <summary>
    /// Further ends of this endpoint that may be the source of its packets: each is one more source hash (RFC 3947 section
    /// 3.2). The connection's own local end always is among them.
    /// </summary>
    public ImmutableArray<IPEndPoint> FurtherLocalEnds { get; init; } = [];

    /// <summary>
    /// Silence towards the peer after which a keepalive is sent (RFC 3948 section 4). Only an end behind a NAT sends any.
    /// </summary>
    public TimeSpan KeepaliveInterval { get; init; } = TimeSpan.FromSeconds(20);
}
