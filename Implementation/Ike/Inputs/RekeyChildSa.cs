// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Inputs;

/// <summary>Command: replace an IPsec SA pair by a new one, and delete it when the new one is in use (RFC 2408 section 4.3).</summary>
/// <param name="InboundSpi">The SPI on which this endpoint receives.</param>
public sealed record RekeyChildSa(uint InboundSpi) : IkeInput;
