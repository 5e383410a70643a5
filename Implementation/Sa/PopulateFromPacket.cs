// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Sa;

/// <summary>
/// The selectors that an SA takes from the packet that caused it instead of from its SPD entry (RFC 4301 section 4.4.1, "PFP flags").
/// </summary>
[Flags]
public enum PopulateFromPacket
{
    /// <summary>All as in the SPD entry.</summary>
    None = 0,

    /// <summary>The local address.</summary>
    LocalAddress = 1,

    /// <summary>The remote address.</summary>
    RemoteAddress = 2,

    /// <summary>The next layer protocol.</summary>
    Protocol = 4,

    /// <summary>The local port, or ICMP type and code.</summary>
    LocalPort = 8,

    /// <summary>The remote port, or ICMP type and code.</summary>
    RemotePort = 16,

    /// <summary>All of them.</summary>
    All = LocalAddress | RemoteAddress | Protocol | LocalPort | RemotePort,
}
