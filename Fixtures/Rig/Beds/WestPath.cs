// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>The way between west's gateway and the wire: NATs where wanted, a network as bad as wanted, then a counter of what passes.</summary>
internal sealed class WestPath
{
    private readonly SecurityGateway _gateway;
    private readonly NattedTransport? _natted;
    private readonly ImpairedTransport _network;
    private readonly PassageCounter _passage;

    /// <summary>Makes the way, which does not lead anywhere yet.</summary>
    /// <param name="gateway">West.</param>
    /// <param name="addresses">Who has which address, and whom NATs hide.</param>
    /// <param name="loop">West's event loop.</param>
    /// <param name="random">Where random ports and the network's decisions come from.</param>
    public WestPath(SecurityGateway gateway, BedAddresses addresses, IEventLoop loop, IRandomSource random)
    {
        _gateway = gateway;
        Nats = addresses.Nat?.Stages(addresses, random) ?? [];
        _natted = Nats.Count == 0 ? null : new NattedTransport(loop.Clock, addresses.WestOwn, gateway, Nats);
        _network = new ImpairedTransport(loop, random, (IPacketReceiver?)_natted ?? gateway);
        _passage = new PassageCounter(_network);
    }

    /// <summary>The NATs, nearest to west first.</summary>
    public IReadOnlyList<NatStage> Nats { get; }

    /// <summary>Takes what comes from the wire.</summary>
    public IPacketReceiver Receiver => _passage;

    /// <summary>What happens to packets on their way between west, or its NAT, and the wire. To be used on the loop only.</summary>
    public LinkConditions Conditions
    {
        get => _network.Outgoing;
        set => _network.Outgoing = _network.Incoming = value;
    }

    /// <summary>Packets that have crossed the wire's end.</summary>
    public int Passed => _passage.Passed;

    /// <summary>Joins gateway and wire. To be called on the loop.</summary>
    /// <param name="transport">The wire.</param>
    public void Attach(ITransport transport)
    {
        _passage.Attach(transport);
        _network.Attach(_passage);
        _natted?.Attach(_network, transport as IUdpPorts);
        _gateway.Attach((ITransport?)_natted ?? _network);
    }

    /// <summary>Puts a packet on the wire.</summary>
    /// <param name="packet">The packet, header included.</param>
    public void SendPacket(ReadOnlySpan<byte> packet) => _passage.SendPacket(packet);
}
