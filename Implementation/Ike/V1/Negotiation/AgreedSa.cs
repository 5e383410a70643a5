// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>One protocol of an agreement.</summary>
/// <param name="Protocol">AH or ESP.</param>
/// <param name="PeerSpi">The SPI that the peer chose.</param>
/// <param name="Life">The lifetime that this side will use.</param>
internal sealed record AgreedSa(IpsecProtocol Protocol, uint PeerSpi, SaLife Life);
