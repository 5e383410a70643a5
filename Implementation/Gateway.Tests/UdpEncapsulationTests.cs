// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Esp;
using Ipsec.Gateway.Tests.Planes;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;
using UdpEncapsulation = Ipsec.Wire.Ip.UdpEncapsulation;

namespace Ipsec.Gateway.Tests;

/// <summary>Port 4500: IKE behind the non-ESP marker, ESP in UDP, keepalives (RFC 3948), without any NAT on the path.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UdpEncapsulationTests : IDisposable
{
    private static readonly IPAddress WestAddress = IPAddress.Parse("198.51.100.10");
    private static readonly IPAddress EastAddress = IPAddress.Parse("198.51.100.2");
    private static readonly IPEndPoint West = new(WestAddress, UdpEncapsulation.Port);
    private static readonly IPEndPoint East = new(EastAddress, UdpEncapsulation.Port);

    private readonly Pair _pair = Pair.OnOneNetwork(West, East);

    [Test]
    public void IkeOnPort4500HasTheMarkerAndIsUnderstood()
    {
        Tunnel(EncapsulationMode.Tunnel);
        _pair.Frames.Should().HaveCountGreaterThanOrEqualTo(9).And.OnlyContain(frame => Data(frame).StartsWith("00000000"));
        _pair.East.Counters.Received(UdpEncapsulationKind.Ike).Should().BeGreaterThanOrEqualTo(5);
        _pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
        Head(_pair.Frames[^1]).Protocol.Should().Be(IpProtocol.Esp, "UDP encapsulation was not agreed");
    }

    [Test]
    public void IkeOnAnotherPortHasNone()
    {
        var (west, east) = (new IPEndPoint(WestAddress, 40000), new IPEndPoint(EastAddress, 500));
        _pair.Add(TunnelPolicy.West(west, east), TunnelPolicy.East(west, east));
        _pair.Connect();
        _pair.Frames.Should().OnlyContain(frame => !Data(frame).StartsWith("00000000"));
        Ports(_pair.Frames[0]).Should().Be((40000, 500));
        _pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
    }

    [TestCase(EncapsulationMode.UdpEncapsulatedTunnel)]
    [TestCase(EncapsulationMode.UdpEncapsulatedTunnelDraft)]
    public void ATunnelInUdpCarriesPackets(EncapsulationMode mode)
    {
        Tunnel(mode);
        _pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
        foreach (var frame in _pair.Frames[^2..])
        {
            Ports(frame).Should().Be((4500, 4500));
            Checksum(frame).Should().Be(0, "RFC 3948 section 2.1");
        }

        Spi(_pair.Frames[^2]).Should().Be(_pair.West.ChildSas[0].OutboundSpi);
        _pair.East.Counters.Received(UdpEncapsulationKind.Esp).Should().Be(1);
        _pair.SeenByEast.Esp.Should().Equal(EspOutcome.Ok);
    }

    [Test]
    public void TransportModeInUdpCarriesPackets()
    {
        _pair.Add(Udp(TunnelPolicy.West(West, East)), Udp(TunnelPolicy.East(West, East)));
        _pair.Connect();
        _pair.Ping(AddressNumber.From(WestAddress), AddressNumber.From(EastAddress)).Should().BeTrue();
        Ports(_pair.Frames[^1]).Should().Be((4500, 4500));

        static ConnectionPolicy Udp(ConnectionPolicy connection) =>
            connection.InTransportMode().With(child => child with { Mode = EncapsulationMode.UdpEncapsulatedTransport });
    }

    /// <summary>Receivers must not depend on a checksum of zero (RFC 3948 section 2.1): the socket looks at it, not the gateway.</summary>
    [Test]
    public void ESPInUdpWithAChecksumIsTaken()
    {
        Tunnel(EncapsulationMode.UdpEncapsulatedTunnel);
        _pair.West.DataPlane.TryProtect(Request(), out var packet).Should().BeTrue();
        _pair.East.OnUdp(East, West, packet[(Ipv4Header.MinSize + UdpHeader.Size)..].ToArray());
        _pair.SeenByEast.Delivered.Should().ContainSingle();
    }

    /// <summary>One that agreed on UDP gets nothing as plain ESP, and the other way round (RFC 3948 section 2.1).</summary>
    [Test]
    public void PlainEspOnAnSaInUdpIsNotTaken()
    {
        Tunnel(EncapsulationMode.UdpEncapsulatedTunnel);
        _pair.West.DataPlane.TryProtect(Request(), out var packet).Should().BeTrue();
        var esp = packet[(Ipv4Header.MinSize + UdpHeader.Size)..];
        var plain = new byte[Ipv4Header.MinSize + esp.Length];
        Ipv4Header.For(WestAddress, EastAddress, IpProtocol.Esp, esp.Length).Write(plain);
        esp.CopyTo(plain.AsSpan(Ipv4Header.MinSize));
        _pair.East.OnPacket(plain);
        _pair.SeenByEast.Esp.Should().Equal(EspOutcome.EncapsulationMismatch);
    }

    [Test]
    public void KeepalivesAreCountedAndReachNobody()
    {
        Tunnel(EncapsulationMode.UdpEncapsulatedTunnel);
        var effects = _pair.SeenByEast.Ike.Count;
        _pair.East.OnUdp(East, West, UdpEncapsulation.Keepalive);
        _pair.SeenByEast.Keepalives.Should().Equal((East, West));
        _pair.East.Counters.Received(UdpEncapsulationKind.Keepalive).Should().Be(1);
        _pair.SeenByEast.Ike.Should().HaveCount(effects);
        _pair.SeenByEast.Delivered.Should().BeEmpty();
        _pair.SeenByEast.Esp.Should().BeEmpty();
        _pair.Ping(TunnelPolicy.WestHost, TunnelPolicy.EastHost).Should().BeTrue();
    }

    [TestCase("", UdpEncapsulationKind.Malformed)]
    [TestCase("FE", UdpEncapsulationKind.Malformed)]
    [TestCase("FFFF", UdpEncapsulationKind.Malformed)]
    [TestCase("000000", UdpEncapsulationKind.Malformed)]
    [TestCase("FF", UdpEncapsulationKind.Keepalive)]
    [TestCase("00000000", UdpEncapsulationKind.Ike)]
    [TestCase("00000001", UdpEncapsulationKind.Esp)]
    [TestCase("FFFFFFFF00000001", UdpEncapsulationKind.Esp)]
    public void DatagramsAreToldApartByTheirFirstOctets(string data, UdpEncapsulationKind kind)
    {
        Tunnel(EncapsulationMode.UdpEncapsulatedTunnel);
        var before = _pair.East.Counters.Received(kind);
        var discarded = _pair.SeenByEast.Ike.OfType<DatagramDiscarded>().Count();
        _pair.East.OnUdp(East, West, Convert.FromHexString(data));
        _pair.East.Counters.Received(kind).Should().Be(before + 1);
        _pair.SeenByEast.Ike.OfType<DatagramDiscarded>().Should().HaveCount(discarded + (kind == UdpEncapsulationKind.Ike ? 1 : 0));
        _pair.SeenByEast.Esp.Should().HaveCount(kind == UdpEncapsulationKind.Esp ? 1 : 0);
    }

    /// <summary>A gateway need not sit at 4500: whoever reaches it at another port speaks as on 4500.</summary>
    [Test]
    public void EspIsSpokenOnWhateverPortIsOneOfNatTraversal()
    {
        var elsewhere = new IPEndPoint(WestAddress, 40000);
        var network = _pair.Network();
        using var west = new SecurityGateway("west", _pair.Loop, new SeededRandomSource(1), new EchoNetwork()) { NatTraversalPorts = [4500, 40000] };
        using var east = new SecurityGateway("east", _pair.Loop, new SeededRandomSource(2), new EchoNetwork());
        var seen = new RecordingObserver();
        west.Observe(seen);
        foreach (var (gateway, address) in new[] { (west, WestAddress), (east, EastAddress) })
        {
            var host = network.Attach(address);
            host.Receiver = gateway;
            gateway.Attach(host);
        }

        west.Add(TunnelPolicy.West(elsewhere, East).With(InUdp)).Should().BeEmpty();
        east.Add(TunnelPolicy.East(elsewhere, East).With(InUdp)).Should().BeEmpty();
        west.Command(new InitiateChildSa("tunnel", "net"));
        _pair.Loop.WaitUntil(() => west.ChildSas.Count == 1 && east.ChildSas.Count == 1, TimeSpan.FromSeconds(9)).Should().BeTrue();
        _pair.Run(TimeSpan.FromMilliseconds(10));
        west.SendInner(Request()).Should().BeTrue();
        _pair.Loop.WaitUntil(() => seen.EchoReplies == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();
        east.ChildSas[0].Udp.Should().Be(new Ike.Effects.UdpEncapsulation(4500, 40000));

        static ChildPolicy InUdp(ChildPolicy child) => child with { Mode = EncapsulationMode.UdpEncapsulatedTunnel };
    }

    public void Dispose() => _pair.Dispose();

    private static byte[] Request() => EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, "x"u8);

    private static IpPacketHead Head(byte[] frame)
    {
        IpPacketHead.TryRead(frame.AsSpan(EthernetHeader.Size), out var head, out var error).Should().BeTrue($"{error}");
        return head;
    }

    private static (int Source, int Destination) Ports(byte[] frame)
    {
        UdpHeader.TryRead(frame.AsSpan(EthernetHeader.Size + Head(frame).HeaderLength), out var udp, out var error).Should().BeTrue($"{error}");
        return (udp.SourcePort, udp.DestinationPort);
    }

    private static int Checksum(byte[] frame) =>
        BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(EthernetHeader.Size + Ipv4Header.MinSize + UdpHeader.ChecksumOffset));

    private static string Data(byte[] frame) => Convert.ToHexString(frame.AsSpan(EthernetHeader.Size + Ipv4Header.MinSize + UdpHeader.Size));

    private static uint Spi(byte[] frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(EthernetHeader.Size + Ipv4Header.MinSize + UdpHeader.Size));

    private void Tunnel(EncapsulationMode mode)
    {
        _pair.Add(
            TunnelPolicy.West(West, East).With(child => child with { Mode = mode }),
            TunnelPolicy.East(West, East).With(child => child with { Mode = mode }));
        _pair.Connect();
    }
}
