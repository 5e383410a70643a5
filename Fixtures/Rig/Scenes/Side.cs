// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>A party of a scenario.</summary>
public enum Side
{
    /// <summary>Our own gateway.</summary>
    West,

    /// <summary>The judged peer.</summary>
    East,
}
