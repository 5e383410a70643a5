// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.Nat;

namespace Ipsec.Fixtures.Rig.Beds;

/// <summary>The way between west's gateway and the wire: NATs where wanted, then a counter of what passes.</summary>
internal sealed class WestPath
{
    private readonly SecurityGateway _gateway;
    private readonly NattedTransport? _natted;
    private readonly PassageCounter _passage;

    /// <summary>Makes the way, which does not lead anywhere yet.</summary>
    /// <param name="gateway">West.</param>
    /// <param name="addresses">Who has which address, and whom NATs hide.</param>
    /// <param name="loop">West's event loop.</param>
    /// <param name="random">Where random ports come from.</param>
    public WestPath(SecurityGateway gateway, BedAddresses addresses, IEventLoop loop, IRandomSource random)
    {
        _gateway = gateway;
        Nats = addresses.Nat?.Stages(addresses, random) ?? [];
        _natted = Nats.Count == 0 ? null : new NattedTransport(loop.Clock, addresses.WestOwn, gateway, Nats);
        _passage = new PassageCounter((IPacketReceiver?)_natted ?? gateway);
    }

    /// <summary>The NATs, nearest to west first.</summary>
    public IReadOnlyList<NatStage> Nats { get; }

    /// <summary>Takes what comes from the wire.</summary>
    public IPacketReceiver Receiver => _passage;

    /// <summary>Packets that have crossed the wire's end.</summary>
    public int Passed => _passage.Passed;

    /// <summary>Joins gateway and wire. To be called on the loop.</summary>
    /// <param name="transport">The wire.</param>
    public void Attach(ITransport transport)
    {
        _passage.Attach(transport);
        _natted?.Attach(_passage, transport as IUdpPorts);
        _gateway.Attach((ITransport?)_natted ?? _passage);
    }

    /// <summary>Puts a packet on the wire.</summary>
    /// <param name="packet">The packet, header included.</param>
    public void SendPacket(ReadOnlySpan<byte> packet) => _passage.SendPacket(packet);
}
