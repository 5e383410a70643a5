// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>A TCP connection on which octets go from one host to another, and what came there goes back.</summary>
internal static class TcpMove
{
    /// <summary>Moves octets.</summary>
    /// <param name="client">Who connects.</param>
    /// <param name="server">Who is connected to.</param>
    /// <param name="address">The address there.</param>
    /// <param name="octets">What to move.</param>
    /// <param name="patience">How long either end waits for more.</param>
    /// <returns>How many octets arrived unchanged at the server, and at the client again.</returns>
    public static (int There, int Back) Run(NetworkNamespace client, NetworkNamespace server, IPAddress address, byte[] octets, TimeSpan patience)
    {
        using var listener = server.Do(() =>
        {
            var socket = Open();
            socket.Bind(new IPEndPoint(address, 0));
            socket.Listen();
            return socket;
        });
        using var connecting = client.Do(Open);
        if (!connecting.ConnectAsync(listener.LocalEndPoint!).Wait(patience))
        {
            return (0, 0);
        }

        using var accepted = listener.Accept();
        var timeout = (int)patience.TotalMilliseconds;
        (connecting.ReceiveTimeout, connecting.SendTimeout, accepted.ReceiveTimeout, accepted.SendTimeout) = (timeout, timeout, timeout, timeout);
        var there = 0;
        var serving = Task.Run(() =>
        {
            var received = Receive(accepted, octets.Length);
            there = received.AsSpan().CommonPrefixLength(octets);
            Send(accepted, received);
        });
        Send(connecting, octets);
        var back = Receive(connecting, octets.Length).AsSpan().CommonPrefixLength(octets);
        serving.Wait();
        return (there, back);
    }

    private static Socket Open() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static void Send(Socket socket, byte[] octets)
    {
        try
        {
            socket.Send(octets);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException exception) when (IsEnd(exception))
        {
            // The other end counts what came.
        }
    }

    private static byte[] Receive(Socket socket, int count)
    {
        var octets = new byte[count];
        var length = 0;
        try
        {
            for (int part; length < count && (part = socket.Receive(octets.AsSpan(length))) > 0;)
            {
                length += part;
            }
        }
        catch (SocketException exception) when (IsEnd(exception))
        {
            // What came until then is the result.
        }

        return octets[..length];
    }

    private static bool IsEnd(SocketException exception) =>
        exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.ConnectionReset or SocketError.Shutdown or SocketError.HostUnreachable;
}
