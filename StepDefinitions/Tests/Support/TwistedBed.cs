// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>A bed in memory whose east lies.</summary>
internal sealed class TwistedBed : TestBed
{
    private readonly VirtualEventLoop _loop = new();
    private readonly VirtualNetwork _network;
    private readonly TwistedEast _east;

    public TwistedBed(ulong seed, Lie lie)
    {
        _network = new VirtualNetwork(_loop, new SeededRandomSource(seed));
        _network.Tap += Wire.Add;
        West = Gateway("west", Addresses.West, seed + 1, new Lie());
        West.Observe(WestWitness);
        _east = new TwistedEast(Gateway("east", Addresses.East, seed + 2, lie), _loop, lie);
    }

    public override IEventLoop Loop => _loop;

    public override SecurityGateway West { get; }

    public override IEastSide East => _east;

    public override BedAddresses Addresses { get; } = new(BedAddresses.First, new IPAddress([198, 51, 100, 2]));

    public override void Inject(ReadOnlyMemory<byte> packet) => _network.InjectPacket(packet.Span);

    public override ValueTask DisposeAsync()
    {
        West.Dispose();
        _east.Gateway.Dispose();
        _loop.Dispose();
        return ValueTask.CompletedTask;
    }

    private SecurityGateway Gateway(string name, IPAddress address, ulong seed, Lie lie)
    {
        var gateway = new SecurityGateway(name, _loop, new SeededRandomSource(seed), new EchoNetwork(), lie.Messages);
        var host = _network.Attach(address);
        host.Receiver = gateway;
        gateway.Attach(new Bending(host, lie));
        return gateway;
    }

    /// <summary>The way out, with a hand in it.</summary>
    private sealed class Bending(VirtualHost host, Lie lie) : ITransport
    {
        public IPAddress Address => host.Address;

        public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload) => host.SendUdp(local, remote, lie.Datagrams(payload.ToArray()));

        public void SendPacket(ReadOnlySpan<byte> packet)
        {
            foreach (var bent in lie.Packets(packet.ToArray()))
            {
                host.SendPacket(bent);
            }
        }
    }
}
