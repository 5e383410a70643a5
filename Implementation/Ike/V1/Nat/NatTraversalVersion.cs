// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Nat;

/// <summary>Which description of NAT traversal both ends speak; a larger value is preferred.</summary>
public enum NatTraversalVersion
{
    /// <summary>None: the peers have not announced one in common.</summary>
    None = 0,

    /// <summary>draft-ietf-ipsec-nat-t-ike-02: payload types 130 and 131, encapsulation modes 61443 and 61444.</summary>
    Draft02 = 2,

    /// <summary>draft-ietf-ipsec-nat-t-ike-03: on the wire the same as <see cref="Draft02"/>, with a vendor ID of its own.</summary>
    Draft03 = 3,

    /// <summary>RFC 3947: payload types 20 and 21, encapsulation modes 3 and 4.</summary>
    Rfc3947 = 3947,
}
