// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Two strongSwans, one where our gateway stands otherwise: what the driver renders is tried without any code of ours in between.</summary>
internal sealed class StrongSwanPair : IAsyncDisposable
{
    private static readonly BedAddresses Addresses = new(249, new([198, 51, 100, 2]));

    private readonly OuterLink _link;
    private readonly PeerContainer _westContainer;
    private readonly PeerContainer _eastContainer;
    private readonly StrongSwanControl _west;
    private readonly StrongSwanControl _east;
    private int _scenes;

    private StrongSwanPair(OuterLink link, PeerContainer westContainer, PeerContainer eastContainer, StrongSwanControl west, StrongSwanControl east)
    {
        _link = link;
        (_westContainer, _eastContainer) = (westContainer, eastContainer);
        (_west, _east) = (west, east);
    }

    public static async Task<StrongSwanPair> StartAsync()
    {
        var request = new PeerStartRequest(MayInstall: true, TestContext.Progress.WriteLine, CancellationToken.None);
        var link = await OuterLink.JoinAsync(request.Say, request.Cancellation);
        var image = await ImageBuilder.EnsureAsync(link.Engine, StrongSwanDriver.PeerName, request);
        var east = await PeerContainer.StartAsync(link.Engine.Api, "strongswan-east", image, link.Network, Addresses.East, request.Cancellation);
        var west = await PeerContainer.StartAsync(link.Engine.Api, "strongswan-west", image, link.Network, Addresses.West, request.Cancellation, "198.18.0.0/16");
        return new StrongSwanPair(
            link, west, east, await StrongSwanControl.ConnectAsync(west, request.Cancellation), await StrongSwanControl.ConnectAsync(east, request.Cancellation));
    }

    /// <summary>Configures both sides for one scenario. They have one pair of addresses, so one scenario at a time.</summary>
    public async Task<PairScene> OpenAsync(ScenePolicy policy)
    {
        var number = ++_scenes;
        var (west, east) = policy.For(Addresses, FormattableString.Invariant($"p{number}"));
        var scene = new PairScene(
            Addresses,
            new StrongSwanEastSide(_west, Addresses.East, number, await _west.LogSizeAsync(CancellationToken.None)),
            new StrongSwanEastSide(_east, Addresses.West, number, await _east.LogSizeAsync(CancellationToken.None)));
        try
        {
            await scene.West.ConfigureAsync(west);
            await scene.East.ConfigureAsync(east);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _west.DisposeAsync();
        await _east.DisposeAsync();
        await _westContainer.DisposeAsync();
        await _eastContainer.DisposeAsync();
        await _link.LeaveAsync();
    }
}
