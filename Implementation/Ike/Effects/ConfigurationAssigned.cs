// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Mode config is complete: the configuration may be used.</summary>
/// <param name="Sa">The IKE SA under which it was handed over.</param>
/// <param name="IsServer">Whether this endpoint gave it; otherwise it received it.</param>
/// <param name="Configuration">What was handed over.</param>
public sealed record ConfigurationAssigned(IkeSaDescription Sa, bool IsServer, AssignedConfiguration Configuration) : IkeEffect;
