// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>What a datagram on UDP port 4500 carries (RFC 3948 section 2).</summary>
public enum UdpEncapsulationKind
{
    /// <summary>None of the others: too short to tell, to be ignored.</summary>
    Malformed,

    /// <summary>The octet 0xFF alone: there to keep a NAT mapping, ignored by the receiver (section 2.3).</summary>
    Keepalive,

    /// <summary>Four zero octets and an IKE message (section 2.2).</summary>
    Ike,

    /// <summary>An ESP packet, whose SPI is not zero (section 2.1).</summary>
    Esp,
}
