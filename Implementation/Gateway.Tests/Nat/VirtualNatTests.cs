// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;
using static Ipsec.Gateway.Tests.Nat.NatPackets;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>Hosts on two in-memory networks with a NAT between them.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VirtualNatTests : IDisposable
{
    private static readonly IPEndPoint Ari = End("198.18.1.5:500");
    private static readonly IPEndPoint Peer = End("198.51.100.2:500");
    private static readonly IPAddress Outside = IPAddress.Parse("198.51.100.77");

    private readonly VirtualEventLoop _loop = new();
    private readonly VirtualNetwork _inside;
    private readonly VirtualNetwork _outside;
    private readonly VirtualHost _ari;
    private readonly VirtualHost _peer;
    private readonly VirtualNat _nat;
    private readonly Inbox _atAri = new();
    private readonly Inbox _atPeer = new();

    public VirtualNatTests()
    {
        _inside = new(_loop, new SeededRandomSource(1));
        _outside = new(_loop, new SeededRandomSource(2));
        _ari = _inside.Attach(Ari.Address);
        _ari.Receiver = _atAri;
        _peer = _outside.Attach(Peer.Address);
        _peer.Receiver = _atPeer;
        var policy = new NatPolicy { Outside = Outside, Ports = NatPortAssignment.Sequential };
        _nat = new(_loop, _inside, _outside, new NatBox(policy, new SeededRandomSource(3)));
    }

    [Test]
    public void EachNetworkSeesTheHostUnderAnotherAddress()
    {
        var (insideFrames, outsideFrames) = (new List<byte[]>(), new List<byte[]>());
        _inside.Tap += (_, frame) => insideFrames.Add(frame.ToArray());
        _outside.Tap += (_, frame) => outsideFrames.Add(frame.ToArray());
        _ari.SendUdp(Ari, Peer, "hello"u8);
        Run();
        _atPeer.Datagrams.Should().ContainSingle().Which.Should().BeEquivalentTo((Peer, End("198.51.100.77:49152"), "hello"u8.ToArray()));
        _peer.SendUdp(Peer, _atPeer.Datagrams[0].Remote, "yes?"u8);
        Run();
        _atAri.Datagrams.Should().ContainSingle().Which.Should().BeEquivalentTo((Ari, Peer, "yes?"u8.ToArray()));
        Source(insideFrames[0]).Should().Be("198.18.1.5");
        Source(outsideFrames[0]).Should().Be("198.51.100.77");
        (insideFrames.Count, outsideFrames.Count).Should().Be((2, 2));

        static string Source(byte[] frame) => Addresses(frame[EthernetHeader.Size..]).Source;
    }

    [Test]
    public void MovingTheNatMovesTheHost()
    {
        _ari.SendUdp(Ari, Peer, "1"u8);
        Run();
        _nat.Move(IPAddress.Parse("198.51.100.78"));
        _peer.SendUdp(Peer, new(Outside, 49152), "lost"u8);
        _ari.SendUdp(Ari, Peer, "2"u8);
        Run();
        _atPeer.Datagrams[^1].Remote.Should().Be(End("198.51.100.78:49152"));
        _peer.SendUdp(Peer, End("198.51.100.78:49152"), "found"u8);
        Run();
        _atAri.Datagrams.Should().ContainSingle().Which.Payload.Should().Equal("found"u8.ToArray());
    }

    [Test]
    public void BothSidesMayBeBehindNats()
    {
        var far = new VirtualNetwork(_loop, new SeededRandomSource(4));
        var server = End("198.19.1.7:4500");
        var atServer = new Inbox();
        far.Attach(server.Address).Receiver = atServer;
        var address = IPAddress.Parse("198.51.100.88");
        _ = new VirtualNat(_loop, far, _outside, new NatBox(new() { Outside = address, Forwards = [new(server.Address)] }, new SeededRandomSource(5)));
        _ari.SendUdp(Ari, new(address, 4500), "hello"u8);
        Run();
        atServer.Datagrams.Should().ContainSingle().Which.Should().BeEquivalentTo((server, End("198.51.100.77:49152"), "hello"u8.ToArray()));
    }

    [Test]
    public void APacketLosesTimeToLiveAndWithoutAnyItGoesNoFurther()
    {
        var packet = Udp(Ari, Peer, "x"u8);
        Ipv4Header.TryRead(packet, out var header, out _);
        var frames = new List<byte[]>();
        _outside.Tap += (_, frame) => frames.Add(frame.ToArray());
        foreach (byte timeToLive in new byte[] { 2, 1 })
        {
            (header with { TimeToLive = timeToLive }).Write(packet);
            _ari.SendPacket(packet);
            Run();
        }

        Ipv4Header.TryRead(frames.Should().ContainSingle().Which.AsSpan(EthernetHeader.Size), out header, out _).Should().BeTrue();
        header.TimeToLive.Should().Be(1);
    }

    [Test]
    public void WithoutTheNatNothingLeaves()
    {
        _nat.Detach();
        _ari.SendUdp(Ari, Peer, "x"u8);
        Run();
        _atPeer.Datagrams.Should().BeEmpty();
        _inside.Undeliverable.Should().Be(1);
    }

    public void Dispose() => _loop.Dispose();

    private void Run() => _loop.WaitUntil(() => false, TimeSpan.FromSeconds(1));
}
