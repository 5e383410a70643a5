// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.Target;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Tests.Target;

/// <summary>What a profile makes of scenarios that say nothing else, and what it asks of who configures the device.</summary>
public sealed class TargetPoliciesTests
{
    [Test]
    public void WestIsGivenTheOtherSideOfTheProfile()
    {
        var profile = Profiles.Read();

        var (west, east) = TargetPolicies.Usual(profile).For(TargetPolicies.Addresses(profile, Profiles.Device), "s1");

        (west.Address, west.RemoteAddress).Should().Be((profile.OurAddress, Profiles.Device));
        (west.Identity.ToString(), west.RemoteIdentity.ToString()).Should().Be(("west.conformance.example", "east.conformance.example"));
        west.PreSharedKey.Should().Be(profile.PreSharedKey);
        west.Phase1.Should().Equal(profile.Phase1);
        west.Children.Select(child => (child.Local, child.Remote)).Should().Equal(profile.Networks.Select(child => ((TrafficSelector?)child.Networks.West, (TrafficSelector?)child.Networks.East)));
        west.NatTraversal.Should().Be(NatTraversalChoice.Off, "a device that cannot be told to be silent about it is to be silent all the same");
        east.NatTraversal.Should().Be(profile.NatTraversal);
    }

    [Test]
    public void AnotherTypeOfIdentityIsMadeUpForWestAsAlways()
    {
        var profile = Profiles.Read();
        var usual = TargetPolicies.Usual(profile);

        var (west, _) = (usual with { West = usual.West with { Identity = IdentityKind.Email } }).For(TargetPolicies.Addresses(profile, Profiles.Device), "s1");

        west.Identity.ToString().Should().Be("west@s1.conformance.example");
    }

    [Test]
    public void ADeviceWithOneNetworkHasOneChild()
    {
        var profile = Profiles.Read();
        profile = profile with { Networks = [profile.Networks[0]] };
        var addresses = TargetPolicies.Addresses(profile, Profiles.Device);

        var (west, east) = TargetPolicies.Usual(profile).For(addresses, "s1");

        addresses.ChildCount.Should().Be(1);
        west.Children.Should().ContainSingle();
        east.Children.Should().ContainSingle();
        PolicyDifference.Of(east, TargetPolicies.Configured(profile, Profiles.Device), profile.Modes).Should().BeNull();
    }

    [Test]
    public void TheGuideHasWordsAndFiles()
    {
        var guide = TargetGuide.Write(Profiles.Read(), Profiles.Device);

        guide.Should().Contain("The device is at 198.51.100.2, its peer (this host) at 198.51.100.1.")
            .And.Contain("AES-CBC-128 / HMAC-SHA2-256 / ECP-256, lifetime 28800 s")
            .And.Contain("198.19.10.7 must answer echo requests from 198.18.10.5")
            .And.Contain("proposals = aes128-sha256-ecp256")
            .And.Contain("local_ts = 198.19.10.0/26")
            .And.Contain("ike=aes128-sha2_256-dh19")
            .And.Contain("secret = \"a throw-away key of west and east\"")
            .And.Contain(": PSK \"a throw-away key of west and east\"");
    }

    [Test]
    public void TheGuideSaysWhatADaemonCannotBeToldInsteadOfLeavingItOut()
    {
        var guide = TargetGuide.Write(Profiles.With("ECP-256]", "MODP-768]"), target: null);

        guide.Should().Contain("local_addrs = ADDRESS-OF-THE-DEVICE").And.NotContain(IPAddress.None.ToString())
            .And.Contain("modp768").And.MatchRegex("# cannot be written: .*MODP-768");
    }
}
