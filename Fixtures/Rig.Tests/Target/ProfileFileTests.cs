// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Target;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Tests.Target;

/// <summary>Profiles, right and wrong ones: what is wrong is told with file, line and field.</summary>
public sealed class ProfileFileTests
{
    [Test]
    public void TheExampleIsRead()
    {
        var profile = Profiles.Read();

        profile.OurAddress.Should().Be(IPAddress.Parse("198.51.100.1"));
        (profile.CanRespond, profile.CanInitiate).Should().Be((true, false));
        profile.Modes.Should().Equal(Phase1Mode.Main);
        profile.Phase1.Should().ContainSingle().Which.Should().Match<Phase1Suite>(suite => suite.Group.Name == "ECP-256" && suite.LifetimeSeconds == 28800);
        profile.Phase2.Should().ContainSingle().Which.Encryption!.Name.Should().Be("AES-GCM-16-128");
        profile.Pfs.Should().BeNull();
        profile.Encapsulation.Should().Be(SaMode.Tunnel);
        profile.ChildSeconds.Should().Be(3600);
        profile.Networks.Select(child => child.Name).Should().Equal("net", "other");
        profile.Networks[1].Networks.East.Should().Be(TrafficSelector.Subnet("198.19.10.64/26"));
        profile.Settle.Should().Be(TimeSpan.FromMilliseconds(250));
        profile.Commands.Should().Be(new TargetCommands());
        profile.ItsIdentity.ToString().Should().Be("east.conformance.example");
    }

    [TestCase("name: strongSwan, started by hand", "", 5, "name", "is missing")]
    [TestCase("our-address: 198.51.100.1", "our-address: west", 5, "our-address", "\"west\" is not an IPv4 or IPv6 address")]
    [TestCase("our-address: 198.51.100.1", "our-address: 2001:db8::1", 5, "our-address", "not an IPv4 address")]
    [TestCase("ike-versions: [1]", "ike-versions: [3]", 6, "ike-versions[0]", "not a version of IKE")]
    [TestCase("roles: [responder]", "roles: [responder, judge]", 7, "roles[1]", "\"judge\" is not one of initiator, responder")]
    [TestCase("  pre-shared-key: a throw-away key of west and east", "  password: x", 10, "credentials.pre-shared-key", "is missing")]
    [TestCase("  pre-shared-key: a throw-away key of west and east", "  pre-shared-key: x\n  secret: x", 11, "credentials.secret", "is no field of this place; there are pre-shared-key")]
    [TestCase("  its: east.conformance.example", "  its: keyid:xyz", 13, "identities.its", "cannot be read")]
    [TestCase("  modes: [main] ", "  modes: [quick] ", 16, "phase1.modes[0]", "\"quick\" is not one of main, aggressive")]
    [TestCase("AES-CBC-128 / HMAC-SHA2-256 / ECP-256]", "AES-CBC-128 / HMAC-SHA3 / ECP-256]", 17, "phase1.suites[0]", "\"HMAC-SHA3\" is no hash")]
    [TestCase("  lifetime: 8h", "  lifetime: long", 18, "phase1.lifetime", "\"long\" is not a time")]
    [TestCase("ESP AES-GCM-16-128] ", "ESP AES-CBC-128] ", 20, "phase2.suites[0]", "needs an integrity algorithm")]
    [TestCase("  pfs: none", "  pfs: MODP-1", 21, "phase2.pfs", "\"MODP-1\" is no group")]
    [TestCase("  mode: tunnel", "  mode: bridge", 22, "phase2.mode", "\"bridge\" is not one of tunnel, transport")]
    [TestCase("nat-traversal: auto ", "nat-traversal: maybe ", 24, "nat-traversal", "\"maybe\" is not one of auto, off, force")]
    [TestCase("    its: 198.19.10.0/26", "    its: 198.19.10.1-198.19.10.3", 30, "networks[0].its", "is not an IPv4 network")]
    [TestCase("    its-host: 198.19.10.7 ", "    its-host: 198.19.11.7 ", 31, "networks[0].its-host", "198.19.11.7 does not lie in")]
    [TestCase("settle: 0.25s", "settle: soon", 38, "settle", "\"soon\" is not a time")]
    [TestCase("settle: 0.25s", "settle: 1s\ncommands:\n  reboot: now", 40, "commands.reboot", "is no field of this place")]
    public void WhatIsWrongIsToldWithItsPlace(string text, string instead, int line, string field, string problem)
    {
        var changed = Profiles.Example.Replace(text, instead, StringComparison.Ordinal);
        changed.Should().NotBe(Profiles.Example);

        var errors = ProfileFile.TryParse(Profiles.Path, changed, out var profile);

        profile.Should().BeNull();
        errors.Should().Contain(error => error.Field == field && error.Problem.Contains(problem), "it is {0}", string.Join("; ", errors));
        errors.First(error => error.Field == field).ToString().Should().StartWith($"profile.yaml:{line}: {field}: ");
    }

    [TestCase("networks: []", "networks", "one to 4 pairs")]
    [TestCase("just text", "", "must be one document")]
    [TestCase("a: [", "", "")]
    [TestCase("a: [b", "", "")]
    [TestCase("a: [b, c", "", "")]
    [TestCase("a: [{b", "", "")]
    public void WhatIsNoProfileAtAllIsToldSo(string text, string field, string problem)
    {
        var errors = ProfileFile.TryParse(Profiles.Path, text, out var profile);

        profile.Should().BeNull();
        errors.Should().Contain(error => error.Field == field && error.Problem.Contains(problem) && error.Line >= 1);
    }

    [Test]
    public void AFileThatCannotBeReadIsAnError()
    {
        var errors = ProfileFile.TryRead("/nowhere/profile.yaml", out var profile);

        profile.Should().BeNull();
        errors.Should().ContainSingle().Which.ToString().Should().StartWith("/nowhere/profile.yaml:1: ");
    }
}
