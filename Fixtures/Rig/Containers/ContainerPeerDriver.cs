// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>A daemon in a container on this host. What is particular to a daemon is how one talks to it.</summary>
public abstract class ContainerPeerDriver : OuterPeerDriver
{
    /// <summary>Debian's suite from which a peer comes where its name says none.</summary>
    public const string DefaultSuite = "bookworm";

    /// <summary>Addresses up to this one are the peers' that come from the default suite; the next are those of other versions.</summary>
    private const int Versions = 2;

    private readonly string _folder;
    private readonly string _suite;

    /// <summary>Names a daemon's place.</summary>
    /// <param name="folder">Its folder under <c>containers</c>, by which users and results call it.</param>
    /// <param name="host">Last octet of its address on the outer network, no other peer's.</param>
    /// <param name="suite">Debian's suite from which it comes; null for the default, which its name then does not mention.</param>
    private protected ContainerPeerDriver(string folder, byte host, string? suite)
        : base(suite is null ? folder : $"{folder}@{suite}")
    {
        _folder = folder;
        _suite = suite ?? DefaultSuite;
        Host = (byte)(suite is null ? host : host + Versions);
    }

    /// <summary>The same daemon in another version.</summary>
    /// <param name="suite">Debian's suite from which it comes, for example <c>trixie</c>.</param>
    /// <returns>A peer of its own, which may run beside this one.</returns>
    public abstract ContainerPeerDriver From(string suite);

    /// <summary>Last octet of its address on the outer network.</summary>
    private protected byte Host { get; }

    /// <summary>Connects to a daemon that is ready.</summary>
    /// <exception cref="EnvironmentException">It does not answer.</exception>
    private protected abstract Task<IPeer> ConnectAsync(OuterLink link, PeerContainer container, PeerStartRequest request);

    /// <summary>Connects to a daemon that is ready, and is not the peer itself.</summary>
    /// <exception cref="EnvironmentException">It does not answer.</exception>
    private protected abstract Task<IContainerDaemon> ConnectDaemonAsync(PeerContainer container, CancellationToken cancellation);

    /// <summary>What is wrong with the peer's manifest; empty where nothing is, or where there is none to be found.</summary>
    public IReadOnlyList<string> ManifestErrors()
    {
        try
        {
            var path = Path.Combine(ContainersFolder.Find(), _folder, PeerManifestFile.FileName);
            var errors = PeerManifestFile.TryRead(path, out var manifest);
            return manifest is not null && !manifest.Versions.ContainsKey(_suite)
                ? [$"{path}: software.versions: has none of {_suite}"]
                : [.. errors.Select(error => error.ToString())];
        }
        catch (PeerUnavailableException)
        {
            // No checkout: then the peer cannot be started, and that is said when it is.
            return [];
        }
    }

    /// <summary>Starts another daemon of this kind, beside the peer.</summary>
    /// <param name="link">The network.</param>
    /// <param name="request">What may be done for it.</param>
    /// <param name="role">What tells its container from others, for example <c>west</c>.</param>
    /// <param name="own">Its address on the outer network, nobody else's.</param>
    /// <param name="inner">The network of which every address is its own; null for that behind east.</param>
    /// <exception cref="PeerUnavailableException">It cannot be had here.</exception>
    internal async Task<IContainerDaemon> StartDaemonAsync(OuterLink link, PeerStartRequest request, string role, IPAddress own, string? inner = null)
    {
        var image = await ImageBuilder.EnsureAsync(link.Engine, _folder, request, _suite);
        var container = await PeerContainer.StartAsync(link.Engine.Api, $"{Name.Replace('@', '-')}-{role}", image, link.Network, own, request.Cancellation, inner);
        try
        {
            return await ConnectDaemonAsync(container, request.Cancellation);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    private protected override async Task<IPeer> StartAsync(OuterLink link, PeerStartRequest request)
    {
        var image = await ImageBuilder.EnsureAsync(link.Engine, _folder, request, _suite);
        var container = await PeerContainer.StartAsync(link.Engine.Api, Name.Replace('@', '-'), image, link.Network, new([198, 51, 100, Host]), request.Cancellation);
        try
        {
            return await ConnectAsync(link, container, request);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }
}
