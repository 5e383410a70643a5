// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Sa;

/// <summary>What is known about a group of peers (RFC 4301 section 4.4.3).</summary>
public sealed record PadEntry
{
    /// <summary>The connection that the peers of this entry use, by which IKE knows protocol, credentials and proposals.</summary>
    public required string Connection { get; init; }

    /// <summary>Whom the entry is about.</summary>
    public required PadIdentity Identity { get; init; }

    /// <summary>How such a peer may authenticate itself; none refuses the peer.</summary>
    public ImmutableArray<AuthenticationMethod> Methods { get; init; } = [AuthenticationMethod.PreSharedKey];

    /// <summary>
    /// What such a peer may ask protection for as its own side: without it any peer could claim another's addresses (section 4.4.3.4).
    /// </summary>
    public ImmutableArray<TrafficSelector> RemoteTraffic { get; init; } = [];

    /// <summary>Whether a peer may negotiate an SA for this as its own side.</summary>
    /// <param name="remote">What it asks for.</param>
    /// <returns>True when one of the allowed ranges contains all of it.</returns>
    public bool Allows(TrafficSelector remote) => RemoteTraffic.Any(allowed => allowed.Contains(remote));
}
