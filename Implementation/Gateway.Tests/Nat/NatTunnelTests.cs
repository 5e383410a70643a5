// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Gateway.Tests.Planes;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Policy;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>IKE and ESP of two gateways through NATs of every kind, on one side or both.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NatTunnelTests : IDisposable
{
    private static readonly IPAddress WestInside = IPAddress.Parse("198.18.200.10");
    private static readonly IPAddress EastInside = IPAddress.Parse("198.19.200.2");
    private static readonly IPAddress WestOutside = IPAddress.Parse("198.51.100.77");
    private static readonly IPAddress EastOutside = IPAddress.Parse("198.51.100.88");
    private static readonly IPAddress EastAddress = IPAddress.Parse("198.51.100.2");

    private readonly Pair _pair = new();
    private readonly VirtualNetwork _internet;
    private VirtualNat _nat = null!;

    public NatTunnelTests() => _internet = _pair.Network();

    private static IEnumerable<NatPolicy> Kinds() =>
        from mapping in Enum.GetValues<NatMappingBehavior>()
        from filtering in Enum.GetValues<NatFilteringBehavior>()
        from ports in Enum.GetValues<NatPortAssignment>()
        select new NatPolicy { Outside = WestOutside, Mapping = mapping, Filtering = filtering, Ports = ports };

    [TestCaseSource(nameof(Kinds))]
    public void TheInitiatorMayBeBehindAnyNat(NatPolicy kind)
    {
        WestBehind(kind);
        _pair.Connect();
        PingBothWays();
        var pair = _pair.East.ChildSas[0];
        pair.NegotiatedMode.Should().Be(EncapsulationMode.UdpEncapsulatedTunnel);
        pair.Udp!.LocalPort.Should().Be(4500);
        if (kind.Ports == NatPortAssignment.Preserve)
        {
            pair.Udp.RemotePort.Should().Be(4500);
        }
        else
        {
            pair.Udp.RemotePort.Should().BeGreaterThanOrEqualTo(NatPolicy.DefaultFirstPort);
        }

        _nat.Box.Counters[NatDirection.Outbound, NatVerdict.UnsupportedProtocol].Should().Be(0);
        _nat.Box.Mappings.Should().OnlyContain(mapping => mapping.Protocol == IpProtocol.Udp, "no ESP without UDP");
    }

    [Test]
    public void TheResponderMayBeBehindAStaticTranslation()
    {
        var inside = _pair.Network();
        _nat = new(_pair.Loop, inside, _internet, Box(new() { Outside = EastOutside, Forwards = [new(EastInside)] }));
        _pair.Place(_internet, IPAddress.Parse("198.51.100.10"), inside, EastInside);
        Add(new(IPAddress.Parse("198.51.100.10"), 500), new(EastInside, 500), new(IPAddress.Parse("198.51.100.10"), 500), new(EastOutside, 500));
        _pair.Connect();
        PingBothWays();
        _pair.West.ChildSas[0].Udp.Should().Be(new Ike.Effects.UdpEncapsulation(4500, 4500));
    }

    [Test]
    public void BothMayBeBehindNats()
    {
        var (westInside, eastInside) = (_pair.Network(), _pair.Network());
        _nat = new(_pair.Loop, westInside, _internet, Box(Sequential));
        _ = new VirtualNat(_pair.Loop, eastInside, _internet, Box(new() { Outside = EastOutside, Forwards = [new(EastInside, 500), new(EastInside, 4500)] }));
        _pair.Place(westInside, WestInside, eastInside, EastInside);
        Add(new(WestInside, 500), new(EastInside, 500), new(WestOutside, 500), new(EastOutside, 500));
        _pair.Connect();
        PingBothWays();
    }

    [Test]
    public void ANatThatDropsEspIsCrossedToo()
    {
        WestBehind(Sequential with { Filters = [new(IpProtocol.Esp)] });
        _pair.Connect();
        PingBothWays();
    }

    [Test]
    public void WithoutNatTraversalANatWithoutEspIsTheEnd()
    {
        WestBehind(Sequential with { Filters = [new(IpProtocol.Esp)] }, NatTraversalPolicy.Off);
        _pair.Connect();
        PingFromWest().Should().BeFalse();
        _nat.Box.Counters[NatDirection.Outbound, NatVerdict.Blocked].Should().Be(1);
    }

    /// <summary>RFC 3947 section 7: the last authentic packet says where the peer is now.</summary>
    [Test]
    public void ANewMappingIsFollowed()
    {
        WestBehind(Sequential);
        _pair.Connect();
        PingBothWays();
        var before = _pair.East.ChildSas[0].Udp!.RemotePort;
        _nat.Box.Forget();
        PingFromEast().Should().BeFalse("the old mapping is gone, and the peer has not spoken yet");
        PingFromWest().Should().BeTrue();
        var change = _pair.SeenByEast.Ike.OfType<PeerAddressChanged>().Should().ContainSingle().Which;
        (change.Old, change.New.Address).Should().Be((new IPEndPoint(WestOutside, before), WestOutside));
        change.New.Port.Should().NotBe(before);
        _pair.East.ChildSas[0].Udp!.RemotePort.Should().Be((ushort)change.New.Port);
        PingFromEast().Should().BeTrue();
        _pair.SeenByWest.Ike.OfType<PeerAddressChanged>().Should().BeEmpty();
    }

    [Test]
    public void ANewOutsideAddressIsFollowedAndSequenceNumbersGoOn()
    {
        WestBehind(Sequential);
        _pair.Connect();
        PingBothWays();
        var sent = _pair.East.DataPlane.Outbound.All[0].SequenceNumber;
        _nat.Move(IPAddress.Parse("198.51.100.99"));
        PingFromWest().Should().BeTrue();
        PingFromEast().Should().BeTrue();
        _pair.East.ChildSas[0].RemoteAddress.Should().Be(IPAddress.Parse("198.51.100.99"));
        var sa = _pair.East.DataPlane.Outbound.All.Should().ContainSingle().Which;
        sa.Parameters.Destination.Should().Be(IPAddress.Parse("198.51.100.99"));
        sa.SequenceNumber.Should().Be(sent + 2);
    }

    [Test]
    public void AfterAMoveTheNewestPairStillSends()
    {
        WestBehind(Sequential);
        _pair.Connect();
        _pair.Connect(2);
        _nat.Box.Forget();
        PingFromWest().Should().BeTrue();
        PingFromEast().Should().BeTrue();
        var outbound = _pair.East.DataPlane.Outbound;
        outbound.TryFind(_pair.East.ChildSas[^1].OutboundSpi, out var newest).Should().BeTrue();
        outbound.TryFind(_pair.East.ChildSas[0].OutboundSpi, out var oldest).Should().BeTrue();
        newest!.Usage.Packets.Should().Be(2, "the answer to the request that showed the way, and its own request");
        oldest!.Usage.Packets.Should().Be(0);
        newest.Parameters.Destination.Should().Be(oldest.Parameters.Destination);
        _pair.SeenByEast.Ike.OfType<PeerAddressChanged>().Should().ContainSingle();
    }

    /// <summary>A host behind a dynamic NAT must not follow, or anybody who replays its peer's packets could lead it astray (RFC 3947 section 7).</summary>
    [Test]
    public void TheSideBehindTheNatDoesNotFollow()
    {
        WestBehind(Sequential);
        _pair.Connect();
        _pair.East.DataPlane.TryProtect(EchoNetwork.Request(TunnelPolicy.EastHost, TunnelPolicy.WestHost, 1, 1, "x"u8), out var packet).Should().BeTrue();
        var stranger = new IPEndPoint(IPAddress.Parse("198.51.100.66"), 4500);
        _pair.West.OnUdp(new(WestInside, 4500), stranger, packet[(Ipv4Header.MinSize + UdpHeader.Size)..].ToArray());
        _pair.SeenByWest.Delivered.Should().ContainSingle("it is authentic");
        _pair.SeenByWest.Ike.OfType<PeerAddressChanged>().Should().BeEmpty();
        _pair.West.ChildSas[0].RemoteAddress.Should().Be(EastAddress);
        PingBothWays();
    }

    /// <summary>What is replayed from another address is not authentic, and moves nobody.</summary>
    [Test]
    public void AReplayedPacketMovesNobody()
    {
        WestBehind(Sequential);
        _pair.Connect();
        _pair.West.DataPlane.TryProtect(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "x"u8), out var packet).Should().BeTrue();
        var esp = packet[(Ipv4Header.MinSize + UdpHeader.Size)..].ToArray();
        var east = new IPEndPoint(EastAddress, 4500);
        _pair.East.OnUdp(east, new(WestOutside, _pair.East.ChildSas[0].Udp!.RemotePort), esp);
        _pair.East.OnUdp(east, new(IPAddress.Parse("198.51.100.66"), 4500), esp);
        esp[^1] ^= 1;
        _pair.East.OnUdp(east, new(IPAddress.Parse("198.51.100.66"), 4500), esp);
        _pair.SeenByEast.Ike.OfType<PeerAddressChanged>().Should().BeEmpty();
        _pair.SeenByEast.Delivered.Should().ContainSingle();
    }

    [TestCase(20, true)]
    [TestCase(600, false)]
    public void KeepalivesKeepTheMapping(int interval, bool isReached)
    {
        WestBehind(Sequential with { IdleTimeout = TimeSpan.FromSeconds(30) }, new() { KeepaliveInterval = TimeSpan.FromSeconds(interval) });
        _pair.Connect();
        PingBothWays();
        _pair.Run(TimeSpan.FromMinutes(5));
        PingFromEast().Should().Be(isReached);
        _pair.East.Counters.Received(UdpEncapsulationKind.Keepalive).Should().Be(_pair.West.Counters.KeepalivesSent);
        _pair.SeenByEast.Keepalives.Should().HaveCount((int)_pair.West.Counters.KeepalivesSent);
        _pair.West.Counters.KeepalivesSent.Should().BeInRange(isReached ? 14 : 0, isReached ? 15 : 0);
        _pair.East.Counters.KeepalivesSent.Should().Be(0);
    }

    /// <summary>RFC 3948 section 4: only when nothing else was sent. ESP is something else, of which IKE learns by the gateway's reports.</summary>
    [Test]
    public void TrafficTakesThePlaceOfKeepalives()
    {
        WestBehind(Sequential, new());
        _pair.Connect();
        for (var i = 0; i < 20; i++)
        {
            PingFromWest().Should().BeTrue();
            _pair.Run(TimeSpan.FromSeconds(15));
        }

        _pair.West.Counters.KeepalivesSent.Should().Be(0);
        _pair.Run(TimeSpan.FromSeconds(10));
        _pair.West.Counters.KeepalivesSent.Should().Be(1, "nothing was sent for 20 seconds");
    }

    /// <summary>
    /// In transport mode the peer sees packets from the NAT's address, and the inner checksums are of the other one (RFC 3948 section 3.1.2).
    /// </summary>
    [TestCase(false)]
    [TestCase(true)]
    public void TransportModeCrossesANat(bool moves)
    {
        var inside = _pair.Network();
        _nat = new(_pair.Loop, inside, _internet, Box(Sequential));
        _pair.Place(inside, WestInside, _internet, EastAddress);
        var (west, east) = Policies(new(WestInside, 500), new(EastAddress, 500), new(WestOutside, 500), new(EastAddress, 500), new());
        _pair.Add(Transport(west, WestInside, EastAddress), Transport(east, EastAddress, WestInside));
        _pair.Connect();
        var (from, to) = (AddressNumber.From(WestInside), AddressNumber.From(EastAddress));
        _pair.Ping(from, to).Should().BeTrue();
        if (moves)
        {
            _nat.Move(IPAddress.Parse("198.51.100.99"));
            _pair.Ping(from, to).Should().BeFalse("it is authentic, but not from the address that the SA is for");
            _pair.SeenByEast.Ike.OfType<PeerAddressChanged>().Should().ContainSingle();
            _pair.Ping(from, to).Should().BeTrue();
        }

        _pair.East.DataPlane.Spd.Entries.Should().HaveCount(2, "the configured entry and that of the address behind which the peer is");
        var request = NatPackets.Udp(new(WestInside, 9), new(EastAddress, 9), "checksummed"u8);
        _pair.West.SendInner(request).Should().BeTrue();
        _pair.Run(TimeSpan.FromSeconds(1));
        var seenAs = moves ? "198.51.100.99:9" : "198.51.100.77:9";
        NatPackets.Ends(_pair.SeenByEast.Delivered[^1]).Should().Be((seenAs, "198.51.100.2:9"), "the checksum is right for the addresses as they are now");

        static ConnectionPolicy Transport(ConnectionPolicy connection, IPAddress ours, IPAddress theirs) => connection.With(child => child with
        {
            Mode = EncapsulationMode.Transport,
            LocalSelector = IdentificationPayload.Ipv4Address(ours),
            RemoteSelector = IdentificationPayload.Ipv4Address(theirs),
        });
    }

    [Test]
    public void ABadLinkBehindANatOnlyCostsTime([Range(1, 8)] int seed)
    {
        var inside = new VirtualNetwork(_pair.Loop, new SeededRandomSource((ulong)seed)) { Conditions = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(400), 0.2, 0.2) };
        _nat = new(_pair.Loop, inside, _internet, Box(Sequential));
        _pair.Place(inside, WestInside, _internet, EastAddress);
        Add(new(WestInside, 500), new(EastAddress, 500), new(WestOutside, 500), new(EastAddress, 500));
        _pair.Connect();
        inside.Conditions = LinkConditions.Good;
        PingBothWays();
    }

    public void Dispose() => _pair.Dispose();

    private static NatPolicy Sequential { get; } = new() { Outside = WestOutside, Ports = NatPortAssignment.Sequential };

    private static NatBox Box(NatPolicy policy) => new(policy, new SeededRandomSource(77));

    private static (ConnectionPolicy West, ConnectionPolicy East) Policies(
        IPEndPoint westLocal, IPEndPoint eastLocal, IPEndPoint westSeen, IPEndPoint eastSeen, NatTraversalPolicy policy) => (
        TunnelPolicy.West(westLocal, eastSeen) with { NatTraversal = policy },
        TunnelPolicy.East(westSeen, eastLocal) with { NatTraversal = policy });

    private void WestBehind(NatPolicy kind, NatTraversalPolicy? policy = null)
    {
        var inside = _pair.Network();
        _nat = new(_pair.Loop, inside, _internet, Box(kind));
        _pair.Place(inside, WestInside, _internet, EastAddress);
        Add(new(WestInside, 500), new(EastAddress, 500), new(WestOutside, 500), new(EastAddress, 500), policy);
    }

    private void Add(IPEndPoint westLocal, IPEndPoint eastLocal, IPEndPoint westSeen, IPEndPoint eastSeen, NatTraversalPolicy? policy = null)
    {
        var (west, east) = Policies(westLocal, eastLocal, westSeen, eastSeen, policy ?? new());
        _pair.Add(west, east);
    }

    private bool PingFromWest() => _pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost);

    private bool PingFromEast() => _pair.PingFromEast(TunnelPolicy.EastHost, TunnelPolicy.WestHost);

    private void PingBothWays()
    {
        PingFromWest().Should().BeTrue();
        PingFromEast().Should().BeTrue();
    }
}
