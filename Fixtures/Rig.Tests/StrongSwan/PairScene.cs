// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>One scenario between two strongSwans.</summary>
internal sealed class PairScene(BedAddresses addresses, StrongSwanEastSide west, StrongSwanEastSide east) : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    public StrongSwanEastSide West => west;

    public StrongSwanEastSide East => east;

    /// <summary>Brings a tunnel up and compares what both sides list.</summary>
    public async Task<(PeerSas West, PeerSas East)> DemandTunnelAsync(Side initiator)
    {
        await (initiator == Side.West ? west : east).InitiateChildAsync(ScenePolicy.Children[0]);
        var atWest = await west.WaitForSasAsync(IsUp, Soon);
        var atEast = await east.WaitForSasAsync(IsUp, Soon);
        if (!IsUp(atWest) || !IsUp(atEast))
        {
            Assert.Fail(await StoryAsync());
        }

        (atWest.ChildSas[0].InboundSpi, atWest.ChildSas[0].OutboundSpi).Should().Be((atEast.ChildSas[0].OutboundSpi, atEast.ChildSas[0].InboundSpi));
        return (atWest, atEast);
    }

    /// <summary>Sends a ping through the tunnel.</summary>
    public async Task DemandPingAsync(System.Net.IPAddress? source = null)
    {
        await west.PingAsync(source ?? addresses.WestHost(0), addresses.EastHost(0), 1);
        var counted = await west.WaitForSasAsync(sas => sas.ChildSas.Any(child => child.PacketsIn > 0), TimeSpan.FromSeconds(3));
        if (!counted.ChildSas.Any(child => child.PacketsIn > 0))
        {
            Assert.Fail($"no answer came back\n{await StoryAsync()}");
        }
    }

    /// <summary>Has a side try in vain.</summary>
    public async Task DemandRefusalAsync(Side initiator)
    {
        await (initiator == Side.West ? west : east).InitiateChildAsync(ScenePolicy.Children[0]);
        var atWest = await west.WaitForSasAsync(sas => sas.IkeSas.IsEmpty || IsUp(sas), Soon);
        var atEast = await east.WaitForSasAsync(sas => sas.IkeSas.IsEmpty || IsUp(sas), Soon);
        if (!atWest.ChildSas.IsEmpty || !atEast.ChildSas.IsEmpty)
        {
            Assert.Fail(await StoryAsync());
        }
    }

    /// <summary>Both logs.</summary>
    public async Task<string> StoryAsync() => $"==== west\n{await west.ReadLogAsync()}\n==== east\n{await east.ReadLogAsync()}";

    public async ValueTask DisposeAsync()
    {
        await west.DisposeAsync();
        await east.DisposeAsync();
    }

    private static bool IsUp(PeerSas sas) => sas.IkeSas.Any(sa => sa.IsEstablished) && !sas.ChildSas.IsEmpty;
}
