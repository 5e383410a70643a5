// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>Packets that a NAT does not let through, in the way of a firewall. What is null matches everything.</summary>
/// <param name="Protocol">Their protocol.</param>
/// <param name="Port">Their source or destination port, as they reach the NAT.</param>
/// <param name="Direction">Which way they go.</param>
public sealed record NatFilter(IpProtocol? Protocol = null, int? Port = null, NatDirection? Direction = null)
{
    internal bool Matches(NatDirection direction, in NatFlow flow) =>
        (Direction is null || Direction == direction)
        && (Protocol is null || Protocol == flow.Protocol)
        && (Port is null || Port == flow.Source.Port || Port == flow.Destination.Port);
}
