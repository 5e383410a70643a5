// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Images;
using Ipsec.Fixtures.Rig.Run;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>The container of a peer, from its start to its end.</summary>
internal sealed partial class PeerContainer : IAsyncDisposable
{
    private const string EastInner = "198.19.0.0/16";

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(90);

    private readonly TaskCompletionSource<Match> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposing = new();
    private readonly EngineApi _api;
    private readonly ContainerConsole _console;
    private string? _id;
    private Task<int>? _ended;
    private volatile PeerCrash? _crash;
    private int _isDisposed;

    private PeerContainer(EngineApi api, string image, IPAddress address)
    {
        _api = api;
        Image = image;
        Address = address;
        _console = new ContainerConsole(OnLine);
    }

    /// <summary>Tag of its image.</summary>
    public string Image { get; }

    /// <summary>Its address on the outer network.</summary>
    public IPAddress Address { get; }

    /// <summary>Which kernel carries its ESP: <c>kernel</c> or <c>user-mode-linux</c>.</summary>
    public string DataPlane { get; private set; } = "";

    /// <summary>Version of its daemon.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Completes when it has ended.</summary>
    public Task Ended => _ended ?? throw new InvalidOperationException("the container was not started");

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Ended.IsCompleted;

    /// <summary>What it printed last.</summary>
    public string LastLines => _console.Tail;

    /// <summary>Starts a container and waits until its daemon is ready.</summary>
    /// <param name="api">The engine.</param>
    /// <param name="peer">The peer's name.</param>
    /// <param name="image">Tag of its image.</param>
    /// <param name="network">The network to attach it to.</param>
    /// <param name="address">Its address there.</param>
    /// <param name="cancellation">The user ends the run.</param>
    /// <param name="inner">The network of which every address is the peer's own; null for that behind east.</param>
    /// <exception cref="PeerUnavailableException">It did not become ready.</exception>
    public static async Task<PeerContainer> StartAsync(
        EngineApi api, string peer, string image, OuterNetwork network, IPAddress address, CancellationToken cancellation, string? inner = null)
    {
        var container = new PeerContainer(api, image, address);
        try
        {
            await container.StartAsync(peer, network, inner ?? EastInner, cancellation);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>An error of the peer's, with what is known about its container.</summary>
    /// <param name="what">What did not work.</param>
    /// <param name="cause">What it was noticed by.</param>
    public EnvironmentException Failure(string what, Exception? cause = null)
    {
        var state = HasEnded ? $"its container ended with status {(Ended.IsCompletedSuccessfully ? _ended!.Result : "unknown")}" : "its container still runs";
        var message = $"{what}: {cause?.Message ?? state}; {state}. It printed last:\n{LastLines}";
        return _crash is { } crash ? new PeerCrashedException(crash, message, cause)
            : cause is null ? new EnvironmentException(message)
            : new EnvironmentException(message, cause);
    }

    /// <summary>Size of one of its files, in bytes.</summary>
    public Task<long> FileSizeAsync(string path, CancellationToken cancellation) => _api.FileSizeAsync(_id!, path, cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _disposing.CancelAsync();
        if (_id is not null)
        {
            await _api.RemoveContainerAsync(_id, CancellationToken.None);
        }

        if (_ended is not null)
        {
            await _ended.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        _disposing.Dispose();
        _console.Dispose();
    }

    [GeneratedRegex(@"^READY plane=(?<plane>\S+) version=(?<version>\S+)$")]
    private static partial Regex ReadyLine();

    [GeneratedRegex(@"^ENDED peer=(?<peer>\S+) status=(?<status>[0-9]{1,3})$")]
    private static partial Regex EndedLine();

    private async Task StartAsync(string peer, OuterNetwork network, string inner, CancellationToken cancellation)
    {
        var container = new ContainerBuilder(Image)
            .WithName($"conformance-{peer}-{Environment.ProcessId}")
            .WithLabel(Ownership.Labels)
            .WithImagePullPolicy(PullPolicy.Never)
            .WithEnvironment("DATA_PLANE", "auto")
            .WithEnvironment("INNER_NET", inner)
            .WithNetwork(network.Network)
            .WithOutputConsumer(_console)
            .WithCreateParameterModifier(parameters => Adjust(parameters, network))
            .WithLogger(NullLogger.Instance)
            .WithCleanUp(false)
            .Build();
        try
        {
            await container.StartAsync(cancellation);
        }
        catch (Exception error) when (error is DockerApiException or DotNet.Testcontainers.Containers.ContainerNotRunningException)
        {
            throw NotReady(error.Message, LastLines, error);
        }
        finally
        {
            _id = await FindAsync(container.Name);
        }

        _ended = Task.Run(() => _api.WaitForEndAsync(_id!, _disposing.Token));
        var first = await Task.WhenAny(_ready.Task, _ended, Task.Delay(ReadyLimit, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (first != _ready.Task)
        {
            // What is attached may lag behind the end; what the engine has logged does not.
            var (output, errors) = await container.GetLogsAsync(timestampsEnabled: false, ct: cancellation);
            throw NotReady(first == _ended ? "its container ended" : $"it was not ready after {ReadyLimit.TotalSeconds} s", output + errors, cause: null);
        }

        var ready = await _ready.Task;
        DataPlane = ready.Groups["plane"].Value;
        Version = ready.Groups["version"].Value;
    }

    private static PeerUnavailableException NotReady(string reason, string printed, Exception? cause)
    {
        var error = printed.Split('\n').FirstOrDefault(line => line.StartsWith("ERROR:", StringComparison.Ordinal));
        return new PeerUnavailableException(error ?? $"{reason}; it printed:\n{printed.Trim()}", remedy: null, cause);
    }

    private void Adjust(CreateContainerParameters parameters, OuterNetwork network)
    {
        parameters.HostConfig!.CapAdd = ["NET_ADMIN"];
        // Memory of a user-mode kernel: 256 MiB, and room.
        parameters.HostConfig!.Tmpfs = new Dictionary<string, string> { ["/dev/shm"] = "rw,exec,size=320m" };
        parameters.NetworkingConfig!.EndpointsConfig[network.Network.Name].IPAMConfig = new EndpointIPAMConfig { IPv4Address = Address.ToString() };
    }

    private void OnLine(string line)
    {
        if (ReadyLine().Match(line) is { Success: true } match)
        {
            _ready.TrySetResult(match);
        }
        else if (EndedLine().Match(line) is { Success: true } end && _ready.Task.IsCompleted)
        {
            _crash ??= new PeerCrash(end.Groups["peer"].Value, int.Parse(end.Groups["status"].ValueSpan, CultureInfo.InvariantCulture), DateTimeOffset.UtcNow);
        }
    }

    private async Task<string?> FindAsync(string name) =>
        (await _api.ContainersAsync(CancellationToken.None)).FirstOrDefault(container => container.Name == name.TrimStart('/'))?.Id;
}
