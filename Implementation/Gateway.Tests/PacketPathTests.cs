// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Inputs;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;

namespace Ipsec.Gateway.Tests;

/// <summary>The way of ESP packets through a gateway that nobody watches: nothing is allocated on it.</summary>
[TestFixture]
public sealed class PacketPathTests
{
    private const int Packets = 200;
    private static readonly IPEndPoint WestEnd = new(IPAddress.Parse("198.51.100.10"), 500);
    private static readonly IPEndPoint EastEnd = new(IPAddress.Parse("198.51.100.2"), 500);

    [Test]
    public void NoPacketAllocates()
    {
        using var loop = new VirtualEventLoop();
        var network = new VirtualNetwork(loop, new SeededRandomSource(1));
        var sink = new Sink();
        using var west = Gateway("west", WestEnd, 2);
        using var east = Gateway("east", EastEnd, 3);
        west.Add(TunnelPolicy.West(WestEnd, EastEnd)).Should().BeEmpty();
        east.Add(TunnelPolicy.East(WestEnd, EastEnd)).Should().BeEmpty();
        west.Command(new InitiateChildSa("tunnel", "net"));
        loop.WaitUntil(() => east.ChildSas.Count == 1, TimeSpan.FromSeconds(5)).Should().BeTrue();

        var wire = new Wire();
        west.Attach(wire);
        ReadOnlyMemory<byte> inner = EchoNetwork.Request(TunnelPolicy.WestHost, TunnelPolicy.EastHost, 1, 1, new byte[1000]);
        Allocated(() => west.SendInner(inner)).Should().Be(0);
        var next = 0;
        Allocated(() => east.OnPacket(wire.Sent[next++])).Should().Be(0);
        sink.Delivered.Should().Be(2 * Packets);

        SecurityGateway Gateway(string name, IPEndPoint end, ulong seed)
        {
            var gateway = new SecurityGateway(name, loop, new SeededRandomSource(seed), sink);
            var host = network.Attach(end.Address);
            host.Receiver = gateway;
            gateway.Attach(host);
            return gateway;
        }
    }

    // The first round pays for what is made once: ciphers and compiled code.
    private static long Allocated(Action packet)
    {
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Round();
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Round()
        {
            for (var i = 0; i < Packets; i++)
            {
                packet();
            }
        }
    }

    private sealed class Sink : IInnerNetwork
    {
        public int Delivered { get; private set; }

        public void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply) => Delivered++;
    }

    /// <summary>Keeps what is sent in memory taken before.</summary>
    private sealed class Wire : ITransport
    {
        private readonly byte[] _memory = new byte[2 * Packets * 1200];
        private int _used;

        public List<ReadOnlyMemory<byte>> Sent { get; } = new(2 * Packets);

        public IPAddress Address => WestEnd.Address;

        public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload) => throw new InvalidOperationException("only ESP is sent here");

        public void SendPacket(ReadOnlySpan<byte> packet)
        {
            packet.CopyTo(_memory.AsSpan(_used));
            Sent.Add(_memory.AsMemory(_used, packet.Length));
            _used += packet.Length;
        }
    }
}
