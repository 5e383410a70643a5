// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>The peers of one run: each is brought up once, when it is first wanted, and taken down with the pool.</summary>
public sealed class PeerPool(PeerCatalog catalog, PeerStartRequest request) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<PeerStart>>> _starts = new(StringComparer.Ordinal);

    /// <summary>The peers that can be asked for.</summary>
    public PeerCatalog Catalog { get; } = catalog;

    /// <summary>The container engine and its version, once a peer runs in one; else null.</summary>
    public string? Engine => _starts.Values
        .Where(start => start.IsValueCreated && start.Value.IsCompletedSuccessfully)
        .Select(start => start.Value.Result).OfType<PeerStart.Ready>().Select(ready => ready.Peer.Engine)
        .FirstOrDefault(engine => engine is not null);

    /// <summary>Brings a peer up, or waits for whoever does already.</summary>
    /// <exception cref="ArgumentException">The name is not in the catalog.</exception>
    public Task<PeerStart> StartAsync(string name) =>
        Catalog.TryFind(name, out var driver)
            ? _starts.GetOrAdd(name, _ => new Lazy<Task<PeerStart>>(() => StartAsync(driver))).Value
            : throw new ArgumentException(Catalog.Unknown(name), nameof(name));

    /// <summary>The running peer.</summary>
    /// <exception cref="EnvironmentException">It cannot be had here.</exception>
    public async Task<IPeer> RequireAsync(string name) => await StartAsync(name) switch
    {
        PeerStart.Ready ready => ready.Peer,
        PeerStart.Unavailable unavailable => throw new EnvironmentException($"{name}: {unavailable}"),
        var other => throw new InvalidOperationException($"{name}: {other}"),
    };

    /// <summary>Takes every peer down that came up. Each is tried.</summary>
    /// <exception cref="AggregateException">Some could not be taken down.</exception>
    public async ValueTask DisposeAsync()
    {
        var errors = new List<Exception>();
        foreach (var start in _starts.Values)
        {
            try
            {
                if (await start.Value is PeerStart.Ready ready)
                {
                    await ready.Peer.DisposeAsync();
                }
            }
            catch (OperationCanceledException) when (request.Cancellation.IsCancellationRequested)
            {
                // The run ended while this peer came up: there is nothing to take down.
            }
            catch (Exception error)
            {
                errors.Add(error);
            }
        }

        if (errors.Count > 0)
        {
            throw new AggregateException("Not every peer could be taken down.", errors);
        }
    }

    private async Task<PeerStart> StartAsync(IPeerDriver driver)
    {
        var start = await driver.StartAsync(request);
        return driver.NeedsContainer && start is PeerStart.Ready ready
            ? new PeerStart.Ready(new RestartedPeer(driver.Name, ready.Peer, () => driver.StartAsync(request), request.Say))
            : start;
    }
}
