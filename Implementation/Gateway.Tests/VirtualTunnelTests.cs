// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;

namespace Ipsec.Gateway.Tests;

/// <summary>Two gateways on an in-memory network: main mode, quick mode, and pings through the tunnel.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VirtualTunnelTests : IDisposable
{
    private static readonly IPEndPoint WestEnd = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint EastEnd = new(IPAddress.Parse("198.51.100.2"), 500);

    private readonly VirtualEventLoop _loop = new();
    private readonly SeededRandomSource _weather = new(1);
    private readonly VirtualNetwork _network;
    private readonly RecordingObserver _seenByWest = new();
    private readonly RecordingObserver _seenByEast = new();
    private readonly List<byte[]> _frames = [];
    private readonly SecurityGateway _west;
    private readonly SecurityGateway _east;

    public VirtualTunnelTests()
    {
        _network = new VirtualNetwork(_loop, _weather);
        _network.Tap += (_, frame) => _frames.Add(frame.ToArray());
        _west = Gateway("west", WestEnd, _seenByWest, 2);
        _east = Gateway("east", EastEnd, _seenByEast, 3);
        _west.Add(TunnelPolicy.West(WestEnd, EastEnd)).Should().BeEmpty();
        _east.Add(TunnelPolicy.East(WestEnd, EastEnd)).Should().BeEmpty();
    }

    [Test]
    public void APingComesBackThroughTheTunnelAndNothingElseIsSeen()
    {
        Connect();
        Ping(1);
        _loop.WaitUntil(() => _seenByWest.EchoReplies == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();

        _frames.Should().HaveCount(11, "six messages, three messages, request and reply");
        foreach (var frame in _frames.Skip(9))
        {
            Ipv4Header.TryRead(frame.AsSpan(EthernetHeader.Size), out var outer, out _).Should().BeTrue();
            outer.Protocol.Should().Be(IpProtocol.Esp);
            Convert.ToHexString(frame).Should().NotContain("C6120105").And.NotContain("C6130107");
        }
    }

    [Test]
    public void ABadNetworkOnlyCostsTime([Range(1, 20)] int seed)
    {
        _network.Conditions = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(400), Loss: 0.2, Duplication: 0.2);
        _weather.Fill(new byte[seed]);
        Connect();
        _network.Conditions = LinkConditions.Good;
        Ping(1);
        _loop.WaitUntil(() => _seenByWest.EchoReplies > 0, TimeSpan.FromSeconds(60)).Should().BeTrue();
        _seenByWest.Ike.OfType<InstallChildSa>().Should().ContainSingle();
        _seenByEast.Ike.OfType<InstallChildSa>().Should().ContainSingle();
    }

    [Test]
    public void ReplayedDamagedAndUnknownPacketsAreNotDelivered()
    {
        Connect();
        Ping(1);
        _loop.WaitUntil(() => _seenByWest.EchoReplies == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();
        var request = _frames[9];

        _network.Inject(request);
        var damaged = request.ToArray();
        damaged[EthernetHeader.Size + Ipv4Header.MinSize + EspHeader.Size - 1] = 99;
        _network.Inject(damaged);
        var unknown = request.ToArray();
        unknown[EthernetHeader.Size + Ipv4Header.MinSize] ^= 0x80;
        _network.Inject(unknown);
        Ping(2);
        _loop.WaitUntil(() => _seenByWest.EchoReplies == 2, TimeSpan.FromSeconds(5)).Should().BeTrue();

        _seenByEast.Esp.Should().Equal(EspOutcome.Ok, EspOutcome.Replayed, EspOutcome.IntegrityFailure, EspOutcome.UnknownSpi, EspOutcome.Ok);
        _seenByEast.Delivered.Should().HaveCount(2);
    }

    [Test]
    public void AfterDeleteNothingPasses()
    {
        Connect();
        _east.Command(new DeleteChildSa(_east.ChildSas[0].InboundSpi));
        _loop.WaitUntil(() => _west.ChildSas.Count == 0, TimeSpan.FromSeconds(5)).Should().BeTrue();
        _west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "x"u8)).Should().BeFalse();
    }

    [Test]
    public void PacketsOutsideThePolicyDoNotLeave()
    {
        Connect();
        _west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, 0xC613_0207, 1, 1, "x"u8)).Should().BeFalse();
        _west.SendInner(new byte[] { 0x45, 0 }).Should().BeFalse();
        _frames.Should().HaveCount(9);
    }

    [Test]
    public void APacketOnARemovedSaIsUnknown()
    {
        Connect();
        _west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "x"u8)).Should().BeTrue();
        _east.Command(new DeleteChildSa(_east.ChildSas[0].InboundSpi));
        _loop.WaitUntil(() => _seenByEast.Esp.Count == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();
        _seenByEast.Esp.Should().Equal(EspOutcome.UnknownSpi);
        _seenByEast.Delivered.Should().BeEmpty();
    }

    /// <summary>After a rekey outbound traffic uses the new pair, and the old one still receives (RFC 2408 section 4.3).</summary>
    [Test]
    public void ARekeyMovesTrafficToTheNewestPair()
    {
        Connect();
        _west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 7, 1, "old"u8)).Should().BeTrue();
        var late = _frames[^1];
        _west.Command(new InitiateChildSa("tunnel", "net"));
        _loop.WaitUntil(() => _west.ChildSas.Count == 2 && _east.ChildSas.Count == 2, TimeSpan.FromSeconds(5)).Should().BeTrue();
        Ping(2);
        Spi(_frames[^1]).Should().Be(_west.ChildSas[1].OutboundSpi).And.NotBe(Spi(late));
        _loop.WaitUntil(() => _seenByWest.EchoReplies == 2, TimeSpan.FromSeconds(5)).Should().BeTrue();

        _west.Command(new DeleteChildSa(_west.ChildSas[1].InboundSpi));
        Ping(3);
        Spi(_frames[^1]).Should().Be(_west.ChildSas[0].OutboundSpi, "what is left is the old pair");
    }

    /// <summary>Both sides replace the pair at once: traffic goes on all the time, and in the end there is one pair.</summary>
    [Test]
    public void CrossedRekeysLoseNothing([Range(1, 6)] int start)
    {
        _network.Conditions = new(TimeSpan.FromMilliseconds(20), TimeSpan.Zero, Loss: 0, Duplication: 0);

        // Which pair stays is decided by SPIs, which are others each time.
        for (var i = 1; i < start; i++)
        {
            Connect();
            _west.Command(new DeleteIkeSa("tunnel"));
            _loop.WaitUntil(() => _east.ChildSas.Count == 0, TimeSpan.FromSeconds(5)).Should().BeTrue();
        }

        Connect();
        _west.Command(new RekeyChildSa(_west.ChildSas[0].InboundSpi));
        _east.Command(new RekeyChildSa(_east.ChildSas[0].InboundSpi));
        for (ushort i = 1; i <= 150; i++)
        {
            Ping(i);
            _loop.WaitUntil(() => false, TimeSpan.FromMilliseconds(100));
        }

        _loop.WaitUntil(() => _seenByWest.EchoReplies == 150, TimeSpan.FromSeconds(5)).Should().BeTrue();
        _seenByWest.Esp.Concat(_seenByEast.Esp).Should().OnlyContain(outcome => outcome == EspOutcome.Ok);
        _west.ChildSas.Should().ContainSingle().Which.InboundSpi.Should().Be(_east.ChildSas.Should().ContainSingle().Subject.OutboundSpi);
    }

    [Test]
    public void APolicyThatAGatewayCannotKeepIsRefusedAndLeavesNothing()
    {
        var policy = TunnelPolicy.West(WestEnd, EastEnd);
        var child = policy.Children[0];
        _west.Add(policy with { Name = "a", Children = [child with { Mode = EncapsulationMode.Transport }] }).Should().ContainSingle().Which.Problem.Should().Contain("tunnel mode");
        _west.Add(policy with { Name = "b", Children = [child with { LocalSelector = IdentificationPayload.Fqdn("no.addresses.example") }] }).Should().ContainSingle();
        _west.Add(policy with { Name = "c", Children = [child, child] }).Should().ContainSingle().Which.Field.Should().EndWith("children[1].name");
        _west.Add(policy with { Name = "d", Children = [child with { LifetimeSeconds = 0 }] }).Should().ContainSingle();
        _west.DataPlane.Spd.Entries.Should().ContainSingle("only the connection of the fixture");
    }

    [Test]
    public void ADisposedGatewayIgnoresTimersAndPackets()
    {
        _network.Conditions = LinkConditions.Good with { Loss = 1 };
        _west.Command(new InitiateChildSa("tunnel", "net"));
        var sent = _frames.Count;
        _west.Dispose();
        _west.OnUdp(WestEnd, EastEnd, new byte[28]);
        _west.OnPacket(_frames[0].AsMemory(EthernetHeader.Size));
        _loop.WaitUntil(() => false, TimeSpan.FromMinutes(10)).Should().BeFalse();
        _frames.Should().HaveCount(sent);
    }

    [Test]
    public void AnObserverMayGiveCommands()
    {
        var commander = new Commander(_west);
        _west.Observe(commander);
        _west.Command(new InitiateIkeSa("tunnel"));
        _loop.WaitUntil(() => _west.ChildSas.Count == 1 && _east.ChildSas.Count == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();
    }

    [Test]
    public void AnyFrameIsSurvived()
    {
        Connect();
        var random = new SeededRandomSource(9);
        for (var size = 0; size < 200; size++)
        {
            var packet = new byte[size];
            random.Fill(packet);
            _east.OnPacket(packet);
            _east.OnUdp(EastEnd, WestEnd, packet);
            _network.Inject(packet);
        }

        Ping(1);
        _loop.WaitUntil(() => _seenByWest.EchoReplies == 1, TimeSpan.FromSeconds(60)).Should().BeTrue();
    }

    public void Dispose()
    {
        _west.Dispose();
        _east.Dispose();
        _loop.Dispose();
    }

    private SecurityGateway Gateway(string name, IPEndPoint end, RecordingObserver observer, ulong seed)
    {
        var gateway = new SecurityGateway(name, _loop, new SeededRandomSource(seed), new EchoNetwork());
        var host = _network.Attach(end.Address);
        host.Receiver = gateway;
        gateway.Attach(host);
        gateway.Observe(observer);
        return gateway;
    }

    private void Connect()
    {
        _west.Command(new InitiateChildSa("tunnel", "net"));
        _loop.WaitUntil(() => _west.ChildSas.Count == 1 && _east.ChildSas.Count == 1, TimeSpan.FromMinutes(5)).Should().BeTrue();
    }

    private void Ping(ushort sequence) =>
        _west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 7, sequence, "conformance"u8)).Should().BeTrue();

    private static uint Spi(byte[] frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(EthernetHeader.Size + Ipv4Header.MinSize));

    private sealed class Commander(SecurityGateway gateway) : IGatewayObserver
    {
        public void OnIke(IkeEffect effect)
        {
            if (effect is IkeSaEstablished)
            {
                gateway.Command(new InitiateChildSa("tunnel", "net"));
            }
        }

        public void OnEspReceived(EspOutcome outcome, ReadOnlyMemory<byte> packet)
        {
        }

        public void OnDelivered(ReadOnlyMemory<byte> innerPacket)
        {
        }
    }
}
