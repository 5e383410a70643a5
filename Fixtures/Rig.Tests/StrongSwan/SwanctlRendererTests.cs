// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.StrongSwan;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Neutral policies in strongSwan's words.</summary>
[TestFixture]
public sealed class SwanctlRendererTests
{
    private static readonly BedAddresses Addresses = new(17, new([198, 51, 100, 2]));

    [Test]
    public void TheTextIsSwanctlConf() => Text(Policies.Mirror(Policies.West(Addresses)), "tunnel-1").Should().Be(
        """
        connections {
          tunnel-1 {
            version = 1
            aggressive = no
            local_addrs = 198.51.100.2
            remote_addrs = 198.51.100.17
            proposals = aes128-sha256-modp2048
            mobike = no
            encap = no
            unique = never
            dpd_delay = 0s
            rekey_time = 25920s
            over_time = 2880s
            rand_time = 0s
            local {
              auth = psk
              id = fqdn:east.example
            }
            remote {
              auth = psk
              id = fqdn:west.example
            }
            children {
              net {
                local_ts = 198.19.17.0/26
                remote_ts = 198.18.17.0/26
                esp_proposals = aes128gcm16
                mode = tunnel
                life_time = 3600s
                rekey_time = 3240s
                rand_time = 0s
                start_action = none
                dpd_action = clear
              }
            }
          }
        }
        secrets {
          ike-tunnel-1 {
            secret = "a throw-away \"key\" {for} #tests"
            id-1 = 198.51.100.2
            id-2 = 198.51.100.17
            id-3 = fqdn:east.example
            id-4 = fqdn:west.example
          }
        }

        """);

    [Test]
    public void WhatIsLoadedIsTheSameTree()
    {
        var rendered = SwanctlRenderer.Render(Policies.West(Addresses), "tunnel-1");

        rendered.Files[0].Text.Should().StartWith(SwanctlText.Write(new ConfigSection("connections", [rendered.Connection])));
        rendered.Secrets.Should().ContainSingle().Which.Text("data").Should().Be("a throw-away \"key\" {for} #tests");
        rendered.Secrets[0].Text("id").Should().Be("tunnel-1");
    }

    [Test]
    public void SuitesBecomeProposalsInOrder()
    {
        var policy = Policies.West(Addresses);
        policy = policy with
        {
            Phase1 = [Policies.Suite("AES-CBC-256", "HMAC-SHA1", "ECP-256"), Policies.Phase1],
            Children = [policy.Children[0] with { Suites = [Policies.Cbc, Policies.Gcm], Pfs = KeyExchangeMethod.Named("MODP-2048") }],
        };

        var text = Text(policy);
        text.Should().Contain("\n    proposals = aes256-sha1-ecp256, aes128-sha256-modp2048\n");
        text.Should().Contain("\n        esp_proposals = aes128-sha256-modp2048, aes128gcm16-modp2048\n");
    }

    [Test]
    public void DifferentPhase1LifetimesAreUnsupported()
    {
        var policy = Policies.West(Addresses) with { Phase1 = [Policies.Phase1, Policies.Suite("AES-CBC-256", "HMAC-SHA1", "ECP-256", lifetime: 60)] };
        FluentActions.Invoking(() => SwanctlRenderer.Render(policy, "c")).Should().Throw<UnsupportedException>().WithMessage("*28800 s and 60 s*");
    }

    [TestCase("fqdn", "fqdn:east.s1.conformance.example")]
    [TestCase("email", "email:east@s1.conformance.example")]
    [TestCase("ipv4address", "198.51.100.2")]
    [TestCase("ipv6address", "2001:db8:2::11")]
    [TestCase("keyid", "keyid:#65617374206f66207331")]
    public void AnIdentityIsWrittenWithItsType(string kind, string text) =>
        East(side => side with { Identity = Enum.Parse<IdentityKind>(kind, ignoreCase: true) }).Should().Contain($"    local {{\n      auth = psk\n      id = {Quoted(text)}\n    }}\n");

