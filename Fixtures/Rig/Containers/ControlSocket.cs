// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>A TCP connection to a control port of the container.</summary>
internal static class ControlSocket
{
    private const int LevelTcp = 6;
    private const int QuickAck = 12;
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    /// <summary>Connects.</summary>
    /// <param name="local">This host's own address on the network: only from it do control packets pass by any IPsec policy.</param>
    /// <param name="remote">The control port.</param>
    /// <param name="cancellation">The user ends the run.</param>
    public static async Task<Socket> ConnectAsync(IPAddress local, IPEndPoint remote, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ConnectLimit);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(local, 0));
            await socket.ConnectAsync(remote, limit.Token);
            return socket;
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException($"{remote} takes no connection", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Receives what is there, or waits for it. charon writes length and body of a message separately: unless the first is
    /// acknowledged at once, which Linux must be told before every read, the second comes 40 ms later.
    /// </summary>
    /// <returns>Number of octets; 0 at the end of the connection.</returns>
    public static ValueTask<int> ReceiveAsync(Socket socket, Memory<byte> buffer, CancellationToken cancellation)
    {
        socket.SetRawSocketOption(LevelTcp, QuickAck, BitConverter.GetBytes(1));
        return socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);
    }
}
