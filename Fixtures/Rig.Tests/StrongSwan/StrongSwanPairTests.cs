// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>What the driver renders, between two strongSwans: every kind of policy comes up, and what should be refused is.</summary>
[TestFixture]
[Category("strongswan")]
public sealed class StrongSwanPairTests
{
    private StrongSwanPair _pair = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        _pair = await StrongSwanPair.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_pair is not null)
        {
            await _pair.DisposeAsync();
        }
    }

    [TestCaseSource(typeof(PolicyCases), nameof(PolicyCases.Agreements))]
    public async Task ComesUp(ScenePolicy policy, Side initiator)
    {
        await using var scene = await _pair.OpenAsync(policy);
        await scene.DemandTunnelAsync(initiator);
    }

    [TestCaseSource(typeof(PolicyCases), nameof(PolicyCases.Disagreements))]
    public async Task IsRefused(ScenePolicy policy, Side initiator, string reason)
    {
        await using var scene = await _pair.OpenAsync(policy);
        await scene.DemandRefusalAsync(initiator);
        (await scene.StoryAsync()).Should().Contain(reason);
    }

    [Test]
    public async Task ModeConfigAssignsAnAddress([Values] bool isPush, [Values] bool hasXauth)
    {
        var policy = PolicyCases.Roles(AuthenticationMethod.PreSharedKey, new ModeConfigChoice(IsServer: false, isPush), new ModeConfigChoice(IsServer: true, isPush, HasDns: true));
        policy = hasXauth ? policy.Both(side => side.AuthenticatedBy(AuthenticationMethod.XauthInitPreShared)) with { } : new(policy.West with { Xauth = null }, policy.East with { Xauth = null });
        await using var scene = await _pair.OpenAsync(policy);

        var (west, east) = await scene.DemandTunnelAsync(Side.West);

        var address = west.IkeSas[0].AssignedAddresses.Should().ContainSingle().Which;
        address.ToString().Should().StartWith("198.18.249.2");
        east.IkeSas[0].AssignedAddresses.Should().Equal(address);
        east.IkeSas[0].RemoteUser.Should().Match(user => hasXauth ? user!.StartsWith("someone-") : user == null);
        await scene.DemandPingAsync(address);
    }

    [Test]
    public async Task TheListTellsAlgorithmsAndLifetimes()
    {
        var side = new SidePolicy { Pfs = Ipsec.Crypto.KeyExchangeMethod.Named("MODP-2048"), ChildSeconds = 600 };
        await using var scene = await _pair.OpenAsync(new(side, side));

        var (west, _) = await scene.DemandTunnelAsync(Side.West);

        var ike = west.IkeSas.Should().ContainSingle().Which;
        (ike.Encryption?.Name, ike.Hash?.Name, ike.Group?.Name).Should().Be(("AES-CBC-128", "HMAC-SHA2-256", "ECP-256"));
        ike.LocalIdentity.Should().StartWith("west.");
        ike.RemoteIdentity.Should().StartWith("east.");
        (ike.Local?.Port, ike.Remote?.Port, ike.IsBehindNat).Should().Be((500, 500, false));
        ike.SecondsToRekey.Should().BeInRange(25900, 25920);
        var child = west.ChildSas.Should().ContainSingle().Which;
        (child.Encryption?.Name, child.Pfs?.Name, child.Mode, child.IsUdpEncapsulated).Should().Be(("AES-GCM-16-128", "MODP-2048", SaMode.Tunnel, false));
        child.SecondsToEnd.Should().BeInRange(590, 600);
        child.SecondsToRekey.Should().BeInRange(530, 540);
        child.LocalSelectors.Should().Equal("198.18.249.0/26");
    }

    [Test]
    public async Task BothKernelsHaveTheSameKeys([Values("AES-GCM-16-256", "AES-CBC-128 and HMAC-SHA2-256-128")] string esp)
    {
        await using var scene = await _pair.OpenAsync(PolicyCases.Same(new SidePolicy()).Both(side => side with { Phase2 = [SidePolicy.EspSuite(esp)] }));
        await scene.DemandTunnelAsync(Side.West);

        var west = await scene.West.ListKeysAsync();
        var east = await scene.East.ListKeysAsync();

        west.Should().HaveCount(2).And.BeEquivalentTo(east);
        west.Should().OnlyContain(sa => sa.EncryptionKey.Length >= 16 && sa.IcvBits == 128 && sa.Mode == SaMode.Tunnel);
    }

    [Test]
    public async Task AForcedNatPutsEspInUdp()
    {
        await using var scene = await _pair.OpenAsync(new(new SidePolicy { NatTraversal = NatTraversalChoice.Force }, new SidePolicy()));
        var (west, _) = await scene.DemandTunnelAsync(Side.West);

        west.ChildSas[0].IsUdpEncapsulated.Should().BeTrue();
        (west.IkeSas[0].Local?.Port, west.IkeSas[0].Remote?.Port).Should().Be((4500, 4500));
        (await scene.East.ListKeysAsync()).Select(sa => sa.Udp).Should().Equal((4500, 4500), (4500, 4500));
        await scene.DemandPingAsync();
    }

    [Test]
    public async Task AnIkeSaIsReplaced()
    {
        await using var scene = await _pair.OpenAsync(PolicyCases.Same(new SidePolicy()));
        var (before, _) = await scene.DemandTunnelAsync(Side.West);

        await scene.West.RekeyIkeSaAsync();

        var cookies = before.IkeSas[0].InitiatorCookie;
        var after = await scene.East.WaitForSasAsync(sas => sas.IkeSas is [{ IsEstablished: true } only] && only.InitiatorCookie != cookies && sas.ChildSas.Length == 1, TimeSpan.FromSeconds(15));
        after.IkeSas.Should().ContainSingle().Which.InitiatorCookie.Should().NotBe(cookies);
        after.ChildSas.Should().ContainSingle();
    }

    [Test]
    public async Task LifetimesLeadToRekeying()
    {
        var hasty = new SidePolicy { ChildSeconds = 20, ChildRekeySeconds = 2 };
        await using var scene = await _pair.OpenAsync(new(hasty, new SidePolicy { ChildSeconds = 20 }));
        var (before, _) = await scene.DemandTunnelAsync(Side.West);

        var after = await scene.East.WaitForSasAsync(sas => sas.ChildSas.Length > 1, TimeSpan.FromSeconds(10));

        after.ChildSas.Should().Contain(child => child.OutboundSpi != before.ChildSas[0].InboundSpi && !child.IsReplaced);
    }

    [Test]
    public async Task SilenceIsAskedAbout()
    {
        var curious = new SidePolicy { DeadPeerDetection = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)) };
        await using var scene = await _pair.OpenAsync(new(curious, new SidePolicy()));
        await scene.DemandTunnelAsync(Side.West);

        await Task.Delay(TimeSpan.FromSeconds(2.5));

        (await scene.StoryAsync()).Should().Contain("N(DPD) ]").And.Contain("N(DPD_ACK)");
        await FluentActions.Awaiting(scene.West.AskIfAliveAsync).Should().ThrowAsync<UnsupportedException>();
    }
}
