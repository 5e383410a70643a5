// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Sockets;

/// <summary>
/// The real network: UDP 500 and raw IP 50, bound to one address of this host. What the system refuses to send is a lost
/// packet, and the receiver is told; a socket that cannot receive any more is a failure of the event loop.
/// </summary>
public sealed class SocketTransport : ITransport, IDisposable
{
    private const int LargestPacket = 65535;

    private readonly IEventLoop _loop;
    private readonly IPacketReceiver _receiver;
    private readonly Socket _udp;
    private readonly Socket _raw;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _receiving;
    private int _isDisposed;

    /// <summary>Opens the sockets and starts to receive.</summary>
    /// <param name="loop">Where received packets are handed over.</param>
    /// <param name="address">An address of this host.</param>
    /// <param name="port">The IKE port.</param>
    /// <param name="receiver">Takes what arrives.</param>
    /// <exception cref="SocketException">The address is not this host's, the port is taken, or rights are missing.</exception>
    public SocketTransport(IEventLoop loop, IPAddress address, int port, IPacketReceiver receiver)
    {
        _loop = loop;
        _receiver = receiver;
        Address = address;
        var local = new IPEndPoint(address, port);
        _udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _udp.Bind(local);
            _raw = RawIpSocket.Open((int)IpProtocol.Esp);
        }
        catch
        {
            _udp.Dispose();
            throw;
        }

        try
        {
            _raw.Bind(new IPEndPoint(address, 0));
        }
        catch
        {
            _udp.Dispose();
            _raw.Dispose();
            throw;
        }

        _receiving =
        [
            ReceiveAsync(_udp, (remote, bytes) => receiver.OnUdp(local, remote, bytes)),
            ReceiveAsync(_raw, (_, bytes) => DeliverPacket(bytes)),
        ];
    }

    /// <inheritdoc/>
    public IPAddress Address { get; }

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload) => Send(_udp, payload, remote);

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        if (!Ipv4Header.TryRead(packet, out var header, out var error))
        {
            throw new ArgumentException($"not an IPv4 packet: {error}", nameof(packet));
        }

        Send(_raw, packet, new IPEndPoint(header.Destination, 0));
    }

    /// <summary>Stops to receive. What is sent from now on is dropped: timers may still run.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _stop.Cancel();
        Task.WaitAll(_receiving);
        _udp.Dispose();
        _raw.Dispose();
        _stop.Dispose();
    }

    /// <summary>
    /// A raw socket takes the packets of all addresses between the calls that open and bind it. What another gateway on this host was sent
    /// in that moment is not ours.
    /// </summary>
    private void DeliverPacket(ReadOnlyMemory<byte> packet)
    {
        if (Ipv4Header.TryRead(packet.Span, out var header, out _) && header.DestinationAddress == Ipv4Header.ToNumber(Address))
        {
            _receiver.OnPacket(packet);
        }
    }

    private void Send(Socket socket, ReadOnlySpan<byte> bytes, IPEndPoint remote)
    {
        try
        {
            socket.SendTo(bytes, SocketFlags.None, remote);
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

    private async Task ReceiveAsync(Socket socket, Action<IPEndPoint, ReadOnlyMemory<byte>> deliver)
    {
        var buffer = new byte[LargestPacket];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token).ConfigureAwait(false);
                var bytes = buffer[..received.ReceivedBytes];
                _loop.Post(() => deliver((IPEndPoint)received.RemoteEndPoint, bytes));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception) when (IsAboutOnePacket(exception.SocketErrorCode))
            {
                // IKE does not trust ICMP errors: it goes on retransmitting.
                Report(null, exception);
            }
            catch (SocketException exception)
            {
                // The socket is of no more use. Whoever waits on the loop must learn why nothing arrives.
                _loop.Post(() => throw new IOException($"{Address} cannot receive any more: {exception.Message}", exception));
                return;
            }
        }
    }

    private static bool IsAboutOnePacket(SocketError error) => error is
        SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.HostUnreachable or SocketError.HostDown
        or SocketError.NetworkUnreachable or SocketError.MessageSize or SocketError.AccessDenied or SocketError.NoBufferSpaceAvailable;

    private void Report(IPEndPoint? remote, SocketException exception)
    {
        var error = new TransportError(remote, $"{exception.SocketErrorCode}: {exception.Message}");
        _loop.Post(() => _receiver.OnTransportError(error));
    }
}
