// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>Both gateways ours, on a network in memory, under a virtual clock.</summary>
public sealed class VirtualTestBed : TestBed
{
    private readonly VirtualEventLoop _loop = new();
    private readonly VirtualNetwork _network;
    private readonly VirtualEastSide _east;

    /// <summary>Makes the bed; the same seed gives the same bytes.</summary>
    /// <param name="seed">Seed of both gateways and of the network.</param>
    public VirtualTestBed(ulong seed)
    {
        _network = new VirtualNetwork(_loop, new SeededRandomSource(seed));
        _network.Tap += Wire.Add;
        West = Gateway("west", Addresses.West, seed + 1);
        West.Observe(WestWitness);
        _east = new VirtualEastSide(Gateway("east", Addresses.East, seed + 2), _loop);
    }

    /// <inheritdoc/>
    public override IEventLoop Loop => _loop;

    /// <inheritdoc/>
    public override SecurityGateway West { get; }

    /// <inheritdoc/>
    public override IEastSide East => _east;

    /// <inheritdoc/>
    public override BedAddresses Addresses { get; } = new(BedAddresses.First, new IPAddress([198, 51, 100, 2]));

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

    private SecurityGateway Gateway(string name, IPAddress address, ulong seed)
    {
        var gateway = new SecurityGateway(name, _loop, new SeededRandomSource(seed), new EchoNetwork());
        var host = _network.Attach(address);
        host.Receiver = gateway;
        gateway.Attach(host);
        return gateway;
    }
}
