// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>
/// Directions an SPD entry speaks for: SPD-O and SPD-I entries are for one, SPD-S entries for both (RFC 4301 section 4.4.1).
/// </summary>
[Flags]
public enum TrafficDirections
{
    /// <summary>Neither; an entry with this value never matches.</summary>
    None = 0,

    /// <summary>From the protected to the unprotected side.</summary>
    Outbound = 1,

    /// <summary>From the unprotected to the protected side.</summary>
    Inbound = 2,

    /// <summary>Both ways, with local and remote swapped on the way in.</summary>
    Both = Outbound | Inbound,
}
