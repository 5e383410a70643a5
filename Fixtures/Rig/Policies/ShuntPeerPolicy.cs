// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>A line of the policy for traffic that goes without an SA (RFC 4301 section 4.4.1): passed as it is, or discarded.</summary>
/// <param name="Name">Name, unique within the connection.</param>
/// <param name="Action">Bypass or discard.</param>
/// <param name="Local">The traffic's end on this side, protocol and ports included.</param>
/// <param name="Remote">Its other end.</param>
public sealed record ShuntPeerPolicy(string Name, SpdAction Action, TrafficSelector Local, TrafficSelector Remote);
