// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.Target;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Tests.Target;

/// <summary>What a device that nobody controls takes, and what it refuses, with the reason.</summary>
public sealed class TargetEastSideTests
{
    private const string Initiator = "roles: [responder, initiator]";
    private const string Responder = "roles: [responder]";

    [Test]
    public async Task WhatItIsConfiguredWithItTakes()
    {
        var profile = Profiles.Read();
        var east = EastOf(profile);

        await east.ConfigureAsync(PolicyOf(profile, policy => policy));

        east.RenderedConfiguration.Should().ContainSingle().Which.Text.Should().Contain("east.conformance.example");
    }

    [TestCaseSource(nameof(OtherWishes))]
    public async Task WhatItIsNotConfiguredWithItRefuses(Func<SidePolicy, SidePolicy> wish, string reason)
    {
        var profile = Profiles.Read();

        var configure = () => EastOf(profile).ConfigureAsync(PolicyOf(profile, policy => policy with { East = wish(policy.East) }));

        (await configure.Should().ThrowAsync<UnsupportedException>()).WithMessage($"*{reason}*");
    }

    public static IEnumerable<TestCaseData> OtherWishes()
    {
        yield return Wish("another key", side => side with { PreSharedKey = "x" }, "the pre-shared key x, and the device is configured with a throw-away key");
        yield return Wish("aggressive mode", side => side with { Mode = Phase1Mode.Aggressive }, "phase 1 in mode Aggressive, and the device is configured with Main");
        yield return Wish("another suite", side => side with { Phase1 = [SidePolicy.Suite("AES-CBC-256", "HMAC-SHA1", "MODP-2048")] }, "phase 1 suites AES-CBC-256 / HMAC-SHA1 / MODP-2048");
        yield return Wish("another lifetime", side => side.WithPhase1Lifetime(60), "for 60 s, and the device is configured with");
        yield return Wish("another ESP suite", side => side with { Phase2 = [SidePolicy.EspSuite("AES-GCM-16-256")] }, "phase 2 suites AES-GCM-16-256");
        yield return Wish("forward secrecy", side => side with { Pfs = KeyExchangeMethod.Named("ECP-256") }, "perfect forward secrecy ECP-256, and the device is configured with off");
        yield return Wish("transport mode", side => side with { Encapsulation = SaMode.Transport }, "encapsulation Transport");
        yield return Wish("a host", side => side with { Selectors = side.Selectors with { Shape = SelectorShape.Host } }, "traffic");
        yield return Wish("dead peer detection", side => side with { DeadPeerDetection = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), DeadPeerAction.Clear) }, "dead peer detection");
        yield return Wish("no NAT traversal", side => side with { NatTraversal = NatTraversalChoice.Off }, "NAT traversal Off, and the device is configured with Auto");
        yield return Wish("an identity of another type", side => side with { Identity = IdentityKind.Email }, "identity UserFqdn");
        yield return Wish("any identity of ours", side => side with { Demand = IdentityDemand.Any }, "the identity demanded of us any");
        yield return Wish("a short life of IPsec SAs", side => side with { ChildSeconds = 20 }, "a lifetime of IPsec SAs of 20 s");
        yield return Wish("a replay window", side => side with { ReplayWindow = 128 }, "a replay window of 128 packets");
        yield return Wish("the commit bit", side => side with { SetsCommitBit = true }, "the commit bit set");
    }

    /// <summary>Whoever adds something to a policy must say here that the comparison knows it.</summary>
    [Test]
    public void EveryPartOfAPolicyIsCompared()
    {
        typeof(PeerPolicy).GetProperties().Select(property => property.Name).Should().BeEquivalentTo(
            "Name", "Address", "RemoteAddress", "Identity", "RemoteIdentity", "Mode", "Phase1", "Phase1RekeySeconds", "PreSharedKey", "Certificates", "Xauth",
            "ModeConfig", "NatTraversal", "IkePort", "Fragmentation", "DeadPeerDetection", "Uniqueness", "VendorIds", "Shunts", "Children");
        typeof(ChildPeerPolicy).GetProperties().Select(property => property.Name).Should().BeEquivalentTo(
            "Name", "Local", "Remote", "Protocol", "LocalPort", "RemotePort", "Suites", "Pfs", "Mode", "LifetimeSeconds", "OmitsLifetime", "OmitsIdentities",
            "RekeySeconds", "LifetimeKilobytes", "RekeyKilobytes", "ReplayWindow", "SetsCommitBit", "PrivateGroup");
    }

    [Test]
    public async Task AnotherVersionOfIkeIsRefused()
    {
        var profile = Profiles.With("ike-versions: [1]", "ike-versions: [2]");

        var configure = () => EastOf(profile).ConfigureAsync(PolicyOf(profile, policy => policy));

        (await configure.Should().ThrowAsync<UnsupportedException>()).WithMessage("*not configured for IKEv1*");
    }

    [TestCaseSource(nameof(Orders))]
    public async Task WhatTheProfileHasNoCommandForIsRefused(Func<IEastSide, Task> order, string reason)
    {
        var act = () => order(EastOf(Profiles.With(Responder, Initiator)));

        (await act.Should().ThrowAsync<UnsupportedException>()).WithMessage($"the profile names no command to {reason}");
    }

    public static IEnumerable<TestCaseData> Orders()
    {
        yield return Order(east => east.InitiateIkeSaAsync(), "start phase 1");
        yield return Order(east => east.InitiateChildAsync("net"), "start quick mode");
        yield return Order(east => east.RekeyChildAsync("net"), "replace IPsec SAs");
        yield return Order(east => east.DeleteChildAsync("net"), "delete IPsec SAs");
        yield return Order(east => east.DeleteIkeSaAsync(), "delete its IKE SA");
        yield return Order(east => east.RekeyIkeSaAsync(), "replace its IKE SA");
        yield return Order(east => east.PingAsync(IPAddress.Loopback, IPAddress.Loopback, 1), "have a host behind it ping");
    }

    [Test]
    public async Task AResponderIsNotMadeToStart()
    {
        var profile = Profiles.With("settle: 0.25s", "settle: 0.25s\ncommands: { initiate-ike: 'true' }");

        var start = () => EastOf(profile).InitiateIkeSaAsync();

        (await start.Should().ThrowAsync<UnsupportedException>()).WithMessage("*does not have the device as an initiator*");
    }

    [Test]
    public async Task CommandsAreRunWithTheDevicesNames()
    {
        var file = Path.GetTempFileName();
        var profile = Profiles.With(Responder, $"{Initiator}\ncommands: {{ initiate-child: 'echo {{child}} > {file}', delete-ike: 'echo broken; exit 3' }}") with { };
        profile = profile with { Networks = [profile.Networks[0] with { Name = "its-own-name" }, profile.Networks[1]] };

        await EastOf(profile).InitiateChildAsync(ScenePolicy.Children[0]);
        var fail = () => EastOf(profile).DeleteIkeSaAsync();

        File.ReadAllText(file).Should().Be("its-own-name\n");
        (await fail.Should().ThrowAsync<EnvironmentException>()).WithMessage("*ended with 3: broken*");
        File.Delete(file);
    }

    [Test]
    public async Task WithoutACommandItsListIsUnknownAndSettlesClaimsOnlyThatOthersSettled()
    {
        var profile = Profiles.With("settle: 0.25s", "settle: 0s");

        var sas = await EastOf(profile).WaitForSasAsync(_ => throw new InvalidOperationException("nothing can be asked of it"), TimeSpan.FromMinutes(1));

        sas.IsKnown.Should().BeFalse();
        sas.Shows(list => list.IkeSas.IsEmpty).Should().BeTrue();
        FluentActions.Invoking(() => sas.IkeSas).Should().Throw<UnsupportedException>();
        FluentActions.Invoking(() => sas.ChildSas).Should().Throw<UnsupportedException>();
        new PeerSas([], []).Shows(list => !list.IkeSas.IsEmpty).Should().BeFalse("a list that is known contradicts");
    }

    [Test]
    public async Task ItsListIsReadAndEarlierScenariosAreLeftOut()
    {
        const string List = """
            { "ike_sas": [ { "initiator_cookie": "0102030405060708", "responder_cookie": "1112131415161718", "is_initiator": false, "is_established": true },
                           { "initiator_cookie": "ff02030405060708", "responder_cookie": "1112131415161718", "is_initiator": false, "is_established": true } ],
              "child_sas": [ { "child": "other", "inbound_spi": "c0000001", "outbound_spi": "0xc0000002", "packets_in": 3 },
                             { "inbound_spi": "c0000003", "outbound_spi": "c0000004" } ] }
            """;
        var file = Path.GetTempFileName();
        File.WriteAllText(file, List);
        var profile = Profiles.With("settle: 0.25s", $"commands: {{ list-sas: 'cat {file}' }}");
        var earlier = new EarlierScenarios();
        earlier.Add([0xff02030405060708], [0xc0000004]);

        var sas = await new TargetEastSide(profile, Profiles.Device, earlier).ListSasAsync();

        sas.IkeSas.Should().ContainSingle().Which.InitiatorCookie.Value.Should().Be(0x0102030405060708);
        sas.ChildSas.Should().ContainSingle().Which.Should().BeEquivalentTo(new PeerChildSa("other", 0xc0000001, 0xc0000002, 3, 0));
        FluentActions.Invoking(() => SaListFile.Read("{}")).Should().Throw<EnvironmentException>().WithMessage("*printed no list*");
        File.Delete(file);
    }

    private static TestCaseData Wish(string name, Func<SidePolicy, SidePolicy> wish, string reason) => new TestCaseData(wish, reason).SetArgDisplayNames(name);

    private static TestCaseData Order(Func<IEastSide, Task> order, string reason) => new TestCaseData(order, reason).SetArgDisplayNames(reason);

    private static TargetEastSide EastOf(TargetProfile profile) => new(profile, Profiles.Device, new EarlierScenarios());

    private static PeerPolicy PolicyOf(TargetProfile profile, Func<ScenePolicy, ScenePolicy> change) =>
        change(TargetPolicies.Usual(profile)).For(TargetPolicies.Addresses(profile, Profiles.Device), "s1").East;
}
