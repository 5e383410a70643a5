// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: delete one IPsec SA pair and tell the peer (RFC 2408 section 3.15).</summary>
/// <param name="InboundSpi">The SPI on which this endpoint receives.</param>
public sealed record DeleteChildSa(uint InboundSpi) : IkeInput;
