// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>What a NAT did with a packet. Everything but <see cref="Translated"/> means that it was dropped.</summary>
public enum NatVerdict
{
    /// <summary>It goes on under its new address.</summary>
    Translated,

    /// <summary>From the outside, and no mapping or forward leads inside.</summary>
    NoMapping,

    /// <summary>There is a mapping, but not for packets of this sender (RFC 4787 section 5).</summary>
    Filtered,

    /// <summary>A filter of the policy forbids it.</summary>
    Blocked,

    /// <summary>No outside port is left for another mapping.</summary>
    PortsExhausted,

    /// <summary>A fragment: this NAT does not put fragments together, as many do not.</summary>
    Fragment,

    /// <summary>A protocol that this NAT cannot translate.</summary>
    UnsupportedProtocol,

    /// <summary>Headers that do not parse, or an ICMP message with a wrong checksum.</summary>
    Malformed,
}
