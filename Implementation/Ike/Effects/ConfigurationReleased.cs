// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>
/// Addresses given to a peer are free again, because no IKE SA with it is left (draft-dukes-ike-mode-cfg-02 section 3.4).
/// </summary>
/// <param name="Sa">The last IKE SA.</param>
/// <param name="Addresses">The addresses.</param>
public sealed record ConfigurationReleased(IkeSaDescription Sa, ImmutableArray<IPAddress> Addresses) : IkeEffect;
