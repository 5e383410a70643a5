// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>Which way a packet crosses a NAT.</summary>
public enum NatDirection
{
    /// <summary>From an inside host to the outside.</summary>
    Outbound,

    /// <summary>From the outside to an inside host.</summary>
    Inbound,
}
