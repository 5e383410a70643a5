// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Linux;

/// <summary>
/// The sockets of a gateway at one or several addresses of this host: UDP 500 and 4500, raw IP 50 and 51, ICMP. It sends; what arrives is
/// taken from <see cref="Ports"/>. Sending is for one thread at a time, beside a <see cref="PacketSender"/> of another's own.
/// </summary>
public sealed class LinuxTransport : ITransport, IDisposable
{
    private readonly Dictionary<IPEndPoint, Socket> _udp = [];
    private readonly List<ReceivingPort> _ports = [];
    private readonly Socket? _ipv4;
    private readonly Socket? _ipv6;
    private readonly PacketSender _sender;
    private readonly IPacketReceiver _receiver;
    private bool _isDisposed;

    /// <summary>Opens all sockets.</summary>
    /// <param name="addresses">Addresses of this host, at least one.</param>
    /// <param name="udpPorts">The UDP ports: 500 and 4500 as a rule.</param>
    /// <param name="mark">The mark of the system's routing policy that all of them carry.</param>
    /// <param name="receiver">Told of what cannot be sent.</param>
    /// <exception cref="SocketException">An address is not this host's, a port is taken, or rights are missing.</exception>
    public LinuxTransport(IReadOnlyList<IPAddress> addresses, IReadOnlyList<int> udpPorts, int mark, IPacketReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(udpPorts);
        ArgumentOutOfRangeException.ThrowIfZero(addresses.Count);
        _receiver = receiver;
        Address = addresses[0];
        try
        {
            _ipv4 = Sender(AddressFamily.InterNetwork);
            _ipv6 = Sender(AddressFamily.InterNetworkV6);
            foreach (var address in addresses)
            {
                Open(address, udpPorts, mark);
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        _sender = CreateSender();

        Socket? Sender(AddressFamily family) => addresses.Any(address => address.AddressFamily == family) ? MarkedSockets.OpenSender(family, mark) : null;
    }

    /// <inheritdoc/>
    public IPAddress Address { get; }

    /// <summary>Where packets arrive.</summary>
    public IReadOnlyList<ReceivingPort> Ports => _ports;

    /// <summary>Packets that could not be sent.</summary>
    public long Lost { get; private set; }

    /// <summary>A way to send whole packets from another thread.</summary>
    /// <returns>The sender; whoever asked for it disposes of it, before this.</returns>
    public PacketSender CreateSender() => new(_ipv4, _ipv6);

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        if (_isDisposed || !_udp.TryGetValue(local, out var socket))
        {
            Report(remote, $"{local} is not in use");
            return;
        }

        try
        {
            socket.SendTo(payload, SocketFlags.None, remote);
        }
        catch (SocketException exception)
        {
            // No route, a firewall's refusal: the datagram is lost, and losses are what retransmission is for.
            Report(remote, $"{exception.SocketErrorCode}: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        if (_isDisposed)
        {
            Lost++;
            return;
        }

        var before = _sender.Lost;
        _sender.Send(packet);
        _sender.Flush();
        if (_sender.Lost != before)
        {
            Report(null, $"a packet of {packet.Length} bytes could not be sent: error {_sender.LastError}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _ports.ForEach(port => port.Dispose());
            _sender?.Dispose();
            _ipv4?.Dispose();
            _ipv6?.Dispose();
        }
    }

    private void Open(IPAddress address, IReadOnlyList<int> udpPorts, int mark)
    {
        foreach (var port in udpPorts)
        {
            var local = new IPEndPoint(address, port);
            var socket = MarkedSockets.OpenUdp(local, mark);
            _udp[local] = socket;
            _ports.Add(new(socket, local, IpProtocol.Udp));
        }

        var icmp = address.AddressFamily == AddressFamily.InterNetworkV6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp;
        foreach (var protocol in (IpProtocol[])[IpProtocol.Esp, IpProtocol.Ah, icmp])
        {
            _ports.Add(new(MarkedSockets.OpenRaw(address, protocol, mark), new(address, 0), protocol));
        }
    }

    private void Report(IPEndPoint? remote, string reason)
    {
        Lost++;
        _receiver.OnTransportError(new TransportError(remote, reason));
    }
}
