// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>The traffic of one child of the device.</summary>
/// <param name="Name">What the device calls the child; commands are given it.</param>
/// <param name="Networks">The networks and a host in each.</param>
public sealed record TargetNetworks(string Name, GivenNetworks Networks);
