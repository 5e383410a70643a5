// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Libreswan as the judged peer of one scenario: a connection for each child, of a pluto that serves all scenarios.</summary>
internal sealed partial class LibreswanEastSide : IContainerSide
{
    private const int EchoDataSize = 56;
    private const int AgentRefused = 2;

    private readonly LibreswanControl _control;
    private readonly (IPAddress Local, IPAddress Remote) _sides;
    private readonly int _number;
    private readonly ConcurrentQueue<Task> _pings = new();
    private readonly CancellationTokenSource _ending = new();
    private LibreswanPolicy? _policy;
    private bool _isPhase1OnlyLoaded;
    private bool _isImpaired;

    /// <summary>Makes the side, which has no policy yet.</summary>
    /// <param name="control">The daemon.</param>
    /// <param name="sides">The daemon's outer address, and west's, which is this scenario's alone.</param>
    /// <param name="number">Number of the scenario, unique in the daemon's life.</param>
    public LibreswanEastSide(LibreswanControl control, (IPAddress Local, IPAddress Remote) sides, int number)
    {
        (_control, _sides, _number) = (control, sides, number);
        control.Log.Keep(number);
    }

    /// <summary>It takes no notice of the commit bit, and sends at once.</summary>
    public bool WaitsForConnected => false;

    /// <summary>A state shows its next event alone, which is the replacement.</summary>
    public bool ListsEnds => false;

    public ImmutableArray<(string Name, string Text)> RenderedConfiguration => _policy is null
        ? []
        :
        [
            ("ipsec.conf", _policy.Configuration),
            .. _policy.Secrets.Length > 0 ? [("ipsec.secrets", _policy.Secrets)] : Array.Empty<(string, string)>(),
            .. CertificateFiles.Of(_policy.Certificates),
        ];

    public async Task ConfigureAsync(PeerPolicy policy)
    {
        var rendered = IpsecConfRenderer.Render(policy, _policy?.Name ?? ConnectionName(policy.Name));
        if (_policy is null && rendered.Certificates is { } certificates)
        {
            await _control.Nss.ImportAsync(certificates, rendered.Name, requests => _control.DemandAsync(requests));
        }

        List<PlutoRequest> requests = [];
        requests.Add(PlutoRequest.Write(Configuration(rendered), rendered.Configuration));
        requests.AddRange(rendered.Users.SelectMany(user => rendered.Children.Append(rendered.Phase1Only).Select(connection => PlutoRequest.User(user.User, connection, user.Password))));
        if (rendered.Secrets.Length > 0)
        {
            requests.Add(PlutoRequest.Write(Secrets(rendered), rendered.Secrets));
            requests.Add(PlutoRequest.Whack("--rereadsecrets"));
        }

        _policy = rendered;
        await _control.DemandAsync(requests);

        // Phase 1 of the other side's is taken by the connection that came last, and only under that one's phase 1 does pluto ask for its
        // child whether the other side lives: the first child's is the one.
        await AddAsync([.. rendered.Shunts, .. rendered.Children.Reverse()]);
        foreach (var shunt in rendered.Shunts)
        {
            await _control.DemandAsync(PlutoRequest.Whack("--route", "--name", shunt));
        }
    }

    public async Task InitiateIkeSaAsync()
    {
        if (!_isPhase1OnlyLoaded)
        {
            await AddAsync([Policy.Phase1Only]);
            _isPhase1OnlyLoaded = true;
        }

        await InitiateAsync(Policy.Phase1Only);
    }

    public Task InitiateChildAsync(string child) => InitiateAsync(Policy.Child(child));

    /// <summary>In IKEv1 a replacement is a quick mode like any other; the older pair is given up when the new one is used.</summary>
    public Task RekeyChildAsync(string child) => InitiateAsync(Policy.Child(child));

    public async Task DeleteChildAsync(string child)
    {
        var states = StateListing.States(await _control.ListStatesAsync(), Policy.Name).Where(state => state.IsChild && state.Connection == Policy.Child(child));
        await DeleteAsync(states.OrderBy(state => state.Number).TakeLast(1));
    }

    public async Task DeleteIkeSaAsync() =>
        await DeleteAsync(StateListing.States(await _control.ListStatesAsync(), Policy.Name).OrderByDescending(state => state.IsChild).ThenBy(state => state.Number));

    public Task MisbehaveAsync(Misbehaviour how)
    {
        var requests = LibreswanImpairments.Requests(how);
        _isImpaired = true;
        return _control.DemandAsync(requests);
    }

    /// <summary>What it began while it misbehaved it would go on with otherwise.</summary>
    public async Task BehaveAsync()
    {
        await _control.DemandAsync(LibreswanImpairments.None);
        _isImpaired = false;
        await _control.AskAsync([.. Policy.Children.Append(Policy.Phase1Only).Select(connection => PlutoRequest.Whack("--terminate", "--name", connection))]);
    }

    public Task AskIfAliveAsync() =>
        throw new UnsupportedException("libreswan asks whether the other side lives when its dpddelay has passed in silence, and takes no order to do so at once");

