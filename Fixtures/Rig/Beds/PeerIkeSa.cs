// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Isakmp;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>An IKE SA as a peer lists it.</summary>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R.</param>
/// <param name="IsInitiator">Whether the peer started phase 1.</param>
/// <param name="IsEstablished">Whether phase 1 is complete.</param>
public sealed record PeerIkeSa(Cookie InitiatorCookie, Cookie ResponderCookie, bool IsInitiator, bool IsEstablished);
