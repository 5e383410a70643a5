// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>Addresses that are as they are, because nobody configures the peer anew for each scenario.</summary>
/// <param name="West">West's outer address.</param>
/// <param name="Networks">The networks of each child.</param>
public sealed record GivenAddresses(IPAddress West, ImmutableArray<GivenNetworks> Networks);
