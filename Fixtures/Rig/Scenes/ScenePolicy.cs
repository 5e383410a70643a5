// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>The policies of both sides as a scenario's Givens build them, and the names that the steps use.</summary>
/// <param name="West">West's.</param>
/// <param name="East">East's.</param>
public sealed record ScenePolicy(SidePolicy West, SidePolicy East)
{
    /// <summary>Names of the children in the order in which scenarios bring them up.</summary>
    public static IReadOnlyList<string> Children { get; } = ["net", "other"];

    /// <summary>
    /// West's identity. Each connection has its own: a peer that looks a pre-shared key up by identities must not find the one of a scenario
    /// that runs beside.
    /// </summary>
    /// <param name="connection">Name of the connection.</param>
    /// <returns>An FQDN.</returns>
    public static string WestIdentity(string connection) => $"west.{connection}.conformance.example";

    /// <summary>East's identity.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <returns>An FQDN.</returns>
    public static string EastIdentity(string connection) => $"east.{connection}.conformance.example";

    /// <summary>Sides that agree.</summary>
    public static ScenePolicy Default { get; } = new(new SidePolicy(), new SidePolicy());

    /// <summary>Changes both sides alike.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The changed policies.</returns>
    public ScenePolicy Both(Func<SidePolicy, SidePolicy> change) => new(change(West), change(East));

    /// <summary>West's policy on the given addresses.</summary>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="name">Name of the connection.</param>
    /// <returns>The neutral policy.</returns>
    public PeerPolicy ForWest(BedAddresses addresses, string name) => new()
    {
        Name = name,
        Address = addresses.West,
        RemoteAddress = addresses.East,
        Identity = WestIdentity(name),
        RemoteIdentity = EastIdentity(name),
        PreSharedKey = West.PreSharedKey,
        Phase1 = West.Phase1,
        Children = [.. Children.Select((child, i) => Child(West, child, addresses.WestNet(i), addresses.EastNet(i)))],
    };

    /// <summary>East's policy on the given addresses.</summary>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="name">Name of the connection.</param>
    /// <returns>The neutral policy.</returns>
    public PeerPolicy ForEast(BedAddresses addresses, string name) => new()
    {
        Name = name,
        Address = addresses.East,
        RemoteAddress = addresses.West,
        Identity = EastIdentity(name),
        RemoteIdentity = WestIdentity(name),
        PreSharedKey = East.PreSharedKey,
        Phase1 = East.Phase1,
        Children = [.. Children.Select((child, i) => Child(East, child, addresses.EastNet(i), addresses.WestNet(i)))],
    };

    private static ChildPeerPolicy Child(SidePolicy side, string name, TrafficSelector local, TrafficSelector remote) => new()
    {
        Name = name,
        Local = local,
        Remote = remote,
        Suites = side.Esp,
        Pfs = side.Pfs,
    };
}
