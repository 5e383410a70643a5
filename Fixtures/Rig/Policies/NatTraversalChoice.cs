// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>What a side does about NATs (RFC 3947).</summary>
public enum NatTraversalChoice
{
    /// <summary>Looks for them, and encapsulates in UDP where there is one.</summary>
    Auto,

    /// <summary>Neither announces nor looks.</summary>
    Off,

    /// <summary>Behaves as if there were one: everything is encapsulated in UDP.</summary>
    Force,
}
