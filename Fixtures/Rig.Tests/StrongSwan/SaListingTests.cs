// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.StrongSwan;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>charon's SA database as a witness.</summary>
[TestFixture]
public sealed class SaListingTests
{
    private static readonly IPAddress West = new([198, 51, 100, 10]);

    [Test]
    public void OnlyTheSasWithThatPeerAreListed()
    {
        ConfigSection[] parts = [Sa("tunnel-1", "198.51.100.10", "ESTABLISHED"), Sa("tunnel-2", "198.51.100.100", "ESTABLISHED"), Sa("(unnamed)", "198.51.100.10", "CONNECTING")];

        var sas = SaListing.Read(parts, West);

        sas.IkeSas.Should().BeEquivalentTo(
        [
            new PeerIkeSa(new Cookie(0x0102030405060708), new Cookie(0xa1a2a3a4a5a6a7a8), IsInitiator: true, IsEstablished: true),
            new PeerIkeSa(new Cookie(0x0102030405060708), new Cookie(0xa1a2a3a4a5a6a7a8), IsInitiator: true, IsEstablished: false),
        ]);
        sas.ChildSas.Should().HaveCount(2).And.AllBeEquivalentTo(new PeerChildSa("net", 0xc0000001, 0x5e000002, 3, 4));
        SaListing.UniqueIds(parts, West).Should().Equal("7", "7");
    }

    private static ConfigSection Sa(string name, string remote, string state) => ConfigSection.Message(new ConfigSection(name,
    [
        new ConfigSetting("uniqueid", "7"),
        new ConfigSetting("state", state),
        new ConfigSetting("remote-host", remote),
        new ConfigSetting("initiator", "yes"),
        new ConfigSetting("initiator-spi", "0102030405060708"),
        new ConfigSetting("responder-spi", "a1a2a3a4a5a6a7a8"),
        new ConfigSection("child-sas", [Child("net-1", "INSTALLED"), Child("net-2", "DELETING")]),
    ]));

    private static ConfigSection Child(string name, string state) => new(name,
    [
        new ConfigSetting("name", "net"),
        new ConfigSetting("state", state),
        new ConfigSetting("spi-in", "c0000001"),
        new ConfigSetting("spi-out", "5e000002"),
        new ConfigSetting("packets-in", "3"),
        new ConfigSetting("packets-out", "4"),
    ]);
}
