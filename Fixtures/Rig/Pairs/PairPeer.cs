// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Pairs;

/// <summary>Two daemons with one pair of addresses: one scenario at a time.</summary>
internal sealed class PairPeer(string name, OuterLink link, BedAddresses addresses, IContainerDaemon west, IContainerDaemon east) : IPeer
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public PeerRecord Record { get; } = new(
        name,
        PairNames.Of(west.Container.Version, east.Container.Version),
        PairNames.Of(west.Container.Image, east.Container.Image),
        west.Container.DataPlane == east.Container.DataPlane ? west.Container.DataPlane : PairNames.Of(west.Container.DataPlane, east.Container.DataPlane));

    public string? Engine => link.Engine.Version;

    public bool IsLost => west.IsLost || east.IsLost;

    public async Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            foreach (var container in new[] { west.Container, east.Container })
            {
                if (container.HasEnded)
                {
                    throw container.Failure($"an end of {name} is gone");
                }
            }

            var atWest = await west.OpenSideAsync(addresses.West, addresses.East, cancellation);
            var atEast = await east.OpenSideAsync(addresses.East, addresses.West, cancellation);
            return new PairTestBed(link, addresses, atWest, atEast, () => _turn.Release());
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    public async ValueTask AbandonAsync()
    {
        await west.Container.DisposeAsync();
        await east.Container.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await west.DisposeAsync();
        await east.DisposeAsync();
        await link.LeaveAsync();
        _turn.Dispose();
    }
}
