// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>When a NAT uses a mapping that it has for another destination, too (RFC 4787 section 4.1).</summary>
public enum NatMappingBehavior
{
    /// <summary>One mapping for an inside address and port, whatever the destination.</summary>
    EndpointIndependent,

    /// <summary>One mapping for each destination address and port: what is called a symmetric NAT.</summary>
    AddressAndPortDependent,
}
