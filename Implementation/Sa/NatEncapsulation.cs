// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Sa;

/// <summary>UDP encapsulation of an ESP SA (RFC 3948 section 2.1), and the addresses behind the NATs for transport mode.</summary>
/// <param name="SourcePort">Source port of what the sender sends.</param>
/// <param name="DestinationPort">Destination port of what the sender sends.</param>
public sealed record NatEncapsulation(ushort SourcePort = UdpEncapsulation.Port, ushort DestinationPort = UdpEncapsulation.Port)
{
    /// <summary>
    /// Source address that the sender itself has, as NAT-OA told (RFC 3947 section 5.2); null when no NAT changes it. What a sender in
    /// transport mode computed its TCP and UDP checksums for (RFC 3948 section 3.1.2).
    /// </summary>
    public AddressNumber? OriginalSource { get; init; }

    /// <summary>Destination address that the sender sends to; null when no NAT changes it.</summary>
    public AddressNumber? OriginalDestination { get; init; }
}
