// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;

namespace Ipsec.Ike.Effects;

/// <summary>New group mode gave both peers a private group, usable for perfect forward secrecy from now on (RFC 2409 section 5.6).</summary>
/// <param name="Sa">The IKE SA under which it was negotiated.</param>
/// <param name="Group">The group.</param>
public sealed record GroupNegotiated(IkeSaDescription Sa, KeyExchangeMethod Group) : IkeEffect;
