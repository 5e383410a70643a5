// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>Policies of every kind, with the side that initiates.</summary>
internal static class PolicyCases
{
    private static readonly CertificateChoice Ecdsa = new() { Key = CertificateKeyType.EcdsaP256, AuthorityKey = CertificateKeyType.EcdsaP256 };
    private static readonly CertificateChoice Listed = new() { Listing = RevocationListing.Current, DemandsRevocationList = true };

    /// <summary>Both sides agree: a tunnel comes up.</summary>
    public static IEnumerable<TestCaseData> Agreements()
    {
        foreach (var initiator in new[] { Side.West, Side.East })
        {
            foreach (var mode in Enum.GetValues<Phase1Mode>())
            {
                foreach (var kind in Enum.GetValues<IdentityKind>())
                {
                    yield return Case($"PSK {mode} {kind}", Same(new SidePolicy { Mode = mode, Identity = kind }), initiator);
                }

                foreach (var kind in Enum.GetValues<IdentityKind>().Where(kind => kind != IdentityKind.KeyId))
                {
                    yield return Case($"RSA {mode} {kind}", Same(Signing(AuthenticationMethod.RsaSignatures, new()) with { Mode = mode, Identity = kind }), initiator);
                }

                yield return Case($"ECDSA-256 {mode}", Same(Signing(AuthenticationMethod.EcdsaSha256, Ecdsa) with { Mode = mode }), initiator);
                yield return Case($"ECDSA-384 {mode}", Same(Signing(AuthenticationMethod.EcdsaSha384, Ecdsa with { Key = CertificateKeyType.EcdsaP384 }) with { Mode = mode }), initiator);
                yield return Case($"ECDSA-521 {mode}", Same(Signing(AuthenticationMethod.EcdsaSha512, Ecdsa with { Key = CertificateKeyType.EcdsaP521 }) with { Mode = mode }), initiator);
                yield return Case($"any identity {mode}", Same(new SidePolicy { Mode = mode, Demand = IdentityDemand.Any }), initiator);
            }

            yield return Case("RSA chain of three", Same(Signing(AuthenticationMethod.RsaSignatures, new() { Intermediates = 2 })), initiator);
            yield return Case("RSA with lists", Same(Signing(AuthenticationMethod.RsaSignatures, Listed)), initiator);
            yield return Case("RSA chain with lists", Same(Signing(AuthenticationMethod.RsaSignatures, Listed with { Intermediates = 1 })), initiator);
            yield return Case("RSA 4096 in fragments", Same(Signing(AuthenticationMethod.RsaSignatures, new() { Key = CertificateKeyType.Rsa4096, Intermediates = 1 }) with { Fragmentation = new(FragmentationChoice.Force) }), initiator);
            yield return Case("RSA, certificates known and not sent", Same(Signing(AuthenticationMethod.RsaSignatures, new() { KnowsRemote = true, Sending = CertificateSending.Never, SendsRequests = false })), initiator);
            yield return Case("transport mode", Same(new SidePolicy { Encapsulation = SaMode.Transport }), initiator);
            yield return Case("transport mode for a port", Same(new SidePolicy { Encapsulation = SaMode.Transport, Selectors = new(Protocol: 17, WestPort: 5000, EastPort: 53) }), initiator);
            yield return Case("a range", Same(new SidePolicy { Selectors = new(SelectorShape.Range) }), initiator);
            yield return Case("a host and a protocol", Same(new SidePolicy { Selectors = new(SelectorShape.Host, Protocol: 1) }), initiator);
            yield return Case("limits of volume", Same(new SidePolicy { ChildKilobytes = 100, ChildRekeyKilobytes = 50 }), initiator);
        }

        foreach (var mode in Enum.GetValues<Phase1Mode>())
        {
            yield return Case($"XAUTH PSK {mode}", Both(Roles(AuthenticationMethod.XauthInitPreShared), side => side with { Mode = mode }), Side.West);
            yield return Case($"XAUTH PSK of the responder {mode}", Both(Roles(AuthenticationMethod.XauthRespPreShared), side => side with { Mode = mode }), Side.East);
            yield return Case($"XAUTH RSA {mode}", Both(Roles(AuthenticationMethod.XauthInitRsa), side => side with { Mode = mode, Certificate = new() }), Side.West);
            yield return Case($"XAUTH RSA of the responder {mode}", Both(Roles(AuthenticationMethod.XauthRespRsa), side => side with { Mode = mode, Certificate = new() }), Side.East);
            var hybrid = Both(Roles(AuthenticationMethod.HybridInitRsa), side => side with { Mode = mode });
            yield return Case($"hybrid {mode}", hybrid with { East = hybrid.East with { Certificate = new() } }, Side.West);
        }
    }

