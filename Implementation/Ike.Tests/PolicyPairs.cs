// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Changes to the policies of both gateways at once.</summary>
internal static class PolicyPairs
{
    /// <summary>West's address where it is behind a NAT; PolicyPair.WestEnd is then the NAT's.</summary>
    public static readonly IPAddress WestInside = IPAddress.Parse("198.18.200.10");

    /// <summary>East's address where it is behind a NAT.</summary>
    public static readonly IPAddress EastInside = IPAddress.Parse("198.19.200.2");

    public static PolicyPair Both(this PolicyPair pair, Func<ConnectionPolicy, ConnectionPolicy> change) =>
        pair with { West = change(pair.West), East = change(pair.East) };

    public static PolicyPair WithNat(this PolicyPair pair, NatTraversalPolicy? policy = null) =>
        pair.Both(p => p with { NatTraversal = policy ?? new() });

    public static PolicyPair Aggressive(this PolicyPair pair) =>
        pair.Both(p => p with { Mode = Phase1Mode.Aggressive, AcceptedModes = [Phase1Mode.Aggressive] });

    public static PolicyPair WestBehindNat(this PolicyPair pair) =>
        pair with { West = pair.West with { Local = new(WestInside, pair.West.Local.Port) } };

    public static PolicyPair EastBehindNat(this PolicyPair pair) =>
        pair with { East = pair.East with { Local = new(EastInside, pair.East.Local.Port) } };

    public static PolicyPair WithDpd(this PolicyPair pair, DeadPeerDetectionPolicy? west = null, DeadPeerDetectionPolicy? east = null) => pair with
    {
        West = pair.West with { DeadPeerDetection = west ?? new() },
        East = pair.East with { DeadPeerDetection = east ?? new() { Delay = TimeSpan.Zero } },
    };

    /// <summary>West is the client, a user called "joe"; east lets him in.</summary>
    public static PolicyPair WithXauth(this PolicyPair pair, XauthPolicy? server = null, XauthPolicy? client = null, AuthenticationMethod method = AuthenticationMethod.XauthInitPreShared)
    {
        var both = pair.Both(p => p with { Phase1 = [p.Phase1[0] with { Authentication = method }] });
        return both with
        {
            West = both.West with { Xauth = client ?? new() { Credentials = Joe } },
            East = both.East with { Xauth = server ?? new() { Users = [Joe] } },
        };
    }

    public static PolicyPair WithModeConfig(this PolicyPair pair, ModeConfigPolicy client, ModeConfigPolicy server) => pair with
    {
        West = pair.West with { ModeConfig = client },
        East = pair.East with { ModeConfig = server },
    };

    public static XauthUser Joe { get; } = new("joe", Encoding.ASCII.GetBytes("foobar"));

    /// <summary>A path with a NAT in front of west.</summary>
    public static Ladder ThroughNat(this PolicyPair pair, NatBox nat, ulong seed = 1) => new(pair, seed) { Path = nat.Translate };

    public static NatBox NatOfWest(bool keepsPorts = false) => new(WestInside, PolicyPair.WestEnd.Address, keepsPorts);

    public static NatBox NatOfEast() => new(EastInside, PolicyPair.EastEnd.Address, keepsPorts: true);
}
