// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Text;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

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

    /// <summary>
    /// Sides that agree. West does not offer NAT traversal: unless a scenario is about it, a peer that cannot be told to be silent about it
    /// is to be silent all the same.
    /// </summary>
    public static ScenePolicy Default { get; } = new(new SidePolicy { NatTraversal = NatTraversalChoice.Off }, new SidePolicy());

    /// <summary>NATs on the path; null for none.</summary>
    public PathNat? Nat { get; init; }

    /// <summary>TCP ports of east's own address that go without an SA, and what becomes of their packets.</summary>
    public ImmutableArray<(ushort Port, SpdAction Action)> Shunts { get; init; } = [];

    /// <summary>Changes both sides alike.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The changed policies.</returns>
    public ScenePolicy Both(Func<SidePolicy, SidePolicy> change) => this with { West = change(West), East = change(East) };

    /// <summary>The policies on the given addresses.</summary>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="name">Name of the connection.</param>
    /// <returns>What west and east are given.</returns>
    public (PeerPolicy West, PeerPolicy East) For(BedAddresses addresses, string name)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var west = Claim("west", West, addresses.WestOwn, addresses.Number, name);
        var east = Claim("east", East, addresses.East, addresses.Number, name);
        var deal = new CertificateDeal(name, West.Certificate, west, East.Certificate, east);
        var fromWest = new Place(addresses.WestOwn, addresses.EastSeen, addresses.WestPool, addresses.EastPool, addresses.EastHost(0));
        var fromEast = new Place(addresses.East, addresses.West, addresses.EastPool, addresses.WestPool, addresses.WestHost(0));
        return (
            Policy(West, name, fromWest, west, Demanded(West, "east", east, name), deal.West) with
            {
                Children = [.. Children.Take(addresses.ChildCount).Select((child, i) => Child(West, child, End(West, addresses, i, isWest: true), End(West, addresses, i, isWest: false)) with
                {
                    LocalPort = West.Selectors.WestPort,
                    RemotePort = West.Selectors.EastPort,
                })],
            },
            Policy(East, name, fromEast, east, Demanded(East, "west", west, name), deal.East) with
            {
                Children = [.. Children.Take(addresses.ChildCount).Select((child, i) => Child(East, child, End(East, addresses, i, isWest: false), End(East, addresses, i, isWest: true)) with
                {
                    LocalPort = East.Selectors.EastPort,
                    RemotePort = East.Selectors.WestPort,
                })],
                Shunts = [.. Shunts.Select(shunt => Shunt(shunt.Port, shunt.Action, addresses))],
            });
    }

    private static ShuntPeerPolicy Shunt(ushort port, SpdAction action, BedAddresses addresses) => new(
        FormattableString.Invariant($"tcp-{port}"),
        action,
        TrafficSelector.Address(addresses.East).For((byte)IpProtocol.Tcp, port, port),
        TrafficSelector.Address(addresses.West).For((byte)IpProtocol.Tcp));

    private static PeerPolicy Policy(SidePolicy side, string name, Place place, PeerIdentity identity, PeerIdentity demanded, CertificatePeerPolicy? certificates) => new()
    {
        Name = name,
        Address = place.Own,
        RemoteAddress = place.Other,
        Identity = identity,
        RemoteIdentity = demanded,
        Mode = side.Mode,
        PreSharedKey = side.PreSharedKey,
        Certificates = certificates,
        Xauth = Xauth(side.Xauth, name),
        ModeConfig = ModeConfig(side.ModeConfig, place),
        Phase1 = side.Phase1,
        Phase1RekeySeconds = side.Phase1RekeySeconds,
        NatTraversal = side.NatTraversal,
        IkePort = side.IkePort,
        Fragmentation = side.Fragmentation,
        DeadPeerDetection = side.DeadPeerDetection,
        Uniqueness = side.Uniqueness,
        VendorIds = side.VendorIds,
        Children = [],
    };

    private static PeerIdentity Claim(string side, SidePolicy policy, IPAddress outer, byte number, string name) =>
        policy.GivenIdentity is { } given && given.Kind == policy.Identity ? given.Identity : Claim(side, policy.Identity, outer, number, name);

    private static PeerIdentity Claim(string side, IdentityKind kind, IPAddress outer, byte number, string name) => kind switch
    {
        IdentityKind.Fqdn => PeerIdentity.Fqdn(side == "west" ? WestIdentity(name) : EastIdentity(name)),
        IdentityKind.Email => PeerIdentity.Email($"{side}@{name}.conformance.example"),
        IdentityKind.Ipv4Address => PeerIdentity.Address(outer),
        IdentityKind.Ipv6Address => PeerIdentity.Address(IPAddress.Parse(FormattableString.Invariant($"2001:db8:{(side == "west" ? 1 : 2)}::{number:x}"))),
        IdentityKind.DistinguishedName => PeerIdentity.DistinguishedName(CertificateDeal.SubjectOf(name, side)),
        IdentityKind.KeyId => PeerIdentity.KeyId(Encoding.ASCII.GetBytes($"{side} of {name}")),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a kind of identity"),
    };

    private static PeerIdentity Demanded(SidePolicy demanding, string other, PeerIdentity claimed, string name) => demanding.Demand switch
    {
        IdentityDemand.Any => PeerIdentity.Any,
        IdentityDemand.Another => PeerIdentity.Fqdn($"not-{other}.{name}.conformance.example"),
        _ => claimed,
    };

    private static XauthPeerPolicy? Xauth(XauthChoice? choice, string name) => choice switch
    {
        null => null,
        { IsServer: true } => new XauthPeerPolicy.Server([(User(choice, name), choice.Password)], choice.HasIdentifiers),
        _ => new XauthPeerPolicy.Client(User(choice, name), choice.Password),
    };

    private static string User(XauthChoice choice, string name) => $"{choice.User}-{name}";

    private static ModeConfigPeerPolicy? ModeConfig(ModeConfigChoice? choice, Place place) => choice switch
    {
        null => null,
        { IsServer: true } => new ModeConfigPeerPolicy.Server(choice.IsPush, place.OtherPool.First, place.OtherPool.Last, choice.HasDns ? [place.NameServer] : []),
        _ => new ModeConfigPeerPolicy.Client(choice.IsPush, IPAddress.Any, place.OwnPool.First),
    };

    /// <summary>One end of the protected traffic, as one side's policy has it; null for the outer or assigned address.</summary>
    private TrafficSelector? End(SidePolicy side, BedAddresses addresses, int child, bool isWest)
    {
        if (side.Encapsulation == SaMode.Transport || IsAssigned(isWest ? Side.West : Side.East))
        {
            return null;
        }

        var network = isWest ? addresses.WestNet(child) : addresses.EastNet(child);
        return side.Selectors.Shape switch
        {
            SelectorShape.Subnet => network,
            SelectorShape.Range => isWest ? addresses.WestRange(child) : addresses.EastRange(child),
            SelectorShape.Elsewhere => isWest ? addresses.WestNet(BedAddresses.Children - 1) : addresses.EastNet(BedAddresses.Children - 1),
            SelectorShape.Host => TrafficSelector.Address(isWest ? addresses.WestHost(child) : addresses.EastHost(child)),
            _ => null,
        };
    }

    /// <summary>Whether mode config assigns a side its inner address.</summary>
    /// <param name="side">The side.</param>
    public bool IsAssigned(Side side)
    {
        var (own, other) = side == Side.West ? (West, East) : (East, West);
        return own.ModeConfig is { IsServer: false } || other.ModeConfig is { IsServer: true };
    }

    private static ChildPeerPolicy Child(SidePolicy side, string name, TrafficSelector? local, TrafficSelector? remote) => new()
    {
        Name = name,
        Local = local,
        Remote = remote,
        Suites = side.Phase2,
        Pfs = side.Pfs,
        Protocol = side.Selectors.Protocol,
        Mode = side.Encapsulation,
        ReplayWindow = side.ReplayWindow,
        LifetimeSeconds = side.ChildSeconds,
        RekeySeconds = side.ChildRekeySeconds,
        LifetimeKilobytes = side.ChildKilobytes,
        OmitsLifetime = side.OmitsLifetime,
        OmitsIdentities = side.OmitsIdentities,
        SetsCommitBit = side.SetsCommitBit,
        PrivateGroup = side.PrivateGroup,
        RekeyKilobytes = side.ChildRekeyKilobytes,
    };

    /// <summary>Where a side stands.</summary>
    private sealed record Place(IPAddress Own, IPAddress Other, (IPAddress First, IPAddress Last) OwnPool, (IPAddress First, IPAddress Last) OtherPool, IPAddress NameServer);
}
