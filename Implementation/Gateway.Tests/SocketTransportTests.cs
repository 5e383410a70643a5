// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Gateway.Tests.Nat;
using Ipsec.Transports;
using Ipsec.Transports.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway.Tests;

/// <summary>What the system refuses is a lost packet that somebody hears of, never the end of the loop.</summary>
[TestFixture]
public sealed class SocketTransportTests
{
    private const int Port = 15600;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly IPAddress Address = IPAddress.Parse("127.18.0.9");

    [SetUp]
    public void NeedsRawSockets() => Assume.That(Environment.IsPrivilegedProcess, "raw sockets need CAP_NET_RAW");

    [Test]
    public void APacketThatTheSystemRefusesIsReportedAndLost()
    {
        using var loop = new RealEventLoop("refused");
        var receiver = new Receiver();
        using var transport = new SocketTransport(loop, Address, Port, receiver);
        var remote = new IPEndPoint(IPAddress.Loopback, Port + 1);
        loop.Invoke(() =>
        {
            transport.SendUdp(new(Address, Port), remote, new byte[65536]);
            return true;
        });
        loop.WaitUntil(() => receiver.Errors.Count == 1, Soon).Should().BeTrue();
        receiver.Errors[0].Remote.Should().Be(remote);
        receiver.Errors[0].Reason.Should().Contain(nameof(SocketError.MessageSize));
    }

    [Test]
    public void ReceivingGoesOnAfterAnIcmpError()
    {
        using var loop = new RealEventLoop("refused");
        var receiver = new Receiver();
        using var transport = new SocketTransport(loop, Address, Port, receiver);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        loop.Invoke(() =>
        {
            transport.SendUdp(new(Address, Port), new IPEndPoint(Address, Port + 7), new byte[1]);
            return true;
        });
        other.SendTo(new byte[] { 1, 2, 3 }, new IPEndPoint(Address, Port));
        loop.WaitUntil(() => receiver.Datagrams == 1, Soon).Should().BeTrue();
    }

    [Test]
    public void ATransportMayBeDisposedTwiceAndUsedTooLate()
    {
        using var loop = new RealEventLoop("late");
        var receiver = new Receiver();
        var transport = new SocketTransport(loop, Address, Port, receiver);
        transport.Dispose();
        transport.Dispose();
        transport.SendUdp(new(Address, Port), new(Address, Port), new byte[1]);
        loop.WaitUntil(() => receiver.Errors.Count == 1, Soon).Should().BeTrue("a timer of the gateway may still send");
    }

    [Test]
    public void TheAddressIsFreeAgainAfterwards()
    {
        using var loop = new RealEventLoop("again");
        for (var i = 0; i < 20; i++)
        {
            using var transport = new SocketTransport(loop, Address, Port, new Receiver());
            loop.Invoking(l => new SocketTransport(l, Address, Port, new Receiver())).Should().Throw<SocketException>();
        }
    }

    [Test]
    public void ALoopMayEndBeforeTheTransport()
    {
        var loop = new RealEventLoop("first");
        using var transport = new SocketTransport(loop, Address, Port, new Receiver());
        loop.Dispose();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.SendTo(new byte[3], new IPEndPoint(Address, Port));
        transport.Invoking(t => t.Dispose()).Should().NotThrow();
    }

    [Test]
    public void FurtherPortsCanBeOpenedAndSentFrom()
    {
        using var loop = new RealEventLoop("ports");
        var receiver = new Inbox();
        using var transport = new SocketTransport(loop, Address, [Port, Port], receiver);
        transport.Open(Port + 3);
        transport.Open(Port + 3);
        loop.Invoke(() =>
        {
            transport.SendUdp(new(Address, Port + 3), new(Address, Port), new byte[] { 7 });
            transport.Invoking(t => t.SendUdp(new(Address, Port + 4), new(Address, Port), new byte[1])).Should().Throw<ArgumentException>();
            return true;
        });
        loop.WaitUntil(() => receiver.Datagrams.Count == 1, Soon).Should().BeTrue();
        receiver.Datagrams[0].Remote.Should().Be(new IPEndPoint(Address, Port + 3));
        loop.Invoke(() =>
        {
            transport.SendUdp(new(Address, Port), new(Address, Port + 3), new byte[] { 8 });
            return true;
        });
        loop.WaitUntil(() => receiver.Datagrams.Count == 2, Soon).Should().BeTrue();
        receiver.Datagrams[1].Local.Should().Be(new IPEndPoint(Address, Port + 3));
    }

    [TestCase(IpProtocol.Esp)]
    [TestCase(IpProtocol.Ah)]
    public void OverIpv6PacketsArriveWithTheirHeaderMadeAnew(IpProtocol protocol)
    {
        Assume.That(Socket.OSSupportsIPv6, "this host has no IPv6");
        var address = IPAddress.IPv6Loopback;
        using var loop = new RealEventLoop("ipv6");
        var receiver = new Inbox();
        using var transport = new SocketTransport(loop, address, [Port], receiver);
        var number = AddressNumber.From(address);
        var packet = new byte[Ipv6Header.Size + 40];
        Ipv6Header.For(number, number, protocol, 40).Write(packet);
        new EspHeader(0xC0FFEE01, 1).Write(packet.AsSpan(Ipv6Header.Size));
        loop.Invoke(() =>
        {
            transport.SendPacket(packet);
            transport.SendUdp(new(address, Port), new(address, Port), new byte[] { 9 });
            return true;
        });
        loop.WaitUntil(() => receiver.Packets.Count == 1 && receiver.Datagrams.Count == 1, Soon).Should().BeTrue("errors: {0}", string.Join(", ", receiver.Errors));
        receiver.Packets[0].Should().Equal(packet);
        receiver.Datagrams[0].Remote.Should().Be(new IPEndPoint(address, Port));
    }

    [Test]
    public void PacketsForAnotherAddressAreNotDelivered()
    {
        var elsewhere = IPAddress.Parse("127.18.0.10");
        var packet = new byte[Ipv4Header.MinSize + EspHeader.Size];
        Ipv4Header.For(elsewhere, elsewhere, IpProtocol.Esp, EspHeader.Size).Write(packet);
        using var loop = new RealEventLoop("crowded");
        using var senderLoop = new RealEventLoop("sender");
        using var stop = new CancellationTokenSource();
        using var sender = new SocketTransport(senderLoop, elsewhere, Port + 1, new Silent());
        var sending = Task.Run(() =>
        {
            for (var sent = 0; sent < 100_000 && !stop.IsCancellationRequested; sent++)
            {
                sender.SendPacket(packet);
            }
        });

        for (var opened = 0; opened < 100; opened++)
        {
            using var transport = new SocketTransport(loop, Address, Port, new Receiver());
            loop.WaitUntil(() => true, Soon).Should().BeTrue();
        }

        stop.Cancel();
        sending.Wait();
        loop.WaitUntil(() => true, Soon).Should().BeTrue();
    }

    private sealed class Silent : IPacketReceiver
    {
        public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload)
        {
        }

        public void OnPacket(ReadOnlyMemory<byte> packet)
        {
        }

        public void OnTransportError(TransportError error)
        {
        }
    }

    private sealed class Receiver : IPacketReceiver
    {
        public List<TransportError> Errors { get; } = [];

        public int Datagrams { get; private set; }

        public void OnUdp(IPEndPoint local, IPEndPoint remote, ReadOnlyMemory<byte> payload) => Datagrams++;

        public void OnPacket(ReadOnlyMemory<byte> packet) => throw new InvalidOperationException("no ESP is sent here");

        public void OnTransportError(TransportError error) => Errors.Add(error);
    }
}
