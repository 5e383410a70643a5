// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Daemon.Configuration;
using Ipsec.Esp;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Sa;
using Ipsec.Wire.V1;
using Microsoft.Extensions.Logging;

namespace Ipsec.Gateway.Tests.Daemon;

/// <summary>What a configuration file says, and how it is told what is wrong with it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConfigurationTests
{
    private const string Good =
        """
        name: west
        control: /run/west.sock
        log: debug
        device: {name: tun7, mtu: 1400, table: 7, priority: 8, mark: 0x10}
        packets: {mtu: 1480, fragment: after, df: set, ecn: compatibility, dscp: 10, ttl: 70, pad-to: 200, believe-icmp: no}
        policy:
          - {name: ssh, action: bypass, local: "198.18.1.0/24[6/22]", remote: 0.0.0.0/0, direction: in}
          - {action: discard, local: 198.18.1.9, remote: 198.19.0.0/16}
        connections:
          - name: east
            ike: 1
            local: 198.51.100.1
            remote: 198.51.100.2
            local-id: west.example
            remote-id: someone@east.example
            psk: 0x00ff
            mode: aggressive
            proposals: [AES-CBC-256 / HMAC-SHA2-384 / ECP-384]
            lifetime: 2h
            initial-contact: no
            nat-traversal: force
            keepalive: 15s
            fragmentation: accept
            dpd: {delay: 10s, timeout: 40s, action: hold}
            children:
              - name: net
                local: 198.18.1.0/24
                remote: 198.19.1.1-198.19.1.9
                suites: ["AH HMAC-SHA1-96 and ESP AES-CBC-128 / none", ESP AES-GCM-16-128 / ESN]
                pfs: MODP-2048
                lifetime: 30m
                volume: 2MB
                start: trap
                populate: [local-address, remote-port]
              - {name: host, mode: transport, suites: AH HMAC-SHA2-256-128, start: initiate}
        """;

    [Test]
    public void EverythingThatIsSaidIsUnderstood()
    {
        GatewayFile.TryParse("west.yaml", Good, out var read).Should().BeEmpty();

        var settings = read!;
        (settings.Name, settings.ControlSocket, settings.LogLevel).Should().Be(("west", "/run/west.sock", LogLevel.Debug));
        settings.Device.Should().Be(new DeviceSettings("tun7", 1400, 7, 8, 0x10));
        settings.IsMtuFound.Should().BeFalse();
        (settings.DataPlane.LinkMtu, settings.DataPlane.Fragmentation, settings.DataPlane.BelieveIcmp).Should().Be((1480, FragmentationOrder.AfterProtection, false));
        settings.DataPlane.Tunnel.Should().Be(new TunnelOptions { DontFragment = DontFragmentPolicy.Set, Ecn = EcnMode.Compatibility, Dscp = 10, HopLimit = 70, PadTo = 200 });
        settings.Policy.Select(entry => (entry.Name, entry.Action, entry.Directions)).Should().Equal(
            ("ssh", SpdAction.Bypass, TrafficDirections.Inbound), ("policy[1]", SpdAction.Discard, TrafficDirections.Both));
        settings.Policy[0].Selectors.Local.ToString().Should().Be("198.18.1.0/24[6/22]");

        var (policy, children) = settings.Connections.Single();
        (policy.Name, policy.Mode, policy.InitialContact).Should().Be(("east", Phase1Mode.Aggressive, false));
        (policy.Local, policy.Remote).Should().Be((new IPEndPoint(IPAddress.Parse("198.51.100.1"), 500), new IPEndPoint(IPAddress.Parse("198.51.100.2"), 500)));
        policy.LocalIdentity.Should().Be(IdentificationPayload.Fqdn("west.example"));
        policy.RemoteIdentity.Matches(IdentificationPayload.UserFqdn("someone@east.example")).Should().BeTrue();
        policy.PreSharedKey.ToArray().Should().Equal(0, 0xFF);
        policy.Phase1.Single().Should().BeEquivalentTo(new { LifetimeSeconds = 7200u, Authentication = AuthenticationMethod.PreSharedKey });
        policy.Phase1.Single().ToString().Should().Be("AES-CBC-256 / HMAC-SHA2-384 / ECP-384");
        (policy.NatTraversal.Mode, policy.NatTraversal.KeepaliveInterval).Should().Be((NatTraversalMode.Force, TimeSpan.FromSeconds(15)));
        policy.Fragmentation.Mode.Should().Be(FragmentationMode.Accept);
        (policy.DeadPeerDetection!.Delay, policy.DeadPeerDetection.Action).Should().Be((TimeSpan.FromSeconds(10), DeadPeerAction.Hold));

        policy.Children[0].Suites.Select(suite => suite.ToString()).Should().Equal("AH HMAC-SHA1-96 and ESP AES-CBC-128 / none", "AES-GCM-16-128 / ESN");
        (policy.Children[0].LifetimeSeconds, policy.Children[0].LifetimeKilobytes, policy.Children[0].Pfs!.Name).Should().Be((1800u, 2048ul, "MODP-2048"));
        children[0].Should().Be(new ChildSettings(
            "net",
            new(TrafficSelector.Subnet("198.18.1.0/24"), TrafficSelector.Range(IPAddress.Parse("198.19.1.1"), IPAddress.Parse("198.19.1.9"))),
            SaMode.Tunnel,
            StartMode.Trap,
            PopulateFromPacket.LocalAddress | PopulateFromPacket.RemotePort));
        policy.Children[1].Mode.Should().Be(EncapsulationMode.Transport);
        children[1].Selectors.ToString().Should().Be("198.51.100.1 === 198.51.100.2");
    }

    [TestCase("name: west", "name: \"\"", 1, "name", "is empty")]
    [TestCase("control: /run/west.sock", "control: west.sock", 2, "control", "\"west.sock\" is not an absolute path*")]
    [TestCase("log: debug", "log: loud", 3, "log", "\"loud\" is not one of trace, debug*")]
    [TestCase("name: tun7", "name: a-name-that-is-too-long", 4, "device.name", "* is no name of a device*")]
    [TestCase("mtu: 1400", "mtu: 10", 4, "device.mtu", "\"10\" is not a number from 576 to 65535")]
    [TestCase("mark: 0x10", "mark: 0", 4, "device.mark", "\"0\" is not a number from 1 *")]
    [TestCase("fragment: after", "fragment: never", 5, "packets.fragment", "* is not one of before, after")]
    [TestCase("df: set", "df: maybe", 5, "packets.df", "* is not one of copy, set, clear")]
    [TestCase("dscp: 10", "dscp: 64", 5, "packets.dscp", "\"64\" is not a number from 0 to 63")]
    [TestCase("action: bypass", "action: protect", 7, "policy[0].action", "\"protect\" is not one of bypass, discard")]
    [TestCase("action: bypass, ", "", 7, "policy[0].action", "is missing*")]
    [TestCase("local: 198.18.1.9", "local: 198.18.1.999", 8, "policy[1].local", "\"198.18.1.999\" is not an address, subnet or range*")]
    [TestCase("direction: in", "direction: up", 7, "policy[0].direction", "*")]
    [TestCase("- name: east", "- name: ea/st", 10, "connections[0].name", "must not contain '/'*")]
    [TestCase("ike: 1", "ike: 2", 11, "connections[0].ike", "IKEv2 is not there yet*")]
    [TestCase("ike: 1", "ike: 3", 11, "connections[0].ike", "\"3\" is no version*")]
    [TestCase("local: 198.51.100.1", "local: west", 12, "connections[0].local", "\"west\" is not an IPv4 or IPv6 address")]
    [TestCase("    remote: 198.51.100.2\n", "", 10, "connections[0].remote", "is missing")]
    [TestCase("remote: 198.51.100.2", "remote: 2001:db8::2", 13, "connections[0].remote", "* is of another version than *")]
    [TestCase("remote-id: someone@east.example", "remote-id: keyid:xyz", 15, "connections[0].remote-id", "*cannot be read*")]
    [TestCase("psk: 0x00ff", "psk: 0x00f", 16, "connections[0].psk", "is not an even number*")]
    [TestCase("    psk: 0x00ff\n", "", 10, "connections[0].psk", "is missing, and so are certificate, key and ca")]
    [TestCase("psk: 0x00ff", "psk: 0x00ff\n    key: west.pem", 16, "connections[0].psk", "stands beside a certificate*")]
    [TestCase("psk: 0x00ff", "certificate: no-such.pem\n    key: no-such.pem\n    ca: no-such.pem", 16, "connections[0].certificate", "*no-such.pem*")]
    [TestCase("mode: aggressive", "mode: quick", 17, "connections[0].mode", "\"quick\" is not one of main, aggressive")]
    [TestCase("AES-CBC-256 / HMAC-SHA2-384 / ECP-384", "AES-CBC-256", 18, "connections[0].proposals[0]", "* is not cipher / hash / group*")]
    [TestCase("HMAC-SHA2-384 / ECP-384", "HMAC-SHA2-385 / ECP-384", 18, "connections[0].proposals[0]", "\"HMAC-SHA2-385\" is no hash; there are *")]
    [TestCase("/ ECP-384", "/ ECP-385", 18, "connections[0].proposals[0]", "\"ECP-385\" is no group; there are *")]
    [TestCase("AES-CBC-256 /", "AES-GCM-16-128 /", 18, "connections[0].proposals[0]", "*has no IKEv1 phase 1 number*")]
    [TestCase("[AES-CBC-256 / HMAC-SHA2-384 / ECP-384]", "[]", 18, "connections[0].proposals", "is empty*")]
    [TestCase("lifetime: 2h", "lifetime: 2y", 19, "connections[0].lifetime", "\"2y\" is not a time*")]
    [TestCase("initial-contact: no", "initial-contact: maybe", 20, "connections[0].initial-contact", "*")]
    [TestCase("nat-traversal: force", "nat-traversal: always", 21, "connections[0].nat-traversal", "*")]
    [TestCase("keepalive: 15s", "keepalive: 0s", 22, "connections[0].keepalive", "must be above zero")]
    [TestCase("fragmentation: accept", "fragmentation: 7", 23, "connections[0].fragmentation", "*")]
    [TestCase("timeout: 40s", "timeout: 9s", 24, "connections[0].dpd.timeout", "must be longer than the delay of 10 s")]
    [TestCase("action: hold", "action: pray", 24, "connections[0].dpd.action", "*")]
    [TestCase("- name: net", "- nam: net", 26, "connections[0].children[0].nam", "is no field of this place; there are *")]
    [TestCase("local: 198.18.1.0/24\n", "local: 198.18.1.0/33\n", 27, "connections[0].children[0].local", "*")]
    [TestCase("local: 198.18.1.0/24\n", "local: \"198.18.1.0/24[6/1-9]\"\n", 27, "connections[0].children[0].local", "*has a range of ports*")]
    [TestCase("AES-CBC-128 / none", "AES-CBC-128", 29, "connections[0].children[0].suites[0]", "AES-CBC-128 needs an integrity algorithm*")]
    [TestCase("ESP AES-GCM-16-128 / ESN", "ESP AES-GCM-16-128 / HMAC-SHA1-96", 29, "connections[0].children[0].suites[1]", "*stands alone")]
    [TestCase("AH HMAC-SHA1-96 and", "AH HMAC-SHA0-96 and", 29, "connections[0].children[0].suites[0]", "\"HMAC-SHA0-96\" is no integrity algorithm*")]
    [TestCase("pfs: MODP-2048", "pfs: MODP-2047", 30, "connections[0].children[0].pfs", "\"MODP-2047\" is no group*")]
    [TestCase("lifetime: 30m", "lifetime: 0", 31, "connections[0].children[0].lifetime", "must be at least a second")]
    [TestCase("volume: 2MB", "volume: lots", 32, "connections[0].children[0].volume", "\"lots\" is not a volume*")]
    [TestCase("start: trap", "start: soon", 33, "connections[0].children[0].start", "\"soon\" is not one of none, trap, initiate")]
    [TestCase("remote-port]", "colour]", 34, "connections[0].children[0].populate[1]", "\"colour\" is not one of *")]
    [TestCase("mode: transport, ", "mode: transport, local: 198.18.1.1, ", 35, "connections[0].children[1].mode", "*must be tunnel mode*")]
    [TestCase("connections:", "conections:", 9, "conections", "is no field of this place*")]
    public void WhatIsWrongIsToldWithFileLineAndField(string good, string bad, int line, string field, string problem)
    {
        var text = Good.ReplaceLineEndings("\n").Replace(good, bad, StringComparison.Ordinal);
        text.Should().NotBe(Good, "the case must change something");

        var errors = GatewayFile.TryParse("west.yaml", text, out var settings);

        settings.Should().BeNull();
        errors.Should().Contain(error => error.Field == field, "of {0}", string.Join("\n", errors));
        var error = errors.First(e => e.Field == field);
        error.Problem.Should().Match(problem);
        (error.File, error.Line).Should().Be(("west.yaml", line));
        error.ToString().Should().StartWith(field.Length == 0 ? $"west.yaml:{line}: " : $"west.yaml:{line}: {field}: ");
    }

    [Test]
    public void WhatIsNoYamlIsToldWithItsLine()
    {
        var error = GatewayFile.TryParse("west.yaml", "name: west\nconnections: [\n", out _).Should().ContainSingle().Subject;

        (error.Field, error.Line).Should().Be(("", 3));
    }

    [TestCase("name: west\nconnections: [a")]
    [TestCase("name: west\nconnections: [a, b")]
    [TestCase("name: west\nconnections: {a: [b,")]
    [TestCase("name: west\nconnections: [{a")]
    public void WhatEndsTooEarlyIsNoYaml(string text) =>
        GatewayFile.TryParse("west.yaml", text, out _).Should().ContainSingle().Which.Line.Should().BeGreaterThan(0);

    [TestCase("")]
    [TestCase("- a\n- b\n")]
    [TestCase("just words")]
    public void WhatHasNoFieldsIsRefused(string text) =>
        GatewayFile.TryParse("west.yaml", text, out _).Should().ContainSingle().Which.Line.Should().Be(1);

    [Test]
    public void AllErrorsAreToldAtOnceInTheOrderOfLines()
    {
        var text = Good.Replace("mtu: 1400", "mtu: x", StringComparison.Ordinal).Replace("ike: 1", "ike: 2", StringComparison.Ordinal).Replace("start: trap", "start: x", StringComparison.Ordinal);

        GatewayFile.TryParse("west.yaml", text, out _).Select(error => error.Line).Should().Equal(4, 11, 33);
    }

    [Test]
    public void TwoConnectionsOfOneNameAreRefused()
    {
        const string Two =
            """
            connections:
              - &c {name: a, local: 198.51.100.1, remote: 198.51.100.2, psk: x, proposals: AES-CBC-128 / HMAC-SHA1 / MODP-2048}
              - *c
            """;

        GatewayFile.TryParse("f", Two, out _).Should().ContainSingle().Which.Problem.Should().Contain("used twice");
    }

    [Test]
    public void APeerAtAnyAddressCannotBeCalled()
    {
        var text = Good.Replace("remote: 198.51.100.2", "remote: any", StringComparison.Ordinal);

        GatewayFile.TryParse("west.yaml", text, out _).Select(error => error.Field).Should().Contain("connections[0].children[0].start");
    }

    [Test]
    public void AFileThatIsNotThereIsAnErrorOfItsOwn() =>
        GatewayFile.TryRead("/no/such/file.yaml", out _).Should().ContainSingle().Which.ToString().Should().StartWith("/no/such/file.yaml:1: ");
}
