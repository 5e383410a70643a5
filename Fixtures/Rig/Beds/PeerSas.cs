// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>What a peer says it has: the third witness.</summary>
/// <param name="IkeSas">IKE SAs, half-open ones included.</param>
/// <param name="ChildSas">Pairs of IPsec SAs.</param>
public sealed record PeerSas(ImmutableArray<PeerIkeSa> IkeSas, ImmutableArray<PeerChildSa> ChildSas);
