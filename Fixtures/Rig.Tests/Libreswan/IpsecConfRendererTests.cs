// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Libreswan;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Tests.Libreswan;

/// <summary>Neutral policies in Libreswan's words.</summary>
[TestFixture]
public sealed class IpsecConfRendererTests
{
    private static readonly BedAddresses Addresses = new(17, new([198, 51, 100, 3]));

    [Test]
    public void AConnectionForEachChildAndOneForPhase1Alone()
    {
        var rendered = Render(new SidePolicy());
        rendered.Children.Should().Equal("s-00001-net", "s-00001-other");
        rendered.Phase1Only.Should().Be("s-00001-ike");
        var net = Connection(rendered, "s-00001-net");
        net.Should().Contain(
        [
            "ikev2=no", "aggressive=no", "left=198.51.100.3", "right=198.51.100.17", "ike=aes128-sha2_256-dh19", "ikelifetime=28800s", "authby=secret",
            "leftid=@east.s.conformance.example", "rightid=@west.s.conformance.example", "type=tunnel", "leftsubnet=198.19.17.0/26", "rightsubnet=198.18.17.0/26",
            "phase2=esp", "phase2alg=aes_gcm_16_128", "pfs=no", "esn=no", "salifetime=3600s", "rekeymargin=360s", "leftupdown=%disabled",
        ]);
        net.Should().NotContain(setting => setting.StartsWith("leftmodecfgclient", StringComparison.Ordinal));
        Connection(rendered, "s-00001-other").Should().Contain("leftsubnet=198.19.17.64/26");
        Connection(rendered, "s-00001-ike").Should().Contain(["leftmodecfgclient=yes", "modecfgpull=no"], "such a client waits for the server and starts no quick mode");
    }

    [Test]
    public void TheKeyIsFoundByAddressesAndByIdentities() => Render(new SidePolicy { PreSharedKey = "a key" }).Secrets.Should()
        .Be("198.51.100.3 198.51.100.17 @east.s.conformance.example @west.s.conformance.example : PSK \"a key\"\n");

    [Test]
    public void AKeyForAnyIdentityIsFoundByAddresses() => Render(new SidePolicy { Demand = IdentityDemand.Any, Mode = Phase1Mode.Aggressive }).Secrets.Should()
        .StartWith("198.51.100.3 198.51.100.17 @east.s.conformance.example : PSK ");

    [Test]
    public void WhatQuotesCannotHoldIsHexadecimal() => Render(new SidePolicy { PreSharedKey = "a\"b" }).Secrets.Should().EndWith(" : PSK 0x612262\n");

    [Test]
    public void IdentitiesOfOctetsAreHexadecimalAndQuoted()
    {
        Connection(Render(new SidePolicy { Identity = IdentityKind.KeyId }), "s-00001-net").Should().Contain($"leftid=\"@#{Convert.ToHexStringLower("east of s"u8)}\"");
        Connection(Render(new SidePolicy { Identity = IdentityKind.DistinguishedName }), "s-00001-net").Should().Contain(setting => setting.StartsWith("leftid=\"@~30", StringComparison.Ordinal));
    }

    [Test]
    public void SuitesAndGroups()
    {
        var side = new SidePolicy
        {
            Mode = Phase1Mode.Aggressive,
            Phase1 = [SidePolicy.Suite("3DES-CBC", "HMAC-MD5", "MODP-1536"), SidePolicy.Suite("CAMELLIA-CBC-256", "HMAC-SHA2-512", "CURVE25519")],
            Phase2 = [SidePolicy.EspSuite("AES-CBC-128 and HMAC-SHA2-256-128"), SidePolicy.EspSuite("NULL and HMAC-SHA1-96")],
            Pfs = KeyExchangeMethod.Named("MODP-2048"),
            Encapsulation = SaMode.Transport,
            Selectors = new(Protocol: 17, EastPort: 53),
        };
        Connection(Render(side), "s-00001-net").Should().Contain(
        [
            "aggressive=yes", "ike=3des-md5-modp1536,camellia256-sha2_512-dh31", "phase2alg=aes128-sha2_256;modp2048,null-sha1;modp2048", "pfs=yes", "type=transport",
            "leftprotoport=17/53", "rightprotoport=17/0",
        ]).And.NotContain(setting => setting.StartsWith("leftsubnet", StringComparison.Ordinal));
    }

    [Test]
    public void Ah() => Connection(Render(new SidePolicy { Phase2 = [SidePolicy.IpsecSuite("AH HMAC-SHA1-96")] }), "s-00001-net").Should().Contain(["phase2=ah", "phase2alg=sha1"]);

    [Test]
    public void AReplayWindow() => Connection(Render(new SidePolicy { ReplayWindow = 64 }), "s-00001-net").Should().Contain("replay-window=64");

    [Test]
    public void WhatGoesWithoutAnSaIsAConnectionOfItsOwn()
    {
        var side = new SidePolicy { Encapsulation = SaMode.Transport };
        var rendered = IpsecConfRenderer.Render(
            new ScenePolicy(side, side) { Shunts = [(7002, SpdAction.Bypass), (7003, SpdAction.Discard)] }.For(Addresses, "s").East, "s-00001");
        rendered.Shunts.Should().Equal("s-00001-tcp-7002", "s-00001-tcp-7003");
        Connection(rendered, "s-00001-tcp-7002").Should().Contain(
        [
            "type=passthrough", "authby=never", "left=198.51.100.3", "right=198.51.100.17", "leftsubnet=198.51.100.3/32", "rightsubnet=198.51.100.17/32",
            "leftprotoport=6/7002", "rightprotoport=6/0",
        ]);
        Connection(rendered, "s-00001-tcp-7003").Should().Contain("type=drop");
    }

