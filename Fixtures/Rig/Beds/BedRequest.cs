// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>What a scenario wants of its test bed.</summary>
/// <param name="Seed">Seed of everything random on our side.</param>
/// <param name="Nat">NATs on the path; null for none.</param>
public sealed record BedRequest(ulong Seed, PathNat? Nat = null);
