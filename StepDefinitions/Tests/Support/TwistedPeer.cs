// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>Our own implementation as a peer that lies as the test says.</summary>
internal sealed class TwistedPeer(Lie lie) : IPeer, IPeerDriver
{
    public const string PeerName = "twisted";

    public string Name => PeerName;

    public bool NeedsContainer => false;

    public PeerRecord Record { get; } = new(PeerName, "1", Image: null, DataPlane: "in-memory");

    public string? Engine => null;

    public Task<PeerStart> StartAsync(PeerStartRequest request) => Task.FromResult<PeerStart>(new PeerStart.Ready(this));

    public Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation) => Task.FromResult<TestBed>(new TwistedBed(request, lie));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
