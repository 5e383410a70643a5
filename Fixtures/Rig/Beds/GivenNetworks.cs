// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>The traffic of one child of a peer that nobody configures anew.</summary>
/// <param name="West">What lies behind west.</param>
/// <param name="WestHost">A host there; it exists in the suite only.</param>
/// <param name="East">What lies behind east.</param>
/// <param name="EastHost">A host there, which answers echo requests.</param>
public sealed record GivenNetworks(TrafficSelector West, IPAddress WestHost, TrafficSelector East, IPAddress EastHost);
