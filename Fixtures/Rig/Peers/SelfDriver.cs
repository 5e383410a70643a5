// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>This implementation as its own peer, in memory: needs nothing and is always there.</summary>
public sealed class SelfDriver : IPeerDriver
{
    /// <inheritdoc/>
    public string Name => PeerCatalog.Self;

    /// <inheritdoc/>
    public bool NeedsContainer => false;

    /// <inheritdoc/>
    public Task<PeerStart> StartAsync(PeerStartRequest request) => Task.FromResult<PeerStart>(new PeerStart.Ready(new SelfPeer()));

    private sealed class SelfPeer : IPeer
    {
        public PeerRecord Record { get; } = new(PeerCatalog.Self, SuiteIdentity.Version, Image: null, DataPlane: "in-memory");

        public Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation) => Task.FromResult<TestBed>(new VirtualTestBed(request));

        public string? Engine => null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
