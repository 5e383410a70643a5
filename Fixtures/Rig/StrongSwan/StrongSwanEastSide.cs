// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>strongSwan as the judged peer of one scenario: one connection of a daemon that serves them all.</summary>
/// <param name="control">The daemon.</param>
/// <param name="west">West's outer address, this scenario's alone.</param>
/// <param name="number">Number of the scenario, unique in the daemon's life.</param>
/// <param name="logStart">Where this scenario's part of the daemon's log begins.</param>
internal sealed class StrongSwanEastSide(StrongSwanControl control, IPAddress west, int number, long logStart) : IContainerSide
{
    private const int EchoDataSize = 56;
    private const int AgentRefused = 2;

    private static readonly TimeSpan PoolReturns = TimeSpan.FromSeconds(5);

    /// <summary>Not every change is announced: a half-open IKE SA is given up in silence.</summary>
    private static readonly TimeSpan LooksAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns at once: the rest is to be seen on the wire.</summary>
    private static readonly ConfigSetting AtOnce = new("timeout", "-1");

    private readonly ConcurrentQueue<Task> _pings = new();
    private readonly CancellationTokenSource _ending = new();
    private RenderedPolicy? _policy;

    /// <summary>It takes no notice of the commit bit, and sends at once.</summary>
    public bool WaitsForConnected => false;

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration => _policy?.Files ?? [];

    public async Task ConfigureAsync(PeerPolicy policy)
    {
        var rendered = SwanctlRenderer.Render(policy, _policy?.Connection.Name ?? ConnectionName(policy.Name));
        // Keys stay in the daemon for as long as it lives: other scenarios have them, too.
        foreach (var (command, argument) in rendered.Certificates.Select(argument => ("load-cert", argument)).Concat(rendered.Keys.Select(argument => ("load-key", argument))))
        {
            await control.DemandAsync(command, [.. argument.Entries]);
        }

        if (rendered.Pool is { } pool)
        {
            await control.DemandAsync("load-pool", pool);
        }

        if (await control.TryAsync("load-conn", ConfigSection.Message(rendered.Connection)) is { } refusal)
        {
            // Well-formed by construction: what the daemon refuses is a value it does not have.
            throw new UnsupportedException($"strongswan does not take the policy: {refusal}");
        }

        _policy = rendered;
        foreach (var secret in rendered.Secrets)
        {
            await control.DemandAsync("load-shared", [.. secret.Entries]);
        }
    }

    public Task InitiateIkeSaAsync() => InitiateAsync();

    public Task InitiateChildAsync(string child) => InitiateAsync(new ConfigSetting("child", child));

    public Task RekeyChildAsync(string child) =>
        control.DemandAsync("rekey", new ConfigSetting("ike", Connection), new ConfigSetting("child", child));

    public Task DeleteChildAsync(string child) =>
        control.DemandAsync("terminate", new ConfigSetting("ike", Connection), new ConfigSetting("child", child), AtOnce);

    public Task DeleteIkeSaAsync() => control.DemandAsync("terminate", new ConfigSetting("ike", Connection), AtOnce);

    /// <summary>In IKEv1 a new phase 1 is also a new authentication; strongSwan knows no other way.</summary>
    public Task RekeyIkeSaAsync() => control.DemandAsync("rekey", new ConfigSetting("ike", Connection), new ConfigSetting("reauth", "yes"));

    public Task AskIfAliveAsync() =>
        throw new UnsupportedException("strongswan asks whether the other side lives when its dpd_delay has passed in silence, and takes no order to do so at once");

    public async Task PingAsync(IPAddress source, IPAddress destination, int count)
    {
        var request = string.Create(CultureInfo.InvariantCulture, $"ping {source} {destination} {count} {EchoDataSize}");
        var answer = await control.StartAgentAsync(request, _ending.Token);
        _pings.Enqueue(Task.Run(() => ObserveAsync(request, answer)));
    }

    public async Task<PeerSas> ListSasAsync() => SaListing.Read(await control.ListSasAsync(), west);

    public async Task<ImmutableArray<PeerSaKeys>> ListKeysAsync() => XfrmStates.Read(await control.AskAgentAsync("xfrm-state"), west);

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

            await Task.WhenAny(change, Task.Delay(left < LooksAgain ? left : LooksAgain));
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

        if (_policy is null)
        {
            return;
        }

        await control.DemandAsync("unload-conn", new ConfigSetting("name", Connection));
        foreach (var secret in _policy.Secrets)
        {
            await control.DemandAsync("unload-shared", new ConfigSetting("id", secret.Text("id")!));
        }

        if (_policy.Pool is { } pool)
        {
            await UnloadPoolAsync(pool.Name);
        }

        if (!_policy.Certificates.IsEmpty)
        {
            await control.DemandAsync("flush-certs");
        }
    }

    /// <summary>A pool cannot go before its addresses are back, which they are when the IKE SAs have ended.</summary>
    private async Task UnloadPoolAsync(string name)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var change = control.Changes.Next;
            if (await control.TryAsync("unload-pool", ConfigSection.Message(new ConfigSetting("name", name))) is not { } refusal)
            {
                return;
            }

            var left = PoolReturns - watch.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                throw new EnvironmentException($"strongswan refused 'unload-pool': {refusal}");
            }

            await Task.WhenAny(change, Task.Delay(left));
        }
    }
}
