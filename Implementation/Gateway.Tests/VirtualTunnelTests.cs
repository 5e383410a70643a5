// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.InMemory;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

/// <summary>Two gateways on an in-memory network: main mode, quick mode, and pings through the tunnel.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VirtualTunnelTests : IDisposable
{
    private static readonly IPEndPoint WestEnd = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint EastEnd = new(IPAddress.Parse("198.51.100.2"), 500);

    private readonly VirtualEventLoop loop = new();
    private readonly SeededRandomSource weather = new(1);
    private readonly VirtualNetwork network;
    private readonly RecordingObserver seenByWest = new();
    private readonly RecordingObserver seenByEast = new();
    private readonly List<byte[]> frames = [];
    private readonly SecurityGateway west;
    private readonly SecurityGateway east;

    public VirtualTunnelTests()
    {
        network = new VirtualNetwork(loop, weather);
        network.Tap += (_, frame) => frames.Add(frame.ToArray());
        west = Gateway("west", WestEnd, seenByWest, 2);
        east = Gateway("east", EastEnd, seenByEast, 3);
        west.Add(TunnelPolicy.West(WestEnd, EastEnd)).Should().BeEmpty();
        east.Add(TunnelPolicy.East(WestEnd, EastEnd)).Should().BeEmpty();
    }

    [Test]
    public void APingComesBackThroughTheTunnelAndNothingElseIsSeen()
    {
        Connect();
        Ping(1);
        loop.WaitUntil(() => seenByWest.EchoReplies == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();

        frames.Should().HaveCount(11, "six messages, three messages, request and reply");
        foreach (var frame in frames.Skip(9))
        {
            Ipv4Header.TryRead(frame.AsSpan(EthernetHeader.Size), out var outer, out _).Should().BeTrue();
            outer.Protocol.Should().Be(IpProtocol.Esp);
            Convert.ToHexString(frame).Should().NotContain("C6120105").And.NotContain("C6130107");
        }
    }

    [Test]
    public void ABadNetworkOnlyCostsTime([Range(1, 20)] int seed)
    {
        network.Conditions = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(400), Loss: 0.2, Duplication: 0.2);
        weather.Fill(new byte[seed]);
        Connect();
        network.Conditions = LinkConditions.Good;
        Ping(1);
        loop.WaitUntil(() => seenByWest.EchoReplies > 0, TimeSpan.FromSeconds(60)).Should().BeTrue();
        seenByWest.Ike.OfType<InstallChildSa>().Should().ContainSingle();
        seenByEast.Ike.OfType<InstallChildSa>().Should().ContainSingle();
    }

    [Test]
    public void ReplayedDamagedAndUnknownPacketsAreNotDelivered()
    {
        Connect();
        Ping(1);
        loop.WaitUntil(() => seenByWest.EchoReplies == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();
        var request = frames[9];

        network.Inject(request);
        var damaged = request.ToArray();
        damaged[EthernetHeader.Size + Ipv4Header.MinSize + EspHeader.Size - 1] = 99;
        network.Inject(damaged);
        var unknown = request.ToArray();
        unknown[EthernetHeader.Size + Ipv4Header.MinSize] ^= 0x80;
        network.Inject(unknown);
        Ping(2);
        loop.WaitUntil(() => seenByWest.EchoReplies == 2, TimeSpan.FromSeconds(5)).Should().BeTrue();

        seenByEast.Esp.Should().Equal(EspOutcome.Ok, EspOutcome.Replayed, EspOutcome.IntegrityFailure, EspOutcome.UnknownSpi, EspOutcome.Ok);
        seenByEast.Delivered.Should().HaveCount(2);
    }

    [Test]
    public void AfterDeleteNothingPasses()
    {
        Connect();
        east.Command(new DeleteChildSa(east.ChildSas[0].InboundSpi));
        loop.WaitUntil(() => west.ChildSas.Count == 0, TimeSpan.FromSeconds(5)).Should().BeTrue();
        west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "x"u8)).Should().BeFalse();
    }

    [Test]
    public void PacketsOutsideThePolicyDoNotLeave()
    {
        Connect();
        west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, 0xC613_0207, 1, 1, "x"u8)).Should().BeFalse();
        west.SendInner(new byte[] { 0x45, 0 }).Should().BeFalse();
        frames.Should().HaveCount(9);
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
            east.OnPacket(packet);
            east.OnUdp(EastEnd, WestEnd, packet);
            network.Inject(packet);
        }

        Ping(1);
        loop.WaitUntil(() => seenByWest.EchoReplies == 1, TimeSpan.FromSeconds(60)).Should().BeTrue();
    }

    public void Dispose()
    {
        west.Dispose();
        east.Dispose();
        loop.Dispose();
    }

    private SecurityGateway Gateway(string name, IPEndPoint end, RecordingObserver observer, ulong seed)
    {
        var gateway = new SecurityGateway(name, loop, new SeededRandomSource(seed), new EchoNetwork());
        var host = network.Attach(end.Address);
        host.Receiver = gateway;
        gateway.Attach(host);
        gateway.Observe(observer);
        return gateway;
    }

    private void Connect()
    {
        west.Command(new InitiateChildSa("tunnel", "net"));
        loop.WaitUntil(() => west.ChildSas.Count == 1 && east.ChildSas.Count == 1, TimeSpan.FromMinutes(5)).Should().BeTrue();
    }

    private void Ping(ushort sequence) =>
        west.SendInner(EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 7, sequence, "conformance"u8)).Should().BeTrue();
}
