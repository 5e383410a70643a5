// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>
/// All ways to talk to the container: commands to pluto, pluto's log, and the command agent to its kernel. Whatever breaks here says nothing
/// about the peer's conformance, so it becomes an <see cref="EnvironmentException"/>.
/// </summary>
internal sealed class LibreswanControl : IAsyncDisposable
{
    private const int ControlPort = 4502;
    private const int AgentPort = 4503;

    private static readonly TimeSpan LogLags = TimeSpan.FromSeconds(10);

    private readonly PeerContainer _container;
    private readonly PlutoConnection _pluto;
    private readonly AgentClient _agent;

    private LibreswanControl(PeerContainer container, PlutoConnection pluto, PlutoLog log, AgentClient agent)
    {
        _container = container;
        _pluto = pluto;
        Log = log;
        _agent = agent;
    }

    /// <summary>Pluto's log.</summary>
    public PlutoLog Log { get; }

    /// <summary>Certificates and keys that pluto has.</summary>
    public NssStore Nss { get; } = new();

    /// <summary>Whether nothing can be had from the daemon any more.</summary>
    public bool IsLost => _container.HasEnded || _pluto.IsLost || Log.HasEnded;

    /// <summary>Connects to a container that is ready.</summary>
    /// <exception cref="EnvironmentException">It does not answer.</exception>
    public static async Task<LibreswanControl> ConnectAsync(PeerContainer container, CancellationToken cancellation)
    {
        var local = OuterNetwork.HostAddress;
        var control = new IPEndPoint(container.Address, ControlPort);
        PlutoConnection? pluto = null;
        try
        {
            pluto = await PlutoConnection.ConnectAsync(local, control, cancellation);
            var log = await PlutoLog.FollowAsync(local, control, cancellation);
            return new LibreswanControl(container, pluto, log, new AgentClient(local, new IPEndPoint(container.Address, AgentPort)));
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            pluto?.Dispose();
            throw container.Failure("libreswan takes no control connection", error);
        }
    }

    /// <summary>Makes requests, in order.</summary>
    /// <returns>Their answers.</returns>
    /// <exception cref="EnvironmentException">Nobody answers.</exception>
    public Task<PlutoReply[]> AskAsync(params IReadOnlyList<PlutoRequest> requests) => GuardAsync(requests[0].What, () => _pluto.AskAsync(requests));

    /// <summary>Makes requests, in order, and demands that each succeeds.</summary>
    /// <exception cref="EnvironmentException">One does not.</exception>
    public async Task DemandAsync(params IReadOnlyList<PlutoRequest> requests)
    {
        var replies = await AskAsync(requests);
        for (var i = 0; i < replies.Length; i++)
        {
            if (replies[i].Refusal is { } refusal)
            {
                throw new EnvironmentException($"libreswan refused '{requests[i].What}': {refusal}");
            }
        }
    }

    /// <summary>Pluto's states, with the log read as far as it was written by then.</summary>
    /// <returns>What <c>whack --showstates</c> prints.</returns>
    public async Task<string> ListStatesAsync()
    {
        var replies = await AskAsync(PlutoRequest.States, PlutoRequest.LogSize);
        await ReadLogUpToAsync(replies[1]);
        return replies[0].Text;
    }

    /// <summary>Reads the log as far as it is written now.</summary>
    public async Task SettleLogAsync() => await ReadLogUpToAsync((await AskAsync(PlutoRequest.LogSize))[0]);

    /// <summary>Makes a request to the agent.</summary>
    /// <returns>The answer to come.</returns>
    /// <exception cref="EnvironmentException">The agent does not answer.</exception>
    public async Task<Task<AgentReply>> StartAgentAsync(string request, CancellationToken cancellation)
    {
        var answer = await GuardAsync(request, () => _agent.StartAsync(request, cancellation));
        return Task.Run(() => GuardAsync(request, () => answer), CancellationToken.None);
    }

    /// <summary>Makes a request to the agent, and demands that it succeeds.</summary>
    /// <exception cref="EnvironmentException">It does not.</exception>
    public async Task<string> AskAgentAsync(string request)
    {
        var reply = await GuardAsync(request, () => _agent.AskAsync(request, CancellationToken.None));
        return reply.Status == 0 ? reply.Text : throw new EnvironmentException($"the container could not '{request}': {reply.Text}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _pluto.Dispose();
        Log.Dispose();
        Nss.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadLogUpToAsync(PlutoReply size)
    {
        if (!long.TryParse(size.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var octets))
        {
            throw new EnvironmentException($"the container does not know how long the log is: {size.Text}");
        }

        await GuardAsync("log", async () =>
        {
            await Log.WaitForAsync(octets, LogLags);
            return true;
        });
    }

    private async Task<T> GuardAsync<T>(string what, Func<Task<T>> ask)
    {
        try
        {
            var answer = ask();
            // A container that ends closes no connection: without this, an answer would be waited for in vain.
            return await Task.WhenAny(answer, _container.Ended) == answer ? await answer : throw _container.Failure($"libreswan does not answer ({what})");
        }
        catch (IOException error)
        {
            throw _container.Failure($"libreswan does not answer ({what})", error);
        }
    }
}
