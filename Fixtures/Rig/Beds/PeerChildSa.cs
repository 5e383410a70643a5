// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>A pair of IPsec SAs as a peer lists it.</summary>
/// <param name="Child">Name of the child.</param>
/// <param name="InboundSpi">The SPI on which the peer receives.</param>
/// <param name="OutboundSpi">The SPI with which the peer sends.</param>
/// <param name="PacketsIn">Packets it accepted.</param>
/// <param name="PacketsOut">Packets it sent.</param>
public sealed record PeerChildSa(string Child, uint InboundSpi, uint OutboundSpi, long PacketsIn, long PacketsOut);
