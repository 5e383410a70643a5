// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>A socket on which packets arrive, and how they become whole packets again. For one thread.</summary>
public sealed class ReceivingPort : IDisposable
{
    private readonly Socket _socket;
    private readonly AddressNumber _address;

    internal ReceivingPort(Socket socket, IPEndPoint local, IpProtocol protocol)
    {
        _socket = socket;
        _address = AddressNumber.From(local.Address);
        Local = local;
        Protocol = protocol;
        Receiver = new(socket);
    }

    /// <summary>Address, and for UDP the port, on which it receives.</summary>
    public IPEndPoint Local { get; }

    /// <summary>UDP, ESP, AH or ICMP.</summary>
    public IpProtocol Protocol { get; }

    /// <summary>Takes what is there.</summary>
    public PacketReceiver Receiver { get; }

    /// <summary>For waiting until there is something to receive.</summary>
    public int Descriptor => Receiver.Descriptor;

    /// <summary>A packet from the IP header on. The headers that the system takes off, all but those of raw IPv4, are made again.</summary>
    /// <param name="index">Below what <see cref="PacketReceiver.Receive"/> has returned.</param>
    /// <returns>The packet; valid until the next receiving. A UDP header has no checksum, and the ports are true.</returns>
    public ReadOnlySpan<byte> Whole(int index)
    {
        var isIpv6 = _address.Version == IpVersion.V6;
        if (!isIpv6 && Protocol != IpProtocol.Udp)
        {
            return Receiver.Packet(index);
        }

        var (sender, port) = Receiver.Sender(index);
        var ipSize = isIpv6 ? Ipv6Header.Size : Ipv4Header.MinSize;
        var packet = Receiver.Packet(index, ipSize + (Protocol == IpProtocol.Udp ? UdpHeader.Size : 0));
        if (Protocol == IpProtocol.Udp)
        {
            UdpHeader.WriteWithoutChecksum(packet[ipSize..], port, (ushort)Local.Port);
        }

        if (isIpv6)
        {
            Ipv6Header.For(sender, _address, Protocol, packet.Length - ipSize).Write(packet);
        }
        else
        {
            Ipv4Header.For((uint)sender.Value, (uint)_address.Value, Protocol, packet.Length - ipSize).Write(packet);
        }

        return packet;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Receiver.Dispose();
        _socket.Dispose();
    }
}
