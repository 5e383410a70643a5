// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Policy;

namespace Ipsec.Ike.Effects;

/// <summary>The peer no longer answers: its SAs of both phases are gone (RFC 3706 section 5.4).</summary>
/// <param name="Sa">The IKE SA by which it was asked.</param>
/// <param name="Action">What the policy wants done about it.</param>
public sealed record PeerDead(IkeSaDescription Sa, DeadPeerAction Action) : IkeEffect;
