// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using DotNet.Testcontainers.Configurations;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>The container engine of this machine, known to answer.</summary>
internal sealed class ContainerEngine : IDisposable
{
    private const string HostVariable = "DOCKER_HOST";
    private const string ApiVersionVariable = "DOCKER_API_VERSION";
    private const string UnixScheme = "unix://";
    private const string DefaultSocket = "/var/run/docker.sock";

    private ContainerEngine(EngineApi api, string version)
    {
        Api = api;
        Version = version;
    }

    /// <summary>The engine's interface.</summary>
    public EngineApi Api { get; }

    /// <summary>Name and version, for example <c>docker 20.10.24</c>.</summary>
    public string Version { get; }

    /// <summary>Finds the engine and prepares Testcontainers for it.</summary>
    /// <exception cref="PeerUnavailableException">None answers here.</exception>
    public static async Task<ContainerEngine> ConnectAsync(CancellationToken cancellation)
    {
        var host = Environment.GetEnvironmentVariable(HostVariable);
        if (!string.IsNullOrEmpty(host) && !host.StartsWith(UnixScheme, StringComparison.Ordinal))
        {
            throw new PeerUnavailableException(
                $"{HostVariable} names an engine elsewhere ({host}), but west must share a network with the containers", $"unset {HostVariable}");
        }

        var socket = string.IsNullOrEmpty(host) ? DefaultSocket : host[UnixScheme.Length..];
        var api = new EngineApi(socket);
        try
        {
            var (version, apiVersion) = await api.VersionAsync(cancellation);
            Prepare(apiVersion);
            return new ContainerEngine(api, $"docker {version}");
        }
        catch (HttpRequestException error)
        {
            api.Dispose();
            throw new PeerUnavailableException($"no container engine answers at {socket}{Reason(error)}", Remedy(), error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Api.Dispose();

    /// <summary>
    /// Testcontainers asks for its own API version and refuses an older engine, unless it is told the version; and it would
    /// fetch an image of its own to clean up with. Both settings are read once, so they come before its first use.
    /// </summary>
    private static void Prepare(string apiVersion)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ApiVersionVariable)))
        {
            Environment.SetEnvironmentVariable(ApiVersionVariable, apiVersion);
        }

        TestcontainersSettings.ResourceReaperEnabled = false;
    }

    private static string Reason(HttpRequestException error) =>
        error.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied } ? " (no permission)" : "";

    private static string Remedy() =>
        File.Exists("/usr/sbin/dockerd") || File.Exists("/usr/bin/dockerd") ? "service docker start" : "apt-get install docker.io";
}
