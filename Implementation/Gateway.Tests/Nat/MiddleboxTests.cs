// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;
using static Ipsec.Gateway.Tests.Nat.NatPackets;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>NATs, and a bad link, within the process on the way of one host.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MiddleboxTests : IDisposable
{
    private static readonly IPEndPoint Inside = End("198.18.1.5:500");
    private static readonly IPAddress Wire = IPAddress.Parse("198.51.100.10");
    private static readonly IPEndPoint Daemon = End("198.51.100.2:500");
    private static readonly IPAddress SeenAs = IPAddress.Parse("198.51.100.200");

    private readonly VirtualEventLoop _loop = new();
    private readonly VirtualNetwork _network;
    private readonly VirtualHost _host;
    private readonly VirtualHost _daemon;
    private readonly Inbox _gateway = new();
    private readonly Inbox _atDaemon = new();

    public MiddleboxTests()
    {
        _network = new(_loop, new SeededRandomSource(1));
        _host = _network.Attach(Wire);
        _daemon = _network.Attach(Daemon.Address);
        _daemon.Receiver = _atDaemon;
    }

    [Test]
    public void TheGatewayHasAnInsideAddressAndTheWireSeesTheOutsideOne()
    {
        var ports = new PortList();
        var natted = Natted(Inside.Address, ports, new NatStage(Box(new() { Outside = Wire, Ports = NatPortAssignment.Sequential }), NatSide.Gateway));
        natted.Address.Should().Be(Inside.Address);
        natted.SendUdp(Inside, Daemon, "1"u8);
        Run();
        _atDaemon.Datagrams.Should().ContainSingle().Which.Remote.Should().Be(new IPEndPoint(Wire, 49152));
        ports.Opened.Should().Equal(49152);
        _daemon.SendUdp(Daemon, new(Wire, 49152), "2"u8);
        _daemon.SendUdp(Daemon, new(Wire, 500), "to no mapping"u8);
        Run();
        _gateway.Datagrams.Should().ContainSingle().Which.Should().BeEquivalentTo((Inside, Daemon, "2"u8.ToArray()));
    }

    [Test]
    public void ThePeerIsReachedAtAnAddressThatTheWireNeverSees()
    {
        var forward = new NatForward(Daemon.Address);
        var natted = Natted(Wire, null, new NatStage(Box(new() { Outside = SeenAs, Forwards = [forward] }), NatSide.Peer));
        natted.SendUdp(new(Wire, 500), new(SeenAs, 500), "1"u8);
        Run();
        _atDaemon.Datagrams.Should().ContainSingle().Which.Should().BeEquivalentTo((Daemon, new IPEndPoint(Wire, 500), "1"u8.ToArray()));
        _daemon.SendUdp(Daemon, new(Wire, 500), "2"u8);
        Run();
        _gateway.Datagrams.Should().ContainSingle().Which.Remote.Should().Be(new IPEndPoint(SeenAs, 500));
    }

    [Test]
    public void APeerBehindAPortChangingNatIsSeenUnderItsMapping()
    {
        var natted = Natted(Wire, null, new NatStage(Box(new() { Outside = SeenAs, Ports = NatPortAssignment.Sequential }), NatSide.Peer));
        natted.SendUdp(new(Wire, 500), new(SeenAs, 500), "before it has spoken"u8);
        _daemon.SendUdp(Daemon, new(Wire, 500), "1"u8);
        Run();
        _atDaemon.Datagrams.Should().BeEmpty();
        _gateway.Datagrams.Should().ContainSingle().Which.Remote.Should().Be(new IPEndPoint(SeenAs, 49152));
        natted.SendUdp(new(Wire, 500), new(SeenAs, 49152), "2"u8);
        Run();
        _atDaemon.Datagrams.Should().ContainSingle().Which.Payload.Should().Equal("2"u8.ToArray());
    }

    [Test]
    public void BothMayBeHidden()
    {
        var natted = Natted(
            Inside.Address,
            null,
            new NatStage(Box(new() { Outside = Wire }), NatSide.Gateway),
            new NatStage(Box(new() { Outside = SeenAs, Forwards = [new(Daemon.Address)] }), NatSide.Peer));
        natted.SendPacket(Ip(Inside.Address, SeenAs, IpProtocol.Esp, new byte[40]));
        natted.SendPacket(Udp(new(Inside.Address, 4500), new(SeenAs, 4500), "esp in udp"u8, withChecksum: false));
        Run();
        Addresses(_atDaemon.Packets.Should().ContainSingle().Which).Should().Be(("198.51.100.10", "198.51.100.2"));
        _atDaemon.Datagrams.Should().ContainSingle().Which.Remote.Should().Be(new IPEndPoint(Wire, 4500));
        _daemon.SendPacket(Ip(Daemon.Address, Wire, IpProtocol.Esp, new byte[40]));
        Run();
        Addresses(_gateway.Packets.Should().ContainSingle().Which).Should().Be(("198.51.100.200", "198.18.1.5"));
    }

    [Test]
    public void ABadLinkLosesDelaysAndDuplicatesByItsSeed()
    {
        var bad = new LinkConditions(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50), Loss: 0.3, Duplication: 0.3);
        var first = Arrivals(bad, 7);
        first.Should().HaveCountGreaterThan(60).And.NotBeInAscendingOrder().And.Contain(number => first.Count(other => other == number) == 2);
        Enumerable.Range(0, 100).Should().Contain(number => !first.Contains((byte)number));
        Arrivals(bad, 7).Should().Equal(first);
        Arrivals(bad, 8).Should().NotEqual(first);
        Arrivals(LinkConditions.None, 7).Should().Equal(Enumerable.Range(0, 100).Select(number => (byte)number));
    }

    [Test]
    public void ALinkWithoutConditionsPassesAtOnce()
    {
        var link = new ImpairedTransport(_loop, new SeededRandomSource(1), _gateway);
        link.OnUdp(Inside, Daemon, "x"u8.ToArray());
        link.OnPacket(new byte[3]);
        link.OnTransportError(new(null, "refused"));
        (_gateway.Datagrams.Count, _gateway.Packets.Count, _gateway.Errors.Count).Should().Be((1, 1, 1));
        link.Incoming = LinkConditions.None with { Loss = 1 };
        link.OnUdp(Inside, Daemon, "x"u8.ToArray());
        _gateway.Datagrams.Should().ContainSingle();
    }

    public void Dispose() => _loop.Dispose();

    private List<byte> Arrivals(LinkConditions conditions, ulong seed)
    {
        _atDaemon.Datagrams.Clear();
        var link = new ImpairedTransport(_loop, new SeededRandomSource(seed), _gateway) { Outgoing = conditions };
        link.Attach(_host);
        link.Address.Should().Be(Wire);
        for (byte number = 0; number < 100; number++)
        {
            link.SendUdp(new(Wire, 500), Daemon, [number]);
        }

        Run();
        return [.. _atDaemon.Datagrams.Select(datagram => datagram.Payload[0])];
    }

    private static NatBox Box(NatPolicy policy) => new(policy, new SeededRandomSource(9));

    private NattedTransport Natted(IPAddress address, IUdpPorts? ports, params NatStage[] stages)
    {
        var natted = new NattedTransport(_loop.Clock, address, _gateway, stages);
        natted.Attach(_host, ports);
        _host.Receiver = natted;
        return natted;
    }

    private void Run() => _loop.WaitUntil(() => false, TimeSpan.FromSeconds(1));

    private sealed class PortList : IUdpPorts
    {
        public List<int> Opened { get; } = [];

        public void Open(int port) => Opened.Add(port);
    }
}
