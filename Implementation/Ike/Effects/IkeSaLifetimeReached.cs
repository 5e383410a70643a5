// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>An IKE SA has come to the end of its life, or near it.</summary>
/// <param name="Sa">The IKE SA.</param>
/// <param name="Unit">Which of its lifetimes.</param>
/// <param name="IsHard">True at its end, when the IKE SA is deleted; false where it should be replaced.</param>
public sealed record IkeSaLifetimeReached(IkeSaDescription Sa, LifetimeUnit Unit, bool IsHard) : IkeEffect;
