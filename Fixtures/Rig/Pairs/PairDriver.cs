// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Pairs;

/// <summary>
/// Two implementations with each other, none of them ours: the baseline that tells whose fault a disagreement is. The first stands where
/// our gateway stands otherwise, the second where the peer does.
/// </summary>
/// <param name="west">The first.</param>
/// <param name="east">The second.</param>
public sealed class PairDriver(ContainerPeerDriver west, ContainerPeerDriver east) : OuterPeerDriver(PairNames.Of(west.Name, east.Name))
{
    private const string WestInner = "198.18.0.0/16";

    /// <summary>Beside the addresses of scenarios with our gateway, and of peers.</summary>
    private static readonly BedAddresses Addresses = new(BedAddresses.Last + 1, new IPAddress([198, 51, 100, BedAddresses.Last + 2]));

    /// <inheritdoc/>
    public override bool IsByNameOnly => true;

    /// <inheritdoc/>
    public override bool Takes(ScenarioTags tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return tags.Has(PeerAbilities.Baseline);
    }

    private protected override async Task<IPeer> StartAsync(OuterLink link, PeerStartRequest request)
    {
        var atWest = await west.StartDaemonAsync(link, request, "west", Addresses.West, WestInner);
        try
        {
            return new PairPeer(Name, link, Addresses, atWest, await east.StartDaemonAsync(link, request, "east", Addresses.East));
        }
        catch
        {
            await atWest.DisposeAsync();
            throw;
        }
    }
}
