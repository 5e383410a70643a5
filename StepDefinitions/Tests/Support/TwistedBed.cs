// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>A bed in memory whose east lies.</summary>
internal sealed class TwistedBed : TestBed
{
    private readonly VirtualEventLoop _loop = new();
    private readonly VirtualNetwork _network;
    private readonly TwistedEast _east;

    private readonly WestPath _path;

    public TwistedBed(BedRequest request, Lie lie)
    {
        var seed = request.Seed;
        Addresses = new(BedAddresses.First, new IPAddress([198, 51, 100, 2])) { Nat = request.Nat };
        _network = new VirtualNetwork(_loop, new SeededRandomSource(seed));
        _network.Tap += Wire.Add;
        West = new SecurityGateway("west", _loop, new SeededRandomSource(seed + 1), new EchoNetwork(), Faults);
        West.Observe(WestWitness);
        _path = new WestPath(West, Addresses, _loop, new SeededRandomSource(seed + 3));
        var host = _network.Attach(Addresses.West);
        host.Receiver = _path.Receiver;
        _path.Attach(host);
        _east = new TwistedEast(Gateway("east", Addresses.East, seed + 2, lie), _loop, lie);
    }

    public override IEventLoop Loop => _loop;

    public override SecurityGateway West { get; }

    public override IEastSide East => _east;

    public override BedAddresses Addresses { get; }

    public override LinkConditions Network
    {
        get => _path.Conditions;
        set => _path.Conditions = value;
    }

    public override IReadOnlyList<NatStage> Nats => _path.Nats;

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
