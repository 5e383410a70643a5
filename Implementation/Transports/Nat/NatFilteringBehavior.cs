// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>Whose packets a NAT lets in through a mapping (RFC 4787 section 5).</summary>
public enum NatFilteringBehavior
{
    /// <summary>Everybody's.</summary>
    EndpointIndependent,

    /// <summary>Those of addresses to which the inside host has sent through the mapping.</summary>
    AddressDependent,

    /// <summary>Those of addresses and ports to which the inside host has sent through the mapping.</summary>
    AddressAndPortDependent,
}
