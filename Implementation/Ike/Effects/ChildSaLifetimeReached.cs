// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>An IPsec SA pair has come to the end of its life, or near it.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Unit">Which of its lifetimes.</param>
/// <param name="IsHard">True at its end, when the pair is removed; false where it should be replaced (RFC 4301 section 4.4.2.1).</param>
public sealed record ChildSaLifetimeReached(ChildSaPair Pair, LifetimeUnit Unit, bool IsHard) : IkeEffect;
