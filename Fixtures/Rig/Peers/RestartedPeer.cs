// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Parties;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>
/// A peer that is brought up anew when it is lost. The scenarios that lost it end as <c>environment</c>; those that come after it
/// have a peer again. How often is bounded: a peer that every scenario kills would take the whole run to say the same.
/// </summary>
/// <param name="name">What the user calls it.</param>
/// <param name="first">The peer as it came up first.</param>
/// <param name="start">Brings another one up.</param>
/// <param name="say">Tells the user.</param>
internal sealed class RestartedPeer(string name, IPeer first, Func<Task<PeerStart>> start, Action<string> say) : IPeer
{
    /// <summary>How often a peer is brought up again in one run.</summary>
    public const int MostRestarts = 3;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<IPeer> _lost = [];
    private IPeer _current = first;

    /// <inheritdoc/>
    public PeerRecord Record => _current.Record;

    /// <inheritdoc/>
    public string? Engine => _current.Engine;

    /// <inheritdoc/>
    public bool IsLost => _current.IsLost && _lost.Count == MostRestarts;

    /// <inheritdoc/>
    public async Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation) =>
        await (await AliveAsync(cancellation)).OpenBedAsync(request, cancellation);

    /// <inheritdoc/>
    public async Task<PeerParty> OpenPartyAsync(CancellationToken cancellation) =>
        await (await AliveAsync(cancellation)).OpenPartyAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask AbandonAsync() => _current.AbandonAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _lost.Append(_current))
        {
            await peer.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task<IPeer> AliveAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_current.IsLost && _lost.Count < MostRestarts)
            {
                await RestartAsync();
            }

            return _current;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RestartAsync()
    {
        say($"{name} was lost; it is started again");
        // Its address and its name must be free. Scenarios that still hold it find it gone, as they would have anyway.
        await _current.AbandonAsync();
        switch (await start())
        {
            case PeerStart.Ready ready:
                _lost.Add(_current);
                _current = ready.Peer;
                break;
            case PeerStart.Unavailable unavailable:
                throw new EnvironmentException($"{name} was lost and did not come up again: {unavailable}");
            default:
                throw new InvalidOperationException($"{name}: neither ready nor unavailable");
        }
    }
}
