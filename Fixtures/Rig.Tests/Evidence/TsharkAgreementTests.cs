// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Fixtures.Rig.Tests.StrongSwan;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Tests.Evidence;

/// <summary>
/// One run of each exchange and of each authentication method: with the key table that the evidence holds, tshark reads every message that
/// the suite's own observer reads, and reads the same in it. New group mode, for which no neutral policy is, is compared where the observer
/// is tested.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class TsharkAgreementTests
{
    private const string Proposal = "2";
    private const string Transform = "3";
    private const string Fragment = "132";

    private static readonly Func<Scene, ScenarioRun, Task> QuickMode = (scene, _) => KeptScenario.StartQuickModeAsync(scene);

    private static IEnumerable<TestCaseData> Runs()
    {
        (string Name, AuthenticationMethod Method, CertificateKeyType? Key)[] methods =
        [
            ("pre-shared keys", AuthenticationMethod.PreSharedKey, null),
            ("RSA signatures", AuthenticationMethod.RsaSignatures, CertificateKeyType.Rsa2048),
            ("ECDSA-256", AuthenticationMethod.EcdsaSha256, CertificateKeyType.EcdsaP256),
            ("ECDSA-384", AuthenticationMethod.EcdsaSha384, CertificateKeyType.EcdsaP384),
            ("ECDSA-521", AuthenticationMethod.EcdsaSha512, CertificateKeyType.EcdsaP521),
            ("RSA encryption", AuthenticationMethod.RsaEncryption, CertificateKeyType.Rsa2048),
        ];
        foreach (var mode in Enum.GetValues<Phase1Mode>())
        {
            var exchange = mode == Phase1Mode.Main ? ExchangeType.IdentityProtection : ExchangeType.Aggressive;
            foreach (var (name, method, key) in methods)
            {
                yield return Case($"{mode} mode, {name}", policy => policy.Both(side => Authenticated(side, mode, method, key)), QuickMode, exchange);
            }

            foreach (var method in new[] { AuthenticationMethod.XauthInitPreShared, AuthenticationMethod.XauthInitRsa, AuthenticationMethod.HybridInitRsa })
            {
                yield return Case($"{mode} mode, {method}", _ => Extended(mode, method), QuickMode, ExchangeType.Transaction);
            }
        }

        yield return Case("quick mode", policy => policy, QuickMode, ExchangeType.QuickMode);
        yield return Case(
            "quick mode with PFS", policy => policy.Both(side => side with { Pfs = KeyExchangeMethod.Named("MODP-2048") }), QuickMode, ExchangeType.QuickMode);
        yield return Case("informational", policy => policy, DeleteAsync, ExchangeType.Informational);
        yield return Case("mode config", _ => new(Assigned(isServer: false), Assigned(isServer: true)), QuickMode, ExchangeType.Transaction);
        yield return Case("3DES and MD5", policy => policy.Both(side => side with { Phase1 = [SidePolicy.Suite("3DES-CBC", "HMAC-MD5", "MODP-1024")] }), QuickMode, ExchangeType.QuickMode);
    }

    [TestCaseSource(nameof(Runs))]
    public async Task TsharkReadsWhatTheObserverReads(
        Func<ScenePolicy, ScenePolicy> policy, Func<Scene, ScenarioRun, Task> play, ExchangeType exchange)
    {
        using var kept = await KeptScenario.PlayAsync(policy, play);
        kept.Messages.Should().Contain(message => message.Header.ExchangeType == exchange)
            .And.Contain(message => message.Header.IsEncrypted)
            .And.OnlyContain(message => message.Message != null);
        Read(kept).Should().Equal(kept.Messages.Select(Row));
    }

    /// <summary>
    /// The revised mode of RSA encryption is left out above. The IV of the first encrypted message is made of the public values, which are
    /// encrypted themselves (RFC 2409 section 5.3 and appendix B): with the key of the IKE SA alone neither tshark nor the observer reads that
    /// message. What follows has IVs of its own, and is read by both.
    /// </summary>
    [Test]
    public async Task OfTheRevisedModeOnlyTheFirstEncryptedMessageStaysClosed([Values] Phase1Mode mode)
    {
        using var kept = await KeptScenario.PlayAsync(
            policy => policy.Both(side => Authenticated(side, mode, AuthenticationMethod.RevisedRsaEncryption, CertificateKeyType.Rsa2048)), QuickMode);
        var closed = kept.Messages.First(message => message.Header.IsEncrypted);
        kept.Messages.Where(message => message.Message is null).Should().Equal(closed);
        var ours = kept.Messages.Where(message => message != closed && message.Header.IsEncrypted).Select(Row).ToArray();
        var theirs = Read(kept);
        theirs.Should().Contain(ours).And.NotContain($"{closed.Number} {(byte)closed.Header.ExchangeType}: 8/36");
        ours.Should().HaveCount(mode == Phase1Mode.Main ? 4 : 3);
    }

    private static string[] Read(KeptScenario kept)
    {
        var lines = Tshark.Read(
            Path.Combine(kept.Folder, "wireshark"), Path.Combine(kept.Folder, "capture.pcapng"), "isakmp",
            "frame.number", "isakmp.exchangetype", "isakmp.typepayload", "isakmp.payloadlength");
        return [.. lines.Select(Row).OfType<string>()];
    }

    /// <summary>
    /// A message as tshark reads it: payloads by type and length. Proposals and transforms, which are within an SA payload, are left out; a
    /// message that came in pieces is told with the last of them, null for the others.
    /// </summary>
    private static string? Row(string line)
    {
        var fields = line.Split('\t');
        var payloads = fields[2].Split(',').Zip(fields[3].Split(',')).Where(payload => payload.First is not (Proposal or Transform or Fragment or ""))
            .Select(payload => $"{payload.First}/{payload.Second}").ToArray();
        return payloads.Length == 0 && fields[2] == Fragment ? null : $"{fields[0]} {fields[1].Split(',')[^1]}: {string.Join(", ", payloads)}";
    }

    /// <summary>The same as the suite's own observer reads it.</summary>
    private static string Row(ObservedIke message) =>
        $"{message.Number} {(byte)message.Header.ExchangeType}: {string.Join(", ", message.Message!.Payloads.Select(payload => $"{(byte)payload.Type}/{payload.Body.Length + Payload.HeaderSize}"))}";

    private static async Task DeleteAsync(Scene scene, ScenarioRun run)
    {
        await KeptScenario.StartQuickModeAsync(scene);
        scene.Bed.West.Command(new DeleteChildSa(scene.WestPairs[0].InboundSpi));
        (await scene.WaitForEastAsync(sas => sas.ChildSas.IsEmpty)).ChildSas.Should().BeEmpty();
    }

    private static SidePolicy Authenticated(SidePolicy side, Phase1Mode mode, AuthenticationMethod method, CertificateKeyType? key) => side.AuthenticatedBy(method) with
    {
        Mode = mode,
        Certificate = key is { } kind ? new() { Key = kind, AuthorityKey = kind, KnowsRemote = true } : null,
    };

    private static ScenePolicy Extended(Phase1Mode mode, AuthenticationMethod method)
    {
        var roles = PolicyCases.Roles(method).Both(side => side with { Mode = mode, NatTraversal = NatTraversalChoice.Off });
        var withServer = method == AuthenticationMethod.XauthInitPreShared ? roles : roles with { East = roles.East with { Certificate = new() } };
        return method == AuthenticationMethod.XauthInitRsa ? withServer with { West = withServer.West with { Certificate = new() } } : withServer;
    }

    private static SidePolicy Assigned(bool isServer) => new() { ModeConfig = new(isServer), NatTraversal = NatTraversalChoice.Off };

    private static TestCaseData Case(string name, Func<ScenePolicy, ScenePolicy> policy, Func<Scene, ScenarioRun, Task> play, ExchangeType exchange) =>
        new TestCaseData(policy, play, exchange).SetArgDisplayNames(name);
}
