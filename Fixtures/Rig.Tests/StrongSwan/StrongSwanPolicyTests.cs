// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.Nat;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Our gateway against strongSwan with every kind of policy, in both roles.</summary>
[TestFixture]
[Category("strongswan")]
public sealed class StrongSwanPolicyTests
{
    private IPeer _peer = null!;
    private int _scenes;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        _peer = await RealPeer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }
    }

    [TestCaseSource(typeof(PolicyCases), nameof(PolicyCases.Agreements))]
    public async Task ComesUp(ScenePolicy policy, Side initiator)
    {
        await using var bed = await OpenAsync(policy);
        await InitiateAsync(bed, initiator);
        await DemandTunnelAsync(bed);
        (await bed.East.ListKeysAsync()).Select(sa => sa.Spi).Should().BeEquivalentTo(bed.Loop.Invoke(() => new[] { bed.West.ChildSas[0].InboundSpi, bed.West.ChildSas[0].OutboundSpi }));
    }

    [TestCaseSource(typeof(PolicyCases), nameof(PolicyCases.Disagreements))]
    public async Task IsRefused(ScenePolicy policy, Side initiator, string reason)
    {
        await using var bed = await OpenAsync(policy);
        await InitiateAsync(bed, initiator);
        // Whoever refuses last tells it by a notification, or by deleting what the other has already.
        bed.WaitUntil(() => bed.WestWitness.Effects.Any(effect => effect is ExchangeFailed or PeerNotified or DatagramDiscarded or IkeSaClosed or XauthFinished { IsAccepted: false }), RealPeer.Soon)
            .Should().BeTrue($"{reason}: {await RealPeer.StoryAsync(bed)}");
        bed.WestWitness.Saw<InstallChildSa>().Should().BeEmpty();
        (await bed.East.ListSasAsync()).ChildSas.Should().BeEmpty();
    }

    [Test]
    public async Task ModeConfigAssignsAnAddress([Values] bool isPush, [Values] Side client)
    {
        var (gets, gives) = (new SidePolicy { ModeConfig = new(IsServer: false, isPush) }, new SidePolicy { ModeConfig = new(IsServer: true, isPush, HasDns: true) });
        await using var bed = await OpenAsync(client == Side.West ? new(gets, gives) : new(gives, gets));
        await InitiateAsync(bed, client);
        var sas = await DemandTunnelAsync(bed);
        sas.IkeSas[0].AssignedAddresses.Should().Equal(client == Side.West ? bed.Addresses.WestPool.First : bed.Addresses.EastPool.First);
    }

    [Test]
    public async Task ANatIsFoundAndCrossed([Values(NatPortAssignment.Preserve, NatPortAssignment.Sequential)] NatPortAssignment ports, [Values] bool hidesEast)
    {
        await using var bed = await OpenAsync(PolicyCases.Same(new SidePolicy()) with { Nat = new PathNat(HidesWest: true, hidesEast) { Ports = ports } });
        await InitiateAsync(bed, Side.West);
        var sas = await DemandTunnelAsync(bed);
        (sas.IkeSas[0].IsRemoteBehindNat, sas.IkeSas[0].IsBehindNat, sas.ChildSas[0].IsUdpEncapsulated).Should().Be((true, hidesEast, true));
        await RealPeer.DemandEchoAsync(bed);
    }

    private static async Task InitiateAsync(TestBed bed, Side initiator)
    {
        var child = ScenePolicy.Children[0];
        if (initiator == Side.West)
        {
            bed.Loop.Post(() => bed.West.Command(new InitiateChildSa(bed.WestPolicy!.Name, child)));
        }
        else
        {
            await bed.East.InitiateChildAsync(child);
        }
    }

    private static async Task<PeerSas> DemandTunnelAsync(TestBed bed)
    {
        bed.WaitUntil(() => bed.WestWitness.Saw<InstallChildSa>().Any(), RealPeer.Soon).Should().BeTrue(await RealPeer.StoryAsync(bed));
        var pair = bed.WestWitness.Saw<InstallChildSa>().First().Pair;
        var sas = await bed.East.WaitForSasAsync(list => list.ChildSas.Length == 1, RealPeer.Soon);
        sas.ChildSas.Should().ContainSingle().Which.Should().Match<PeerChildSa>(child => child.InboundSpi == pair.OutboundSpi && child.OutboundSpi == pair.InboundSpi);
        return sas;
    }

    private async Task<TestBed> OpenAsync(ScenePolicy policy)
    {
        var number = Interlocked.Increment(ref _scenes);
        var bed = await _peer.OpenBedAsync(new((ulong)number, policy.Nat), CancellationToken.None);
        var (west, east) = policy.For(bed.Addresses, FormattableString.Invariant($"o{number}"));
        bed.ConfigureWest(west);
        await bed.East.ConfigureAsync(east);
        return bed;
    }
}
