// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>The command agent in the container: one request, one connection.</summary>
/// <param name="local">This host's own address on the network.</param>
/// <param name="agent">The agent's port.</param>
internal sealed class AgentClient(IPAddress local, IPEndPoint agent)
{
    private const int BufferSize = 65536;
    private const string ExitPrefix = "exit ";

    /// <summary>Makes a request and waits for the answer.</summary>
    /// <exception cref="IOException">The agent does not answer.</exception>
    public async Task<AgentReply> AskAsync(string request, CancellationToken cancellation) => await await StartAsync(request, cancellation);

    /// <summary>Makes a request and returns when it is on its way.</summary>
    /// <returns>The answer to come.</returns>
    /// <exception cref="IOException">The agent takes no request.</exception>
    public async Task<Task<AgentReply>> StartAsync(string request, CancellationToken cancellation)
    {
        try
        {
            var socket = await ControlSocket.ConnectAsync(local, agent, cancellation);
            await socket.SendAsync(Encoding.ASCII.GetBytes(request + "\n"), SocketFlags.None, cancellation);
            // On the pool: the answer comes when the caller's synchronization context may have ended with his step.
            return Task.Run(() => ReadAsync(socket, request, cancellation), CancellationToken.None);
        }
        catch (SocketException error)
        {
            throw new IOException($"the command agent takes no request: {error.Message}", error);
        }
    }

    /// <summary>Splits an answer into output and exit status.</summary>
    /// <param name="answer">All that came.</param>
    /// <returns>Null when its last line is not an exit status: it was cut off.</returns>
    public static AgentReply? Parse(string answer)
    {
        var end = answer.TrimEnd('\n');
        var lastLine = end[(end.LastIndexOf('\n') + 1)..];
        return lastLine.StartsWith(ExitPrefix, StringComparison.Ordinal)
            && int.TryParse(lastLine.AsSpan(ExitPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? new(status, end[..^lastLine.Length])
            : null;
    }

    private static async Task<AgentReply> ReadAsync(Socket socket, string request, CancellationToken cancellation)
    {
        using (socket)
        {
            var answer = new MemoryStream();
            var buffer = new byte[BufferSize];
            try
            {
                while (await ControlSocket.ReceiveAsync(socket, buffer, cancellation) is > 0 and var received)
                {
                    answer.Write(buffer, 0, received);
                }
            }
            catch (SocketException error)
            {
                throw new IOException($"the command agent broke off its answer to '{request}': {error.Message}", error);
            }

            return Parse(Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length))
                ?? throw new IOException($"the command agent broke off its answer to '{request}'");
        }
    }
}
