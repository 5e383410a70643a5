// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What both sides are willing to do.</summary>
[Binding]
public sealed class PolicySteps(Scene scene)
{
    [Given("west and east share a pre-shared key")]
    public void GivenSharedKey() => Agree(side => side with { PreSharedKey = scene.UsualPolicy.West.PreSharedKey });

    [Given("east has another pre-shared key than west")]
    public void GivenOtherKey() => Differ(policy => policy with { East = policy.East with { PreSharedKey = "another key, which west does not know" } });

    [Given("phase 1 uses (.*), (.*) and (.*)")]
    public void GivenPhase1(string encryption, string hash, string group) =>
        Agree(side => side with { Phase1 = [SidePolicy.Suite(encryption, hash, group)] });

    [Given("(west|east) offers or accepts for phase 1")]
    public void GivenPhase1Suites(Side side, Table table)
    {
        ImmutableArray<Phase1Suite> suites = [.. table.Rows.Select(row => SidePolicy.Suite(row["encryption"], row["hash"], row["group"]))];
        Differ(policy => Change(policy, side, changed => changed with { Phase1 = suites }));
    }

    [Given("phase 1 runs in (main|aggressive) mode")]
    public void GivenMode(Phase1Mode mode) => Agree(side => side with { Mode = mode });

    [Given("both sides authenticate with pre-shared keys")]
    public void GivenPreSharedKeys() => Agree(side => side.AuthenticatedBy(AuthenticationMethod.PreSharedKey));

    [Given("both sides authenticate with RSA signatures")]
    public void GivenRsaSignatures() => AgreeOnCertificates(AuthenticationMethod.RsaSignatures, CertificateKeyType.Rsa2048);

    [Given("both sides authenticate with ECDSA-256 signatures")]
    public void GivenEcdsa256() => AgreeOnCertificates(AuthenticationMethod.EcdsaSha256, CertificateKeyType.EcdsaP256);

    [Given("both sides authenticate with ECDSA-384 signatures")]
    public void GivenEcdsa384() => AgreeOnCertificates(AuthenticationMethod.EcdsaSha384, CertificateKeyType.EcdsaP384);

    [Given("both sides authenticate with ECDSA-521 signatures")]
    public void GivenEcdsa521() => AgreeOnCertificates(AuthenticationMethod.EcdsaSha512, CertificateKeyType.EcdsaP521);

    [Given("both sides authenticate with RSA encryption")]
    public void GivenRsaEncryption() => AgreeOnCertificates(AuthenticationMethod.RsaEncryption, CertificateKeyType.Rsa2048);

    [Given("both sides authenticate with revised RSA encryption")]
    public void GivenRevisedRsaEncryption() => AgreeOnCertificates(AuthenticationMethod.RevisedRsaEncryption, CertificateKeyType.Rsa2048);

    [Given("phase 2 uses perfect forward secrecy in (.*)")]
    public void GivenPfs(string group) => Agree(side => side with { Pfs = KeyExchangeMethod.Named(group) });

    [Given("phase 2 uses (?!perfect)(.*)")]
    public void GivenEsp(string esp) => Agree(side => side with { Phase2 = [SidePolicy.IpsecSuite(esp)] });

    [Given("(west|east) uses (.*) for ESP")]
    public void GivenEspOf(Side side, string esp) =>
        Differ(policy => Change(policy, side, changed => changed with { Phase2 = [SidePolicy.EspSuite(esp)] }));

    private static ScenePolicy Change(ScenePolicy policy, Side side, Func<SidePolicy, SidePolicy> change) =>
        side == Side.West ? policy with { West = change(policy.West) } : policy with { East = change(policy.East) };

    private void AgreeOnCertificates(AuthenticationMethod method, CertificateKeyType key) => Agree(side => side.AuthenticatedBy(method) with
    {
        Certificate = new CertificateChoice
        {
            Key = key,
            AuthorityKey = key,

            // Who encrypts for the other side must have its key before the first message (RFC 2409 section 5.2).
            KnowsRemote = method is AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption,
        },
    });

    /// <summary>Both sides agree on it, so the control of a negative scenario has it as well.</summary>
    private void Agree(Func<SidePolicy, SidePolicy> change)
    {
        scene.Policy = scene.Policy.Both(change);
        scene.ControlPolicy = scene.ControlPolicy.Both(change);
    }

    private void Differ(Func<ScenePolicy, ScenePolicy> change) => scene.Policy = change(scene.Policy);
}
