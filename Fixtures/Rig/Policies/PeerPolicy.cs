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
    /// <summary>Name of the connection, unique within a run.</summary>
    public required string Name { get; init; }

    /// <summary>This side's outer address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The other side's outer address.</summary>
    public required IPAddress RemoteAddress { get; init; }

    /// <summary>This side's identity, an FQDN (RFC 2407 section 4.6.2.3).</summary>
    public required string Identity { get; init; }

    /// <summary>The identity demanded of the other side, an FQDN.</summary>
    public required string RemoteIdentity { get; init; }

    /// <summary>The pre-shared key, as text.</summary>
    public required string PreSharedKey { get; init; }

    /// <summary>Phase 1 suites, most preferred first.</summary>
    public required ImmutableArray<Phase1Suite> Phase1 { get; init; }

    /// <summary>What may be protected.</summary>
    public required ImmutableArray<ChildPeerPolicy> Children { get; init; }
}
