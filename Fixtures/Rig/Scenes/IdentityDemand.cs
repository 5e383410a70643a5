// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>Which identity a side demands of the other.</summary>
public enum IdentityDemand
{
    /// <summary>The one that the other side claims.</summary>
    Claimed,

    /// <summary>None in particular.</summary>
    Any,

    /// <summary>One that the other side does not claim.</summary>
    Another,
}
