// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Sockets;

/// <summary>
/// The real network: UDP 500 and 4500, raw IP 50 and 51, bound to one address of this host. What the system refuses to send is a lost
/// packet, and the receiver is told; a socket that cannot receive any more is a failure of the event loop.
/// </summary>
public sealed class SocketTransport : ITransport, IUdpPorts, IDisposable
{
    private readonly IEventLoop _loop;
    private readonly IPacketReceiver _receiver;
    private readonly ConcurrentDictionary<int, ReceivingSocket> _udp = new();
    private readonly List<ReceivingSocket> _raw = [];
    private int _isDisposed;

    /// <summary>Opens IKE's port, the port of NAT traversal beside it, and the raw sockets, and starts to receive.</summary>
    /// <param name="loop">Where received packets are handed over.</param>
    /// <param name="address">An address of this host.</param>
    /// <param name="port">The IKE port.</param>
    /// <param name="receiver">Takes what arrives.</param>
    /// <exception cref="SocketException">The address is not this host's, a port is taken, or rights are missing.</exception>
    public SocketTransport(IEventLoop loop, IPAddress address, int port, IPacketReceiver receiver)
        : this(loop, address, [port, UdpEncapsulation.Port], receiver)
    {
    }

    /// <summary>Opens UDP ports and the raw sockets, and starts to receive.</summary>
    /// <param name="loop">Where received packets are handed over.</param>
    /// <param name="address">An address of this host.</param>
    /// <param name="ports">The UDP ports; any, for a gateway need not be at 500 and 4500.</param>
    /// <param name="receiver">Takes what arrives.</param>
    /// <exception cref="SocketException">The address is not this host's, a port is taken, or rights are missing.</exception>
    public SocketTransport(IEventLoop loop, IPAddress address, IReadOnlyList<int> ports, IPacketReceiver receiver)
    {
        _loop = loop;
        _receiver = receiver;
        Address = address;
        try
        {
            foreach (var port in ports)
            {
                Open(port);
            }

            OpenRaw(IpProtocol.Esp);
            OpenRaw(IpProtocol.Ah);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IPAddress Address { get; }

    /// <inheritdoc/>
    public void Open(int port)
    {
        if (_isDisposed != 0 || _udp.ContainsKey(port))
        {
            return;
        }

        var local = new IPEndPoint(Address, port);
        var socket = new Socket(Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _udp[port] = Receive(socket, local, (remote, bytes) => _receiver.OnUdp(local, remote, bytes));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The local port is not one of the transport's.</exception>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload)
    {
        if (_udp.TryGetValue(local.Port, out var socket))
        {
            Send(socket, payload, remote);
        }
        else
        {
            throw new ArgumentException($"{Address} does not use UDP port {local.Port}", nameof(local));
        }
    }

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out var error))
        {
            throw new ArgumentException($"not an IP packet: {error}", nameof(packet));
        }

        Send(_raw[0], packet, new IPEndPoint(head.Destination.ToIPAddress(), 0));
    }

    /// <summary>Stops to receive. What is sent from now on is dropped: timers may still run.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            foreach (var socket in _udp.Values)
            {
                socket.Dispose();
            }

            _raw.ForEach(socket => socket.Dispose());
        }
    }

    private void OpenRaw(IpProtocol protocol) =>
        _raw.Add(Receive(
            RawIpSocket.Open(Address.AddressFamily, (int)protocol),
            new IPEndPoint(Address, 0),
            (remote, bytes) => DeliverPacket(Address.AddressFamily == AddressFamily.InterNetworkV6 ? WithHeader(remote, protocol, bytes) : bytes)));

    // The system takes IPv6 headers off. What AH protects of them (RFC 4302 section 3.3.3.1.2) is known all the same, but for extension headers.
    private byte[] WithHeader(IPEndPoint remote, IpProtocol protocol, byte[] payload)
    {
        var packet = new byte[Ipv6Header.Size + payload.Length];
        Ipv6Header.For(AddressNumber.From(remote.Address), AddressNumber.From(Address), protocol, payload.Length).Write(packet);
        payload.CopyTo(packet, Ipv6Header.Size);
        return packet;
    }

    /// <summary>Binds a socket, and disposes of it when that fails.</summary>
    private ReceivingSocket Receive(Socket socket, IPEndPoint local, Action<IPEndPoint, byte[]> deliver)
    {
        try
        {
            socket.Bind(local);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        // Whoever waits on the loop must learn why nothing arrives any more.
        return new ReceivingSocket(
            socket,
            (remote, bytes) => _loop.Post(() => deliver(remote, bytes)),
            lost => Report(null, lost),
            ended => _loop.Post(() => throw new IOException($"{Address} cannot receive any more: {ended.Message}", ended)));
    }

    /// <summary>
    /// A raw socket takes the packets of all addresses between the calls that open and bind it. What another gateway on this host was sent
    /// in that moment is not ours.
    /// </summary>
    private void DeliverPacket(ReadOnlyMemory<byte> packet)
    {
        if (IpPacketHead.TryRead(packet.Span, out var head, out _) && head.Destination == AddressNumber.From(Address))
        {
            _receiver.OnPacket(packet);
        }
    }

    private void Send(ReceivingSocket socket, ReadOnlySpan<byte> bytes, IPEndPoint remote)
    {
        try
        {
            socket.Send(bytes, remote);
        }
        catch (SocketException exception)
        {
            // No route, a firewall's refusal, a full queue, an ICMP error about an earlier datagram: the packet is lost,
            // and losses are what retransmission is for.
            Report(remote, exception);
        }
        catch (ObjectDisposedException) when (_isDisposed != 0)
        {
            Report(remote, new SocketException((int)SocketError.Shutdown));
        }
    }

    private void Report(IPEndPoint? remote, SocketException exception)
    {
        var error = new TransportError(remote, $"{exception.SocketErrorCode}: {exception.Message}");
        _loop.Post(() => _receiver.OnTransportError(error));
    }
}
