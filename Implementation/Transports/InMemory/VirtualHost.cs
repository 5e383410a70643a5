// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.InMemory;

/// <summary>A host on an in-memory network.</summary>
public sealed class VirtualHost : ITransport
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
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[Ipv4Header.MinSize + UdpHeader.Size + payload.Length];
        Ipv4Header.For(local.Address, remote.Address, IpProtocol.Udp, UdpHeader.Size + payload.Length).Write(packet);
        payload.CopyTo(packet.AsSpan(Ipv4Header.MinSize + UdpHeader.Size));
        UdpHeader.Write(packet.AsSpan(Ipv4Header.MinSize), (ushort)local.Port, (ushort)remote.Port, local.Address, remote.Address);
        _network.InjectPacket(packet);
    }

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet) => _network.InjectPacket(packet);

    internal void Receive(in Ipv4Header header, ReadOnlyMemory<byte> packet)
    {
        if (header.Protocol != IpProtocol.Udp)
        {
            Receiver?.OnPacket(packet);
            return;
        }

        // Nothing is reassembled here: a fragment is not a datagram.
        var datagram = packet[header.HeaderLength..];
        if (!header.IsFragment && UdpHeader.TryRead(datagram.Span, out var udp, out _))
        {
            Receiver?.OnUdp(
                new(header.Destination, udp.DestinationPort),
                new(header.Source, udp.SourcePort),
                datagram.Slice(UdpHeader.Size, udp.PayloadLength));
        }
    }
}
