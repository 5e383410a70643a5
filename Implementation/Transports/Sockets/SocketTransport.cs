// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Sockets;

/// <summary>The real network: UDP 500 and raw IP 50, bound to one address of this host.</summary>
public sealed class SocketTransport : ITransport, IDisposable
{
    private const int LargestPacket = 65535;

    private readonly IEventLoop loop;
    private readonly Socket udp;
    private readonly Socket raw;
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] receivers;

    /// <summary>Opens the sockets and starts to receive.</summary>
    /// <param name="loop">Where received packets are handed over.</param>
    /// <param name="address">An address of this host.</param>
    /// <param name="port">The IKE port.</param>
    /// <param name="receiver">Takes what arrives.</param>
    /// <exception cref="SocketException">The address is not this host's, the port is taken, or rights are missing.</exception>
    public SocketTransport(IEventLoop loop, IPAddress address, int port, IPacketReceiver receiver)
    {
        this.loop = loop;
        Address = address;
        udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udp.Bind(new IPEndPoint(address, port));
        raw = RawIpSocket.Open((int)IpProtocol.Esp);
        raw.Bind(new IPEndPoint(address, 0));
        var local = new IPEndPoint(address, port);
        receivers =
        [
            ReceiveAsync(udp, (remote, bytes) => receiver.OnUdp(local, remote, bytes)),
            ReceiveAsync(raw, (_, bytes) => receiver.OnPacket(bytes)),
        ];
    }

    /// <inheritdoc/>
    public IPAddress Address { get; }

    /// <inheritdoc/>
    public void SendUdp(IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> payload) => udp.SendTo(payload, SocketFlags.None, remote);

    /// <inheritdoc/>
    public void SendPacket(ReadOnlySpan<byte> packet)
    {
        if (!Ipv4Header.TryRead(packet, out var header, out var error))
        {
            throw new ArgumentException($"not an IPv4 packet: {error}", nameof(packet));
        }

        raw.SendTo(packet, SocketFlags.None, new IPEndPoint(header.Destination, 0));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        Task.WaitAll(receivers);
        udp.Dispose();
        raw.Dispose();
        stop.Dispose();
    }

    private async Task ReceiveAsync(Socket socket, Action<IPEndPoint, ReadOnlyMemory<byte>> deliver)
    {
        var buffer = new byte[LargestPacket];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var received = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, stop.Token).ConfigureAwait(false);
                var bytes = buffer[..received.ReceivedBytes];
                loop.Post(() => deliver((IPEndPoint)received.RemoteEndPoint, bytes));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostUnreachable)
            {
                // An ICMP error about an earlier datagram. IKE does not trust those: it goes on retransmitting.
                continue;
            }
        }
    }
}
