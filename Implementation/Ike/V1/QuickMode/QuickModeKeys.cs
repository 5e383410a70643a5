// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Ike.V1.Negotiation;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>What KEYMAT is made of (RFC 2409 section 5.5).</summary>
/// <param name="Spis">Our SPIs.</param>
/// <param name="Group">The group of the additional exchange; null without.</param>
/// <param name="SharedSecret">g(qm)^xy; empty without perfect forward secrecy.</param>
/// <param name="NonceI">Ni_b.</param>
/// <param name="NonceR">Nr_b.</param>
internal sealed record QuickModeKeys(
    InboundSpis Spis,
    KeyExchangeMethod? Group,
    ReadOnlyMemory<byte> SharedSecret,
    ReadOnlyMemory<byte> NonceI,
    ReadOnlyMemory<byte> NonceR);
