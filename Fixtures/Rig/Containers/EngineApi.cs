// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>
/// The few questions to a container engine that have no place in Testcontainers: its version, what carries a label, and
/// removal of that. Spoken over the engine's own socket, without an API version, so that any engine understands it.
/// </summary>
internal sealed class EngineApi : IDisposable
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;
    private readonly HttpClient _patient;

    /// <summary>Talks to the engine at a socket.</summary>
    /// <param name="socketPath">For example <c>/var/run/docker.sock</c>.</param>
    public EngineApi(string socketPath)
    {
        _http = Client(socketPath, Promptly);
        _patient = Client(socketPath, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Version of the engine and of its API.</summary>
    /// <exception cref="HttpRequestException">Nobody answers.</exception>
    public async Task<(string Engine, string Api)> VersionAsync(CancellationToken cancellation)
    {
        var answer = await GetAsync("version", cancellation);
        return (Text(answer["Version"]), Text(answer["ApiVersion"]));
    }

    /// <summary>Whether there is an image of that name.</summary>
    public async Task<bool> HasImageAsync(string name, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync($"images/{name}/json", cancellation);
        return answer.StatusCode != HttpStatusCode.NotFound && answer.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }

    /// <summary>The containers that carry the suite's label, stopped ones included.</summary>
    public async Task<IReadOnlyList<EngineObject>> ContainersAsync(CancellationToken cancellation)
    {
        var filter = Uri.EscapeDataString($$"""{"label":["{{Ownership.SuiteLabel}}"]}""");
        var answer = await GetAsync($"containers/json?all=1&filters={filter}", cancellation);
        return [.. answer.AsArray().Select(item => Read(item!, Text(item!["Names"]?[0]).TrimStart('/'), []))];
    }

    /// <summary>All networks, of the suite or not.</summary>
    public async Task<IReadOnlyList<EngineObject>> NetworksAsync(CancellationToken cancellation)
    {
        var answer = await GetAsync("networks", cancellation);
        return [.. answer.AsArray().Select(item => Read(item!, Text(item!["Name"]), Subnets(item!)))];
    }

    /// <summary>Ends and removes a container; one that is gone already is no error.</summary>
    public Task RemoveContainerAsync(string id, CancellationToken cancellation) => DeleteAsync($"containers/{id}?force=1&v=1", cancellation);

    /// <summary>Removes a network; one that is gone already is no error.</summary>
    public Task RemoveNetworkAsync(string id, CancellationToken cancellation) => DeleteAsync($"networks/{id}", cancellation);

    /// <summary>Waits until a container has ended.</summary>
    /// <returns>Its exit status.</returns>
    public async Task<int> WaitForEndAsync(string id, CancellationToken cancellation)
    {
        // The answer comes only at the end, maybe hours later.
        using var answer = await _patient.PostAsync($"containers/{id}/wait", content: null, cancellation);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellation);
        return body!["StatusCode"]!.GetValue<int>();
    }

    /// <summary>Size of a file in a container, in bytes.</summary>
    public async Task<long> FileSizeAsync(string id, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"containers/{id}/archive?path={Uri.EscapeDataString(path)}");
        using var answer = await _http.SendAsync(request, cancellation);
        var header = answer.EnsureSuccessStatusCode().Headers.GetValues("X-Docker-Container-Path-Stat").Single();
        var stat = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header)));
        return stat!["size"]!.GetValue<long>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _patient.Dispose();
    }

    private static HttpClient Client(string socketPath, TimeSpan limit) =>
        new(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(socketPath, cancellation) })
        {
            BaseAddress = new Uri("http://engine/"),
            Timeout = limit,
        };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static EngineObject Read(JsonNode item, string name, IReadOnlyList<string> subnets)
    {
        var labels = item["Labels"]?.AsObject().ToDictionary(label => label.Key, label => Text(label.Value), StringComparer.Ordinal);
        return new(Text(item["Id"]), name, labels ?? [], subnets);
    }

    private static string[] Subnets(JsonNode network) =>
        network["IPAM"]?["Config"] is JsonArray ranges ? [.. ranges.Select(range => Text(range!["Subnet"]))] : [];

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private async Task<JsonNode> GetAsync(string path, CancellationToken cancellation) =>
        await _http.GetFromJsonAsync<JsonNode>(path, cancellation) ?? throw new HttpRequestException($"the engine answered nothing to {path}");

    private async Task DeleteAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.DeleteAsync(path, cancellation);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != HttpStatusCode.NotFound)
        {
            var reason = await answer.Content.ReadAsStringAsync(cancellation);
            throw new HttpRequestException($"the engine refused to remove {path}: {reason.Trim()}");
        }
    }
}