    [Test]
    public void ADistinguishedNameIsWrittenInDer() =>
        East(side => side with { Identity = IdentityKind.DistinguishedName }).Should().Contain("id = \"asn1dn:#30");

    [Test]
    public void NoDemandNamesNoIdentity() => East(side => side with { Demand = IdentityDemand.Any }).Should().Contain("    remote {\n      auth = psk\n    }\n");

    [Test]
    public void SignaturesBringCertificatesAndDemandAuthorities()
    {
        var rendered = Render(side => side.AuthenticatedBy(AuthenticationMethod.RsaSignatures) with { Certificate = new() { Intermediates = 1, Listing = RevocationListing.Current, DemandsRevocationList = true } });

        var text = rendered.Files[0].Text;
        text.Should().Contain("    local {\n      auth = pubkey\n      id = fqdn:east.s1.conformance.example\n      certs = east.pem, trusted-rsa2048-lists-current-1.pem\n    }\n");
        text.Should().Contain("      cacerts = trusted-rsa2048-lists-current-0.pem\n      revocation = strict\n    }\n");
        text.Should().NotContain("secrets {").And.NotContain("BEGIN");
        rendered.Connection.Section("local")!.List("certs").Should().HaveCount(2).And.OnlyContain(pem => pem.StartsWith("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal));
        rendered.Files.Select(file => file.Name).Should().BeEquivalentTo(
            "swanctl.conf", "east.pem", "trusted-rsa2048-lists-current-1.pem", "trusted-rsa2048-lists-current-0.pem",
            "trusted-rsa2048-lists-current-0-crl.pem", "trusted-rsa2048-lists-current-1-crl.pem", "east-key.pem");
        rendered.Certificates.Select(argument => argument.Text("type")).Should().Equal("X509", "X509_CRL", "X509_CRL");
        rendered.Keys.Should().ContainSingle();
    }

    [Test]
    public void ExtendedAuthenticationIsASecondRound()
    {
        var (client, server) = (new SidePolicy { Xauth = new(IsServer: false) }, new SidePolicy { Xauth = new(IsServer: true) });
        var policies = new ScenePolicy(client, server).Both(side => side.AuthenticatedBy(AuthenticationMethod.XauthInitPreShared)).For(Addresses, "s1");

        var west = Text(policies.West);
        west.Should().Contain("    local-2 {\n      auth = xauth\n      xauth_id = someone-s1\n    }\n").And.NotContain("remote-2");
        west.Should().Contain("  xauth-c-user-1 {\n    id = someone-s1\n    secret = \"a throw-away password\"\n  }\n");
        Text(policies.East).Should().Contain("    remote-2 {\n      auth = xauth\n    }\n").And.NotContain("local-2");
    }

    [Test]
    public void InHybridAuthenticationOnlyTheServerHasACertificate()
    {
        var (client, server) = (new SidePolicy { Xauth = new(IsServer: false) }, new SidePolicy { Xauth = new(IsServer: true), Certificate = new() });
        var policies = new ScenePolicy(client, server).Both(side => side.AuthenticatedBy(AuthenticationMethod.HybridInitRsa)).For(Addresses, "s1");

        Text(policies.West).Should().Contain("auth = xauth\n      id = fqdn:west.s1.conformance.example\n      xauth_id = someone-s1\n").And.Contain("auth = pubkey\n      id = fqdn:east");
        Text(policies.East).Should().Contain("certs = east.pem").And.Contain("    remote {\n      auth = xauth\n").And.NotContain("cacerts");
    }

    [Test]
    public void ModeConfig()
    {
        var policies = new ScenePolicy(
            new SidePolicy { ModeConfig = new(IsServer: false, IsPush: true) }, new SidePolicy { ModeConfig = new(IsServer: true, IsPush: true, HasDns: true) }).For(Addresses, "s1");

        Text(policies.West).Should().Contain("pull = no\n    vips = 0.0.0.0\n").And.Contain("local_ts = dynamic\n        remote_ts = 198.19.17.0/26\n");
        Text(policies.East).Should().Contain("pools = c\n").And.Contain("remote_ts = dynamic\n")
            .And.EndWith("pools {\n  c {\n    addrs = 198.18.17.224-198.18.17.224\n    dns = 198.18.17.5\n  }\n}\n");
    }

    [Test]
    public void TransportModeProtectsTheOuterAddresses()
    {
        var text = East(side => side with { Encapsulation = SaMode.Transport, Selectors = new(Protocol: 17, WestPort: 5000, EastPort: 53) });
        text.Should().Contain("local_ts = \"dynamic[17/53]\"\n        remote_ts = \"dynamic[17/5000]\"\n").And.Contain("mode = transport\n");
    }

    [TestCase(SelectorShape.Range, "198.19.17.1-198.19.17.41", "198.18.17.1-198.18.17.41")]
    [TestCase(SelectorShape.Host, "198.19.17.7", "198.18.17.5")]
    public void Selectors(SelectorShape shape, string local, string remote) =>
        East(side => side with { Selectors = new(shape) }).Should().Contain($"local_ts = {local}\n        remote_ts = {remote}\n");

    [Test]
    public void SuitesOfAhHaveAListOfTheirOwn()
    {
        var ah = Phase2Suite.Ah(IntegrityAlgorithm.Named("HMAC-SHA2-256-128"));
        East(side => side with { Phase2 = [ah, ah with { UseEsn = true }] }).Should().Contain("        ah_proposals = sha256, sha256-esn\n        mode = tunnel\n");
    }

    [Test]
    public void LifetimesAndRekeying()
    {
        var text = East(side => side.WithPhase1Lifetime(100) with { Phase1RekeySeconds = 40, ChildSeconds = 60, ChildRekeySeconds = 7, ChildKilobytes = 10, ChildRekeyKilobytes = 4 });
        text.Should().Contain("    rekey_time = 40s\n    over_time = 60s\n    rand_time = 0s\n");
        text.Should().Contain("        life_time = 60s\n        rekey_time = 7s\n        rand_time = 0s\n        life_bytes = 10240\n        rekey_bytes = 4096\n        rand_bytes = 0\n");
    }

    [Test]
    public void WhatElseAConnectionHas()
    {
        var text = East(side => side with
        {
            Mode = Phase1Mode.Aggressive,
            NatTraversal = NatTraversalChoice.Force,
            Fragmentation = new(FragmentationChoice.Force),
            DeadPeerDetection = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(9), DeadPeerAction.Restart),
            Uniqueness = UniquenessChoice.Replace,
        });
        text.Should().Contain("aggressive = yes\n").And.Contain("encap = yes\n").And.Contain("fragmentation = force\n").And.Contain("unique = replace\n")
            .And.Contain("dpd_delay = 2s\n    dpd_timeout = 9s\n").And.Contain("dpd_action = restart\n");
    }

    private static IEnumerable<TestCaseData> WhatStrongSwanCannotDo()
    {
        yield return Case("encryption with public keys", side => side.AuthenticatedBy(AuthenticationMethod.RsaEncryption));
        yield return Case("revised encryption with public keys", side => side.AuthenticatedBy(AuthenticationMethod.RevisedRsaEncryption));
        yield return Case("no NAT traversal", side => side with { NatTraversal = NatTraversalChoice.Off });
        yield return Case("another fragment size", side => side with { Fragmentation = new(FragmentationChoice.Yes, 576) });
        yield return Case("bundles", side => side with { Phase2 = [Phase2Suite.AhAndEsp(IntegrityAlgorithm.Named("HMAC-SHA1-96"), side.Phase2[0])] });
        yield return Case("ESP or AH", side => side with { Phase2 = [side.Phase2[0], Phase2Suite.Ah(IntegrityAlgorithm.Named("HMAC-SHA1-96"))] });
        yield return Case("kilobytes in phase 1", side => side with { Phase1 = [side.Phase1[0] with { LifetimeKilobytes = 100 }] });
        yield return Case("no lifetime", side => side with { OmitsLifetime = true });
        yield return Case("no client identities", side => side with { OmitsIdentities = true });
        yield return Case("the commit bit", side => side with { SetsCommitBit = true });
        yield return Case("private groups", side => side with { PrivateGroup = 32769 });
        yield return Case("vendor IDs", side => side with { VendorIds = [new byte[16]] });
        yield return Case("half a second", side => side with { DeadPeerDetection = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5)) });
        yield return Case("two methods", side => side with { Phase1 = [side.Phase1[0], side.Phase1[0] with { Authentication = AuthenticationMethod.RsaSignatures }] });
        yield return Case("a key of another kind", side => side.AuthenticatedBy(AuthenticationMethod.EcdsaSha384) with { Certificate = new() });
        yield return Case("an identity that the certificate does not hold", side => side.AuthenticatedBy(AuthenticationMethod.RsaSignatures) with { Certificate = new() { Flaw = CertificateFlaw.OtherIdentity } });
        yield return Case("a key ID in a certificate", side => side.AuthenticatedBy(AuthenticationMethod.RsaSignatures) with { Certificate = new(), Identity = IdentityKind.KeyId });

