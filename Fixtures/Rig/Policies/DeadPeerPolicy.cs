// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>When a side asks whether the other still lives (RFC 3706).</summary>
/// <param name="Delay">Silence after which it asks.</param>
/// <param name="Timeout">Silence after which it gives the other up.</param>
/// <param name="Action">What it then does.</param>
public sealed record DeadPeerPolicy(TimeSpan Delay, TimeSpan Timeout, DeadPeerAction Action = DeadPeerAction.Clear);
