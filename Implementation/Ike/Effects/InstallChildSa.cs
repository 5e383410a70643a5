// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Phase 2 is complete: put the pair of IPsec SAs to use.</summary>
/// <param name="Pair">Both directions, with keying material.</param>
public sealed record InstallChildSa(ChildSaPair Pair) : IkeEffect;
