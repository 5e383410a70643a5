// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>What a side does when the other is dead.</summary>
public enum DeadPeerAction
{
    /// <summary>Takes the SAs away.</summary>
    Clear,

    /// <summary>Takes the SAs away and negotiates them anew.</summary>
    Restart,
}
