// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>Both gateways ours, on a network in memory, under a virtual clock.</summary>
public sealed class VirtualTestBed : TestBed
{
    private readonly VirtualEventLoop _loop = new();
    private readonly VirtualNetwork _network;
    private readonly VirtualEastSide _east;
    private readonly WestPath _path;

    /// <summary>Makes the bed; the same seed gives the same bytes.</summary>
    /// <param name="request">What the scenario wants; the seed is that of both gateways and of the network.</param>
    public VirtualTestBed(BedRequest request)
    {
        var seed = request.Seed;
        Addresses = new(BedAddresses.First, new IPAddress([198, 51, 100, 2])) { Nat = request.Nat };
        _network = new VirtualNetwork(_loop, new SeededRandomSource(seed));
        _network.Tap += Wire.Add;
        West = new SecurityGateway("west", _loop, new SeededRandomSource(seed + 1), new EchoNetwork(), Faults);
        West.Observe(WestWitness);
        _path = new WestPath(West, Addresses, _loop, new SeededRandomSource(seed + 3));
        var westHost = _network.Attach(Addresses.West);
        westHost.Receiver = _path.Receiver;
        _path.Attach(westHost);
        var east = new SecurityGateway("east", _loop, new SeededRandomSource(seed + 2), new EchoNetwork());
        var eastHost = _network.Attach(Addresses.East);
        eastHost.Receiver = east;
        east.Attach(eastHost);
        _east = new VirtualEastSide(east, _loop);
    }

    /// <inheritdoc/>
    public override IEventLoop Loop => _loop;

    /// <inheritdoc/>
    public override SecurityGateway West { get; }

    /// <inheritdoc/>
    public override IEastSide East => _east;

    /// <inheritdoc/>
    public override BedAddresses Addresses { get; }

    /// <inheritdoc/>
    public override LinkConditions Network
    {
        get => _path.Conditions;
        set => _path.Conditions = value;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NatStage> Nats => _path.Nats;

    /// <inheritdoc/>
    public override void Inject(ReadOnlyMemory<byte> packet) => _network.InjectPacket(packet.Span);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        West.Dispose();
        _east.Gateway.Dispose();
        _loop.Dispose();
        return ValueTask.CompletedTask;
    }
}