        static TestCaseData Case(string name, Func<SidePolicy, SidePolicy> change) => new TestCaseData(change).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(WhatStrongSwanCannotDo))]
    public void WhatItCannotDoIsUnsupported(Func<SidePolicy, SidePolicy> change) =>
        FluentActions.Invoking(() => East(change)).Should().Throw<UnsupportedException>().WithMessage("*strongswan*");

    [Test]
    public void AKeywordOrAReason() => Words.Should().AllSatisfy(row =>
    {
        if (WithoutKeyword.Contains(row.Name))
        {
            row.Invoking(with => with.Word()).Should().Throw<UnsupportedException>().WithMessage($"strongswan has no {row.Name.Split(' ')[^1]}: *");
        }
        else
        {
            row.Word().Should().NotBeEmpty();
        }
    });

    private static readonly string[] WithoutKeyword =
    [
        "CHACHA20-POLY1305", "integrity AES-CMAC-96", "integrity AES-GMAC-128", "integrity AES-GMAC-192", "integrity AES-GMAC-256", "AES128-XCBC", "AES128-CMAC",
    ];

    private static IEnumerable<(string Name, Func<string> Word)> Words =>
    [
        .. EncryptionAlgorithm.All.Select(row => (row.Name, new Func<string>(() => StrongSwanKeywords.Of(row)))),
        .. PrfAlgorithm.All.Select(row => (row.Name, new Func<string>(() => StrongSwanKeywords.Of(row)))),
        .. IntegrityAlgorithm.All.Select(row => ($"integrity {row.Name}", new Func<string>(() => StrongSwanKeywords.Of(row)))),
        .. KeyExchangeMethod.All.Select(row => (row.Name, new Func<string>(() => StrongSwanKeywords.Of(row)))),
    ];

    private static string Quoted(string text) => text.Contains('#', StringComparison.Ordinal) ? $"\"{text}\"" : text;

    private static string East(Func<SidePolicy, SidePolicy> change) => Render(change).Files[0].Text;

    private static RenderedPolicy Render(Func<SidePolicy, SidePolicy> change) => SwanctlRenderer.Render(new ScenePolicy(change(new()), change(new())).For(Addresses, "s1").East, "c");

    private static string Text(PeerPolicy policy, string name = "c") => SwanctlRenderer.Render(policy, name).Files[0].Text;
}