    [Test]
    public void CertificatesAreNamedByNicknamesAndAskedForByTheirAuthority()
    {
        var rendered = Render(new SidePolicy { Certificate = new() }.AuthenticatedBy(AuthenticationMethod.RsaSignatures));
        Connection(rendered, "s-00001-net").Should().Contain(["authby=rsasig", "leftcert=s-00001-own", "leftsendcert=sendifasked"])
            .And.Contain(setting => setting.StartsWith("rightca=\"O=Conformance, ", StringComparison.Ordinal), "in the order in which the name is encoded");
        rendered.Secrets.Should().BeEmpty();
        Connection(Render(new SidePolicy { Certificate = new() { SendsRequests = false } }.AuthenticatedBy(AuthenticationMethod.RsaSignatures)), "s-00001-net").Should().Contain("rightca=%any");
    }

    [Test]
    public void NatTraversalFragmentsAndDeadPeers()
    {
        var side = new SidePolicy
        {
            NatTraversal = NatTraversalChoice.Off,
            Fragmentation = new(FragmentationChoice.Force),
            DeadPeerDetection = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), DeadPeerAction.Restart),
            Uniqueness = UniquenessChoice.InitialContact,
        };
        Connection(Render(side), "s-00001-net").Should().Contain(
            ["nat-ikev1-method=none", "fragmentation=force", "dpddelay=1s", "dpdtimeout=5s", "dpdaction=restart", "initial-contact=yes"]);
    }

    [TestCaseSource(nameof(Impossible))]
    public void WhatLibreswanCannotDoIsUnsupportedBeforeAnythingRuns(SidePolicy side, string reason) =>
        FluentActions.Invoking(() => Render(side)).Should().Throw<UnsupportedException>().WithMessage(reason);

    private static IEnumerable<TestCaseData> Impossible() =>
    [
        new(new SidePolicy { Phase1 = [SidePolicy.Suite("AES-CBC-128", "HMAC-SHA1", "MODP-1024")] }, "*MODP-1024*without group 2*"),
        new(new SidePolicy { Phase1 = [SidePolicy.Suite("AES-CTR-128", "HMAC-SHA1", "MODP-2048")] }, "*AES-CTR-128 in phase 1*"),
        new(new SidePolicy { Phase2 = [SidePolicy.EspSuite("AES-GMAC-128")] }, "*ends itself*"),
        new(new SidePolicy { Phase2 = [SidePolicy.IpsecSuite("AH HMAC-SHA1-96 around NULL and HMAC-SHA1-96")] }, "*bundles*"),
        new(new SidePolicy { Phase2 = [SidePolicy.IpsecSuite("AH HMAC-SHA1-96"), SidePolicy.EspSuite("AES-GCM-16-128")] }, "*alternatives*"),
        new(new SidePolicy { Phase2 = [SidePolicy.IpsecSuite("AES-GCM-16-128 with ESN")] }, "*IKEv2 alone*"),
        new(new SidePolicy { Selectors = new(SelectorShape.Range) }, "*ranges*"),
        new(new SidePolicy { ChildKilobytes = 100 }, "*seconds alone*"),
        new(new SidePolicy { OmitsLifetime = true }, "*always offers a lifetime*"),
        new(new SidePolicy { OmitsIdentities = true }, "*always names client identities*"),
        new(new SidePolicy { Demand = IdentityDemand.Any }, "*does not name*"),
        new(new SidePolicy { SetsCommitBit = true }, "*commit bit*"),
        new(new SidePolicy { PrivateGroup = 32768 }, "*new group mode*"),
        new(new SidePolicy { IkePort = 4500 }, "*port 500*"),
        new(new SidePolicy { Uniqueness = UniquenessChoice.Replace }, "*uniqueids*"),
        new(new SidePolicy { Fragmentation = new(FragmentationChoice.Accept) }, "*also sends some*"),
        new(new SidePolicy { Certificate = new() { DemandsRevocationList = true } }.AuthenticatedBy(AuthenticationMethod.RsaSignatures), "*crl-strict*"),
        new(new SidePolicy { Certificate = new() { Key = CertificateKeyType.EcdsaP256 } }.AuthenticatedBy(AuthenticationMethod.EcdsaSha256), "*only in IKEv2*"),
        new(new SidePolicy().AuthenticatedBy(AuthenticationMethod.RsaEncryption), "*public key encryption*"),
    ];

    private static LibreswanPolicy Render(SidePolicy side) =>
        IpsecConfRenderer.Render(new ScenePolicy(side, side).For(Addresses, "s").East, "s-00001");

    private static string[] Connection(LibreswanPolicy policy, string name)
    {
        var text = policy.Configuration[(policy.Configuration.IndexOf($"conn {name}\n", StringComparison.Ordinal) + $"conn {name}\n".Length)..];
        return [.. text.Split("\n\n")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }
}
