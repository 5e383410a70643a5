// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>Whether IKE messages are sent in fragments of IKE's own.</summary>
/// <param name="Choice">Whether.</param>
/// <param name="MaximumDatagram">Largest IP packet of an IKE message in octets, beyond which it is cut; null for the implementation's own.</param>
public sealed record FragmentationPeerPolicy(FragmentationChoice Choice, int? MaximumDatagram = null);
