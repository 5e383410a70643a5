// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Take a pair of IPsec SAs out of use.</summary>
/// <param name="Pair">The pair, as it was installed.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record RemoveChildSa(ChildSaPair Pair, string Reason) : IkeEffect;
