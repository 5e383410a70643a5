// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>Tags of scenarios that are only for peers of a certain ability.</summary>
public static class PeerAbilities
{
    /// <summary>The peer is told to break rules.</summary>
    public const string Misbehaves = "misbehaving-peer";

    /// <summary>The scenario asks nothing of our own gateway, so that another implementation can stand in its place.</summary>
    public const string Baseline = "baseline";
}
