// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>An IKE SA, established or half open, is gone.</summary>
/// <param name="Sa">The IKE SA.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record IkeSaClosed(IkeSaDescription Sa, string Reason) : IkeEffect;
