// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.Tests.StrongSwan;
using Ipsec.Ike.Inputs;
using Ipsec.Transports.Nat;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Tests.Policies;

/// <summary>Neutral policies rendered for our own endpoint, which plays both sides in memory.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public sealed class OwnEndpointTests
{
    private const string Connection = "own";

    [TestCaseSource(typeof(PolicyCases), nameof(PolicyCases.Agreements))]
    public async Task ComesUp(ScenePolicy policy, Side initiator)
    {
        await using var bed = await OpenAsync(policy);
        await StartAsync(bed, initiator);
        await DemandTunnelAsync(bed);
    }

    [TestCaseSource(typeof(PolicyCases), nameof(PolicyCases.Disagreements))]
    public async Task IsRefused(ScenePolicy policy, Side initiator, string reason)
    {
        await using var bed = await OpenAsync(policy);
        await StartAsync(bed, initiator);
        var sas = await bed.East.WaitForSasAsync(sas => !sas.ChildSas.IsEmpty, TimeSpan.FromMinutes(2));
        sas.ChildSas.Should().BeEmpty($"{reason}: {await RealPeer.StoryAsync(bed)}");
        bed.West.ChildSas.Should().BeEmpty();
    }

    [Test]
    public async Task EncryptionWithPublicKeys([Values(AuthenticationMethod.RsaEncryption, AuthenticationMethod.RevisedRsaEncryption)] AuthenticationMethod method, [Values] Side initiator)
    {
        var side = new SidePolicy { Certificate = new() { KnowsRemote = true } }.AuthenticatedBy(method);
        await using var bed = await OpenAsync(PolicyCases.Same(side));
        await StartAsync(bed, initiator);
        await DemandTunnelAsync(bed);
    }

    [Test]
    public async Task ModeConfigAssignsAnAddress([Values] bool isPush)
    {
        var policy = new ScenePolicy(new SidePolicy { ModeConfig = new(IsServer: false, isPush) }, new SidePolicy { ModeConfig = new(IsServer: true, isPush, HasDns: true) });
        await using var bed = await OpenAsync(policy);
        await StartAsync(bed, Side.West);
        var sas = await DemandTunnelAsync(bed);
        sas.IkeSas[0].AssignedAddresses.Should().Equal(bed.Addresses.WestPool.First);
    }

    [Test]
    public async Task ANatIsFoundAndCrossed([Values] bool hidesWest, [Values] bool hidesEast, [Values(NatPortAssignment.Preserve, NatPortAssignment.Sequential)] NatPortAssignment ports)
    {
        var policy = PolicyCases.Same(new SidePolicy()) with { Nat = new PathNat(hidesWest, hidesEast) { Ports = ports } };
        await using var bed = await OpenAsync(policy);
        await StartAsync(bed, Side.West);
        var sas = await DemandTunnelAsync(bed);
        sas.ChildSas[0].IsUdpEncapsulated.Should().Be(hidesWest || hidesEast);
        await RealPeer.DemandEchoAsync(bed);
    }

    [Test]
    public async Task BothSidesTellTheSameKeys()
    {
        await using var bed = await OpenAsync(ScenePolicy.Default);
        await StartAsync(bed, Side.West);
        await DemandTunnelAsync(bed);
        var keys = await bed.East.ListKeysAsync();
        keys.Should().HaveCount(2).And.OnlyContain(sa => sa.EncryptionKey.Length == 20);
        keys.Select(sa => sa.Spi).Should().BeEquivalentTo([bed.West.ChildSas[0].InboundSpi, bed.West.ChildSas[0].OutboundSpi]);
    }

    private static async Task<TestBed> OpenAsync(ScenePolicy policy)
    {
        var bed = new VirtualTestBed(new BedRequest(7, policy.Nat));
        var (west, east) = policy.For(bed.Addresses, Connection);
        bed.ConfigureWest(west);
        await bed.East.ConfigureAsync(east);
        return bed;
    }

    private static async Task StartAsync(TestBed bed, Side initiator)
    {
        if (initiator == Side.West)
        {
            bed.West.Command(new InitiateChildSa(Connection, ScenePolicy.Children[0]));
        }
        else
        {
            await bed.East.InitiateChildAsync(ScenePolicy.Children[0]);
        }
    }

    /// <summary>The side that initiates is done one message before the other.</summary>
    private static async Task<PeerSas> DemandTunnelAsync(TestBed bed)
    {
        bed.WaitUntil(() => bed.West.ChildSas.Count > 0, RealPeer.Soon).Should().BeTrue(await RealPeer.StoryAsync(bed));
        var sas = await bed.East.WaitForSasAsync(sas => !sas.ChildSas.IsEmpty, RealPeer.Soon);
        sas.ChildSas.Should().ContainSingle(await RealPeer.StoryAsync(bed)).Which.OutboundSpi.Should().Be(bed.West.ChildSas.Should().ContainSingle().Which.InboundSpi);
        return sas;
    }
}
