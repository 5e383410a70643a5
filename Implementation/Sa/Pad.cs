// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Sa;

/// <summary>
/// Peer Authorization Database: the link between the SPD and IKE, ordered entries of which the first that matches decides (RFC 4301
/// section 4.4.3). Immutable; a change makes another one.
/// </summary>
/// <param name="Entries">First has precedence.</param>
public sealed record Pad(ImmutableArray<PadEntry> Entries)
{
    /// <summary>Knows nobody.</summary>
    public static Pad Empty { get; } = new([]);

    /// <summary>Finds the entry of a peer by its identity.</summary>
    /// <param name="identification">IDii or IDir of phase 1.</param>
    /// <returns>The first entry that matches; null when the peer is nobody's.</returns>
    public PadEntry? Find(IdentificationPayload identification) =>
        Entries.FirstOrDefault(entry => entry.Identity.Matches(identification));

    /// <summary>Whether a peer may authenticate itself in this way and have an SA for this traffic.</summary>
    /// <param name="identification">IDii or IDir of phase 1.</param>
    /// <param name="method">How it authenticated itself.</param>
    /// <param name="remote">What it wants protected as its own side.</param>
    /// <returns>True when its entry allows both.</returns>
    public bool Allows(IdentificationPayload identification, AuthenticationMethod method, TrafficSelector remote) =>
        Find(identification) is { } entry && entry.Methods.Contains(method) && entry.Allows(remote);
}
