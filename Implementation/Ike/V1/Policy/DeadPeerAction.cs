// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>What is to become of the connection when its peer is dead. Its SAs are gone in any case (RFC 3706 section 5.4).</summary>
public enum DeadPeerAction
{
    /// <summary>Nothing more.</summary>
    Clear,

    /// <summary>Whoever acts on the effects is to negotiate again when there is traffic.</summary>
    Hold,

    /// <summary>Whoever acts on the effects is to negotiate again at once.</summary>
    Restart,
}
