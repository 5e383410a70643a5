// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>The connection to the control port: requests are carried out in the order they come, and answered one by one.</summary>
internal sealed class PlutoConnection : IDisposable
{
    private const int BufferSize = 65536;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private volatile bool _isLost;

    private PlutoConnection(Socket socket) => _socket = socket;

    /// <summary>Whether nothing can be had over it any more.</summary>
    public bool IsLost => _isLost;

    /// <summary>Connects.</summary>
    public static async Task<PlutoConnection> ConnectAsync(IPAddress local, IPEndPoint remote, CancellationToken cancellation) =>
        new(await ControlSocket.ConnectAsync(local, remote, cancellation));

    /// <summary>Makes requests together: one way there and one back.</summary>
    /// <returns>Their answers.</returns>
    /// <exception cref="IOException">There is no answer.</exception>
    public async Task<PlutoReply[]> AskAsync(IReadOnlyList<PlutoRequest> requests)
    {
        await _one.WaitAsync();
        try
        {
            if (_isLost)
            {
                throw new IOException("the control connection is lost");
            }

            using var limit = new CancellationTokenSource(AnswerLimit);
            await SendAsync(requests.SelectMany(request => request.Octets).ToArray(), limit.Token);
            var replies = new PlutoReply[requests.Count];
            for (var i = 0; i < replies.Length; i++)
            {
                replies[i] = await ReadReplyAsync(limit.Token);
            }

            return replies;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or FormatException or IOException)
        {
            // An answer that comes late would be taken for the next request's.
            _isLost = true;
            throw new IOException($"no answer to '{requests[0].What}': {error.Message}", error);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isLost = true;
        _socket.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[await _socket.SendAsync(octets, SocketFlags.None, cancellation)..];
        }
    }

    /// <summary><c>exit STATUS BYTES</c>, and so many octets.</summary>
    private async Task<PlutoReply> ReadReplyAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (await NextAsync(cancellation) is var octet && octet != '\n')
        {
            line.Append((char)octet);
        }

        if (line.ToString().Split(' ') is not ["exit", var status, var bytes]
            || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var exit)
            || !int.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw new FormatException($"not an answer: '{line}'");
        }

        var text = new byte[size];
        for (var i = 0; i < size; i++)
        {
            text[i] = await NextAsync(cancellation);
        }

        return new(exit, Encoding.UTF8.GetString(text));
    }

    private ValueTask<byte> NextAsync(CancellationToken cancellation) => _start < _end ? new(_buffer[_start++]) : FillAsync(cancellation);

    private async ValueTask<byte> FillAsync(CancellationToken cancellation)
    {
        _end = await ControlSocket.ReceiveAsync(_socket, _buffer, cancellation);
        _start = 1;
        return _end > 0 ? _buffer[0] : throw new IOException("the control port closed the connection");
    }
}
