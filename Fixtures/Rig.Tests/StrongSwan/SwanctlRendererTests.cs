// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Neutral policies in strongSwan's words.</summary>
[TestFixture]
public sealed class SwanctlRendererTests
{
    private static readonly BedAddresses Addresses = new(17, new([198, 51, 100, 2]));

    [Test]
    public void TheTextIsSwanctlConf() => SwanctlRenderer.Render(Policies.Mirror(Policies.West(Addresses)), "tunnel-1").Text.Should().Be(
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

        rendered.Text.Should().StartWith(SwanctlText.Write(new ConfigSection("connections", [rendered.Connection])));
        rendered.Secret.Text("data").Should().Be("a throw-away \"key\" {for} #tests");
        rendered.Secret.Text("id").Should().Be("tunnel-1");
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

        var text = SwanctlRenderer.Render(policy, "c").Text;
        text.Should().Contain("\n    proposals = aes256-sha1-ecp256, aes128-sha256-modp2048\n");
        text.Should().Contain("\n        esp_proposals = aes128-sha256-modp2048, aes128gcm16-modp2048\n");
    }

    [Test]
    public void EveryRowOfTheAlgorithmTablesHasAKeyword()
    {
        EncryptionAlgorithm.All.Select(StrongSwanKeywords.Of).Should().OnlyHaveUniqueItems();
        PrfAlgorithm.All.Select(StrongSwanKeywords.Of).Should().OnlyHaveUniqueItems();
        IntegrityAlgorithm.All.Select(StrongSwanKeywords.Of).Should().OnlyHaveUniqueItems();
        KeyExchangeMethod.All.Select(StrongSwanKeywords.Of).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void DifferentPhase1LifetimesAreUnsupported()
    {
        var policy = Policies.West(Addresses) with { Phase1 = [Policies.Phase1, Policies.Suite("AES-CBC-256", "HMAC-SHA1", "ECP-256", lifetime: 60)] };
        FluentActions.Invoking(() => SwanctlRenderer.Render(policy, "c")).Should().Throw<UnsupportedException>().WithMessage("*28800 s and 60 s*");
    }
}
