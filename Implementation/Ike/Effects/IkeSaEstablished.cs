// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Phase 1 is complete and the peer is authenticated.</summary>
/// <param name="Sa">The IKE SA.</param>
public sealed record IkeSaEstablished(IkeSaDescription Sa) : IkeEffect;