    /// <summary>Something is wrong: none does, and strongSwan's log says why.</summary>
    public static IEnumerable<TestCaseData> Disagreements()
    {
        foreach (var initiator in new[] { Side.West, Side.East })
        {
            var sound = Signing(AuthenticationMethod.RsaSignatures, new());
            (CertificateFlaw Flaw, string Reason)[] flaws =
            [
                (CertificateFlaw.Expired, "subject certificate invalid (valid from Jan 01 00:00:00 2010 to Jan 01 00:00:00 2012)"),
                (CertificateFlaw.NotYetValid, "subject certificate invalid (valid from Jan 01 00:00:00 2047"),
                (CertificateFlaw.Revoked, "certificate was revoked on Jan 01 00:00:00 UTC 2010"),
                (CertificateFlaw.UnknownAuthority, "issuer is \"O=Conformance, OU=unknown-rsa2048-lists-none, CN=0\""),
                (CertificateFlaw.Forged, "issuer is \"O=Conformance, OU=trusted-rsa2048-lists-none, CN=0\""),
                (CertificateFlaw.IssuerIsNoAuthority, "issuer is \"O=Conformance, OU=trusted-rsa2048-lists-none, CN=impostor\""),
            ];
            foreach (var (flaw, reason) in flaws)
            {
                yield return Case($"{flaw}", new(sound with { Certificate = new() { Flaw = flaw } }, sound), initiator, reason);
            }

            var strict = Signing(AuthenticationMethod.RsaSignatures, new() { DemandsRevocationList = true });
            yield return Case("no list", new(sound, strict), initiator, "RULE_CRL_VALIDATION is SKIPPED, but requires at least GOOD");
            yield return Case(
                "an outdated list", new(Signing(AuthenticationMethod.RsaSignatures, new() { Listing = RevocationListing.Outdated }), strict), initiator, "crl is stale");
            foreach (var mode in Enum.GetValues<Phase1Mode>())
            {
                var other = mode == Phase1Mode.Main && initiator == Side.West ? "no peer config found" : "not-west.p";
                yield return Case($"another identity {mode}", new(new SidePolicy { Mode = mode }, new SidePolicy { Mode = mode, Demand = IdentityDemand.Another }), initiator, other);
                yield return Case(
                    $"another key {mode}", new(new SidePolicy { Mode = mode }, new SidePolicy { Mode = mode, PreSharedKey = "another" }), initiator, mode == Phase1Mode.Main ? "invalid HASH_V1 payload length" : "calculated HASH does not match");
            }

            yield return Case("one side aggressive", new(new SidePolicy { Mode = Phase1Mode.Aggressive }, new SidePolicy()), initiator, "but none allows pre-shared key authentication using");
        }

        var roles = Roles(AuthenticationMethod.XauthInitPreShared);
        yield return Case("another password", roles with { East = roles.East with { Xauth = new(IsServer: true, Password: "another") } }, Side.West, "XAuth authentication of 'someone-p");
    }

    private static SidePolicy Signing(AuthenticationMethod method, CertificateChoice certificate) => new SidePolicy { Certificate = certificate }.AuthenticatedBy(method);

    /// <summary>Both sides alike.</summary>
    public static ScenePolicy Same(SidePolicy side) => new(side, side);

    private static ScenePolicy Both(ScenePolicy policy, Func<SidePolicy, SidePolicy> change) => policy.Both(change);

    /// <summary>Both sides with parts in extended authentication: west is the client.</summary>
    public static ScenePolicy Roles(AuthenticationMethod method, ModeConfigChoice? west = null, ModeConfigChoice? east = null) => new ScenePolicy(
        new SidePolicy { Xauth = new(IsServer: false), ModeConfig = west },
        new SidePolicy { Xauth = new(IsServer: true), ModeConfig = east }).Both(side => side.AuthenticatedBy(method));

    private static TestCaseData Case(string name, ScenePolicy policy, Side initiator) => new TestCaseData(policy, initiator).SetArgDisplayNames(name, initiator.ToString());

    private static TestCaseData Case(string name, ScenePolicy policy, Side initiator, string reason) => new TestCaseData(policy, initiator, reason).SetArgDisplayNames(name, initiator.ToString());
}
