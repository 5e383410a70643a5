// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.InMemory;

/// <summary>A host on an in-memory network. It listens on every UDP port.</summary>
public sealed class VirtualHost : ITransport, IVirtualNode
{
    private readonly VirtualNetwork _network;

    internal VirtualHost(VirtualNetwork network, IPAddress address)
    {
        _network = network;
        Address = address;
    }

    /// <inheritdoc/>
    public IPAddress Address { get; }

    /// <summary>Takes what arrives; frames for a host without receiver are lost.</summary>
    public IPacketReceiver? Receiver { get; set; }

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload) =>
        _network.InjectPacket(UdpPacket.Build(local, remote, payload));

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet) => _network.InjectPacket(packet);

    /// <inheritdoc/>
    public void Receive(ReadOnlyMemory<byte> packet)
    {
        if (UdpPacket.TryRead(packet, out var remote, out var local, out var payload))
        {
            Receiver?.OnUdp(local, remote, payload);
        }
        else if (IpPacketHead.TryRead(packet.Span, out var head, out _) && head.Protocol != IpProtocol.Udp)
        {
            // Nothing is reassembled here: a fragment is not a datagram.
            Receiver?.OnPacket(packet);
        }
    }
}
