// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>Whom a NAT on the path between a gateway and its peer hides.</summary>
public enum NatSide
{
    /// <summary>The gateway: the wire sees it under the NAT's outside address.</summary>
    Gateway,

    /// <summary>The peer: the gateway sees it under the NAT's outside address.</summary>
    Peer,
}
