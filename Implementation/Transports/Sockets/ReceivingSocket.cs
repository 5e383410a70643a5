// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Ipsec.Transports.Sockets;

/// <summary>A socket and the task that receives on it.</summary>
internal sealed class ReceivingSocket : IDisposable
{
    private const int LargestPacket = 65535;

    private readonly Socket _socket;
    private readonly Action<IPEndPoint, byte[]> _deliver;
    private readonly Action<SocketException> _lost;
    private readonly Action<SocketException> _ended;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;

    /// <summary>Starts to receive.</summary>
    /// <param name="socket">A bound socket, which this owns from now on.</param>
    /// <param name="deliver">Takes what arrives and where it came from, on any thread.</param>
    /// <param name="lost">Told of errors that are about one packet.</param>
    /// <param name="ended">Told when the socket is of no more use.</param>
    public ReceivingSocket(Socket socket, Action<IPEndPoint, byte[]> deliver, Action<SocketException> lost, Action<SocketException> ended)
    {
        _socket = socket;
        _deliver = deliver;
        _lost = lost;
        _ended = ended;
        _receiving = ReceiveAsync();
    }

    /// <summary>Sends.</summary>
    /// <param name="bytes">What.</param>
    /// <param name="remote">Whither.</param>
    /// <exception cref="SocketException">The system refuses it.</exception>
    public void Send(ReadOnlySpan<byte> bytes, IPEndPoint remote) => _socket.SendTo(bytes, SocketFlags.None, remote);

    /// <summary>Stops to receive.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _receiving.Wait();
        _socket.Dispose();
        _stop.Dispose();
    }

    private static bool IsAboutOnePacket(SocketError error) => error is
        SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.HostUnreachable or SocketError.HostDown
        or SocketError.NetworkUnreachable or SocketError.MessageSize or SocketError.AccessDenied or SocketError.NoBufferSpaceAvailable;

    private async Task ReceiveAsync()
    {
        var buffer = new byte[LargestPacket];
        var any = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token).ConfigureAwait(false);
                _deliver((IPEndPoint)received.RemoteEndPoint, buffer[..received.ReceivedBytes]);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception) when (IsAboutOnePacket(exception.SocketErrorCode))
            {
                // IKE does not trust ICMP errors: it goes on retransmitting.
                _lost(exception);
            }
            catch (SocketException exception)
            {
                _ended(exception);
                return;
            }
        }
    }
}
