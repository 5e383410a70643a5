// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Pairs;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Tests.Peers;

/// <summary>Which names find a peer, and which scenarios are whose.</summary>
public sealed class PeerCatalogTests
{
    [TestCase("strongswan~libreswan")]
    [TestCase("libreswan~strongswan")]
    [TestCase("strongswan~strongswan@trixie")]
    public void TwoPeersInContainersAreAPair(string name)
    {
        PeerCatalog.Default.TryFind(name, out var driver).Should().BeTrue();
        driver.Should().BeOfType<PairDriver>();
        (driver!.Name, driver.NeedsContainer, driver.IsByNameOnly).Should().Be((name, true, true));
    }

    [TestCase("self~libreswan")]
    [TestCase("strongswan~")]
    [TestCase("~")]
    [TestCase("strongswan~libreswan~strongswan")]
    [TestCase("strongswan~nobody")]
    public void OthersAreNot(string name) => PeerCatalog.Default.TryFind(name, out _).Should().BeFalse();

    [TestCase("self", true, false)]
    [TestCase("strongswan", true, false)]
    [TestCase("libreswan", true, true)]
    [TestCase("libreswan@trixie", true, true)]
    [TestCase("strongswan~libreswan", false, false)]
    public void EachTakesItsScenarios(string name, bool ordinary, bool misbehaving)
    {
        PeerCatalog.Default.TryFind(name, out var driver).Should().BeTrue();
        driver!.Takes(Tags()).Should().Be(ordinary);
        driver.Takes(Tags(PeerAbilities.Misbehaves)).Should().Be(misbehaving);
        driver.Takes(Tags(PeerAbilities.Baseline)).Should().BeTrue();
    }

    private static ScenarioTags Tags(params string[] more)
    {
        ScenarioTags.TryParse(["id:IKE1-X-001", "clause:RFC2409-5-01", "must", "ikev1", "judges:both", .. more], out var tags, out var problems).Should().BeTrue(string.Join("; ", problems));
        return tags;
    }
}
