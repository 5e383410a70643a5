// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Ipsec.Ike.Effects;

/// <summary>
/// An authenticated packet has shown that the NAT in front of the peer has given it another address or port: everything
/// goes there from now on (RFC 3947 section 7, which wants it audited).
/// </summary>
/// <param name="Sa">The IKE SA, with the new end.</param>
/// <param name="Old">The peer's end until now.</param>
/// <param name="New">The peer's end from now on.</param>
/// <param name="Pairs">The IPsec SA pairs of that peer, with the new end.</param>
public sealed record PeerAddressChanged(IkeSaDescription Sa, IPEndPoint Old, IPEndPoint New, ImmutableArray<ChildSaPair> Pairs) : IkeEffect;
