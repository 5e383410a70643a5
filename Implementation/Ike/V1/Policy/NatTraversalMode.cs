// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>When NAT traversal is used (RFC 3947).</summary>
public enum NatTraversalMode
{
    /// <summary>Never: it is not announced.</summary>
    Off,

    /// <summary>When there is a NAT on the path.</summary>
    Auto,

    /// <summary>Always: the peer is told a source hash that no address has, so that it finds a NAT.</summary>
    Force,
}