    public Task RekeyIkeSaAsync() => throw new UnsupportedException("libreswan takes no order to replace an IKE SA of IKEv1");

    public async Task PingAsync(IPAddress source, IPAddress destination, int count)
    {
        var request = string.Create(CultureInfo.InvariantCulture, $"ping {source} {destination} {count} {EchoDataSize}");
        var answer = await _control.StartAgentAsync(request, _ending.Token);
        _pings.Enqueue(Task.Run(() => ObserveAsync(request, answer)));
    }

    public async Task<PeerSas> ListSasAsync() => _policy is null
        ? new PeerSas([], [])
        : StateListing.Read(await _control.ListStatesAsync(), _policy.Name, _control.Log.Notes, _sides);

    public async Task<ImmutableArray<PeerSaKeys>> ListKeysAsync() => XfrmStates.Read(await _control.AskAgentAsync("xfrm-state"), _sides.Remote);

    public async Task<PeerSas> WaitForSasAsync(Func<PeerSas, bool> condition, TimeSpan deadline)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var change = _control.Log.Changes.Next;
            var sas = await ListSasAsync();
            var left = deadline - watch.Elapsed;
            if (condition(sas) || left <= TimeSpan.Zero)
            {
                return sas;
            }

            await Task.WhenAny(change, Task.Delay(left));
        }
    }

    public async Task<string> ReadLogAsync()
    {
        await _control.SettleLogAsync();
        return PlutoLogFilter.Filter(_control.Log.Read(_number), _policy?.Name ?? "", _sides);
    }

    /// <summary>Takes everything of this scenario out of the daemon.</summary>
    /// <exception cref="EnvironmentException">The daemon does not answer, or a ping could not be carried out.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_isImpaired)
            {
                await _control.DemandAsync(LibreswanImpairments.None);
            }

            if (_policy is not null)
            {
                await UnloadAsync(_policy);
            }
        }
        finally
        {
            _control.Log.Release(_number);
            await _ending.CancelAsync();
            await Task.WhenAll(_pings);
            _ending.Dispose();
        }
    }

    private LibreswanPolicy Policy => _policy ?? throw new InvalidOperationException("east has no policy yet");

    private static string Configuration(LibreswanPolicy policy) => $"{policy.Name}.conf";

    private static string Secrets(LibreswanPolicy policy) => $"{policy.Name}.secrets";

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

    /// <summary>Unique in the daemon, and as long as others, so that commands with it need not be learnt anew.</summary>
    private string ConnectionName(string name) => string.Create(
        CultureInfo.InvariantCulture, $"{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}-{_number:D5}");

    private async Task AddAsync(ImmutableArray<string> connections)
    {
        var reply = (await _control.AskAsync(PlutoRequest.Line($"addconn {Configuration(Policy)} {string.Join(' ', connections)}")))[0];
        if (reply.Refusal is null && !reply.Text.Contains("did not load", StringComparison.Ordinal))
        {
            return;
        }

        // What is well-formed and refused is a value that pluto does not have; only its log says why.
        await _control.SettleLogAsync();
        var reason = _control.Log.Read(_number).LastOrDefault(line => Refused().Match(line) is { Success: true } match && connections.Contains(match.Groups["name"].Value));
        throw reason is null
            ? new InvalidOperationException($"libreswan cannot read what was rendered for it (status {reply.Status}): {reply.Text}")
            : new UnsupportedException($"libreswan does not take the policy: {Refused().Match(reason).Groups["reason"].Value}");
    }

    /// <summary>Returns at once: the rest is to be seen on the wire.</summary>
    private Task InitiateAsync(string connection) => _control.DemandAsync(PlutoRequest.Whack("--initiate", "--asynchronous", "--name", connection));

    private async Task DeleteAsync(IEnumerable<PlutoState> states)
    {
        PlutoRequest[] requests = [.. states.Select(state => PlutoRequest.Whack("--deletestate", state.Number.ToString(CultureInfo.InvariantCulture)))];
        if (requests.Length > 0)
        {
            await _control.DemandAsync(requests);
        }
    }

    private async Task UnloadAsync(LibreswanPolicy policy)
    {
        List<PlutoRequest> requests = [.. policy.Children.Concat(policy.Shunts).Append(policy.Phase1Only).Select(connection => PlutoRequest.Whack("--delete", "--name", connection))];
        requests.Add(PlutoRequest.Line($"remove {Configuration(policy)}"));
        if (policy.Secrets.Length > 0)
        {
            requests.Add(PlutoRequest.Line($"remove {Secrets(policy)}"));
        }

        if (!policy.Users.IsEmpty)
        {
            requests.AddRange(policy.Children.Append(policy.Phase1Only).Select(connection => PlutoRequest.Line($"forget {connection}")));
        }

        if (policy.Certificates is { } certificates)
        {
            requests.AddRange(NssStore.Remove(certificates, policy.Name));
        }

        await _control.AskAsync(requests);
    }

    /// <summary>For example <c>"conn": failed to add connection: why</c>.</summary>
    [GeneratedRegex(@"""(?<name>[^""]+)"": failed to add connection: (?<reason>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Refused();
}
