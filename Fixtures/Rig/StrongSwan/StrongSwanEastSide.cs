// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>strongSwan as the judged peer of one scenario: one connection of a daemon that serves them all.</summary>
/// <param name="control">The daemon.</param>
/// <param name="west">West's outer address, this scenario's alone.</param>
/// <param name="number">Number of the scenario, unique in the daemon's life.</param>
/// <param name="logStart">Where this scenario's part of the daemon's log begins.</param>
internal sealed class StrongSwanEastSide(StrongSwanControl control, IPAddress west, int number, long logStart) : IEastSide, IAsyncDisposable
{
    private const int EchoDataSize = 56;
    private const int AgentRefused = 2;

    /// <summary>Returns at once: the rest is to be seen on the wire.</summary>
    private static readonly ConfigSetting AtOnce = new("timeout", "-1");

    private readonly ConcurrentQueue<Task> _pings = new();
    private readonly CancellationTokenSource _ending = new();
    private RenderedPolicy? _policy;

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration => _policy is null ? [] : [("swanctl.conf", _policy.Text)];

    public async Task ConfigureAsync(PeerPolicy policy)
    {
        var rendered = SwanctlRenderer.Render(policy, _policy?.Connection.Name ?? ConnectionName(policy.Name));
        if (await control.TryAsync("load-conn", ConfigSection.Message(rendered.Connection)) is { } refusal)
        {
            // Well-formed by construction: what the daemon refuses is a value it does not have.
            throw new UnsupportedException($"strongswan does not take the policy: {refusal}");
        }

        _policy = rendered;
        await control.DemandAsync("load-shared", [.. rendered.Secret.Entries]);
    }

    public Task InitiateIkeSaAsync() => InitiateAsync();

    public Task InitiateChildAsync(string child) => InitiateAsync(new ConfigSetting("child", child));

    public Task RekeyChildAsync(string child) =>
        control.DemandAsync("rekey", new ConfigSetting("ike", Connection), new ConfigSetting("child", child));

    public Task DeleteChildAsync(string child) =>
        control.DemandAsync("terminate", new ConfigSetting("ike", Connection), new ConfigSetting("child", child), AtOnce);

    public Task DeleteIkeSaAsync() => control.DemandAsync("terminate", new ConfigSetting("ike", Connection), AtOnce);

    public async Task PingAsync(IPAddress source, IPAddress destination, int count)
    {
        var request = string.Create(CultureInfo.InvariantCulture, $"ping {source} {destination} {count} {EchoDataSize}");
        var answer = await control.StartAgentAsync(request, _ending.Token);
        _pings.Enqueue(Task.Run(() => ObserveAsync(request, answer)));
    }

    public async Task<PeerSas> ListSasAsync() => SaListing.Read(await control.ListSasAsync(), west);

    public async Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var change = control.Changes.Next;
            var sas = await ListSasAsync();
            var left = deadline - watch.Elapsed;
            if (condition(sas) || left <= TimeSpan.Zero)
            {
                return sas;
            }

            await Task.WhenAny(change, Task.Delay(left));
        }
    }

    public async Task<string> ReadLogAsync() => CharonLog.Filter(await control.ReadLogAsync(logStart), _policy?.Connection.Name ?? "", west);

    /// <summary>
    /// Takes everything of this scenario out of the daemon, without a farewell on the wire that anyone would have to answer.
    /// </summary>
    /// <exception cref="EnvironmentException">The daemon does not answer, or a ping could not be carried out.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await UnloadAsync();
        }
        finally
        {
            await _ending.CancelAsync();
            await Task.WhenAll(_pings);
            _ending.Dispose();
        }
    }

    private string Connection => _policy?.Connection.Name ?? throw new InvalidOperationException("east has no policy yet");

    private static async Task ObserveAsync(string request, Task<AgentReply> answer)
    {
        try
        {
            var reply = await answer;
            if (reply.Status >= AgentRefused)
            {
                throw new EnvironmentException($"the container could not '{request}': {reply.Text.Trim()}");
            }
        }
        catch (OperationCanceledException)
        {
            // The scenario ended before the last answer, and does not want it any more.
        }
    }

    /// <summary>Unique in the daemon, and easily found in its log.</summary>
    private string ConnectionName(string name) => string.Create(
        CultureInfo.InvariantCulture, $"{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}-{number}");

    private Task InitiateAsync(params ReadOnlySpan<ConfigEntry> what) => control.DemandAsync(
        "initiate", [new ConfigSetting("ike", Connection), .. what, AtOnce, new ConfigSetting("loglevel", "-1"), new ConfigSetting("init-limits", "no")]);

    private async Task UnloadAsync()
    {
        foreach (var id in SaListing.UniqueIds(await control.ListSasAsync(), west))
        {
            // One that ends by itself at this moment is refused, and is what was wanted.
            await control.TryAsync("terminate", ConfigSection.Message(new ConfigSetting("ike-id", id), new ConfigSetting("force", "yes"), AtOnce));
        }

        if (_policy is not null)
        {
            await control.DemandAsync("unload-conn", new ConfigSetting("name", Connection));
            await control.DemandAsync("unload-shared", new ConfigSetting("id", Connection));
        }
    }
}
