// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>
/// Both ways to talk to the container: VICI to the daemon, and the command agent to its kernel and its log. Whatever breaks
/// here says nothing about the peer's conformance, so it becomes an <see cref="EnvironmentException"/>.
/// </summary>
internal sealed class StrongSwanControl : IAsyncDisposable
{
    private const int ViciPort = 4502;
    private const int AgentPort = 4503;
    private const string LogFile = "/var/log/charon.log";
    private const string SaEvent = "list-sa";

    /// <summary>
    /// What announces a change of the SA database. Log lines would, too, where nothing else does, but charon 5.9 with a
    /// listener for them can lock itself up for good: the one that writes a line waits for the one that sends it on.
    /// </summary>
    private static readonly ImmutableArray<string> ChangeEvents = ["ike-updown", "ike-rekey", "child-updown", "child-rekey"];

    private readonly PeerContainer _container;
    private readonly ViciConnection _vici;
    private readonly AgentClient _agent;

    private StrongSwanControl(PeerContainer container, ViciConnection vici, AgentClient agent)
    {
        _container = container;
        _vici = vici;
        _agent = agent;
        vici.EventCame += _ => Changes.Pulse();
    }

    /// <summary>Pulses whenever the daemon's SA database may have changed.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Whether nothing can be had from the daemon any more.</summary>
    public bool IsLost => _container.HasEnded || _vici.IsLost;

    /// <summary>Connects to a container that is ready.</summary>
    /// <exception cref="EnvironmentException">It does not answer.</exception>
    public static async Task<StrongSwanControl> ConnectAsync(PeerContainer container, CancellationToken cancellation)
    {
        var local = OuterNetwork.HostAddress;
        try
        {
            var vici = await ViciConnection.ConnectAsync(local, new IPEndPoint(container.Address, ViciPort), cancellation);
            var control = new StrongSwanControl(container, vici, new AgentClient(local, new IPEndPoint(container.Address, AgentPort)));
            foreach (var name in ChangeEvents.Add(SaEvent))
            {
                await vici.RegisterAsync(name);
            }

            return control;
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw container.Failure("strongswan takes no control connection", error);
        }
    }

    /// <summary>Gives a command and demands that it succeeds.</summary>
    /// <exception cref="EnvironmentException">It does not.</exception>
    public async Task DemandAsync(string command, params ConfigEntry[] arguments)
    {
        if (await TryAsync(command, ConfigSection.Message(arguments)) is { } refusal)
        {
            throw new EnvironmentException($"strongswan refused '{command}': {refusal}");
        }
    }

    /// <summary>Gives a command.</summary>
    /// <returns>Null when it succeeds, else the daemon's reason.</returns>
    /// <exception cref="EnvironmentException">The daemon does not answer.</exception>
    public async Task<string?> TryAsync(string command, ConfigSection arguments)
    {
        var response = await GuardAsync(command, () => _vici.CommandAsync(command, arguments));
        return response.Text("success") == "yes" ? null : response.Text("errmsg") ?? "no reason given";
    }

    /// <summary>
    /// The daemon's SA database. An IKE SA that a thread is working on is waited for, so what is seen after an event includes
    /// what the event announced.
    /// </summary>
    public Task<ImmutableArray<ConfigSection>> ListSasAsync() =>
        GuardAsync("list-sas", () => _vici.StreamAsync("list-sas", ConfigSection.Empty, SaEvent));

    /// <summary>Makes a request to the agent.</summary>
    /// <returns>The answer to come.</returns>
    /// <exception cref="EnvironmentException">The agent does not answer.</exception>
    public async Task<Task<AgentReply>> StartAgentAsync(string request, CancellationToken cancellation)
    {
        var answer = await GuardAsync(request, () => _agent.StartAsync(request, cancellation));
        return Task.Run(() => GuardAsync(request, () => answer), CancellationToken.None);
    }

    /// <summary>How long the log is, or somewhat less.</summary>
    public Task<long> LogSizeAsync(CancellationToken cancellation) =>
        GuardAsync("size of the log", () => _container.FileSizeAsync(LogFile, cancellation));

    /// <summary>The daemon's log, all scenarios' lines in it.</summary>
    /// <param name="from">From which byte on.</param>
    public Task<string> ReadLogAsync(long from) => AskAgentAsync($"log {from}");

    /// <summary>Makes a request to the agent, and demands that it succeeds.</summary>
    /// <exception cref="EnvironmentException">It does not.</exception>
    public async Task<string> AskAgentAsync(string request)
    {
        var reply = await GuardAsync(request, () => _agent.AskAsync(request, CancellationToken.None));
        return reply.Status == 0 ? reply.Text : throw new EnvironmentException($"the container could not '{request}': {reply.Text}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _vici.DisposeAsync();

    private async Task<T> GuardAsync<T>(string what, Func<Task<T>> ask)
    {
        try
        {
            var answer = ask();
            // A container that ends closes no connection: without this, an answer would be waited for in vain.
            return await Task.WhenAny(answer, _container.Ended) == answer ? await answer : throw _container.Failure($"strongswan does not answer ({what})");
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw _container.Failure($"strongswan does not answer ({what})", error);
        }
    }
}
