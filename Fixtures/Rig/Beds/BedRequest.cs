// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>What a scenario wants of its test bed.</summary>
/// <param name="Seed">Seed of everything random on our side.</param>
/// <param name="Nat">NATs on the path; null for none.</param>
/// <param name="Misbehaves">Whether the peer will be told to break rules, so that no other scenario may be played with it meanwhile.</param>
public sealed record BedRequest(ulong Seed, PathNat? Nat = null, bool Misbehaves = false);
