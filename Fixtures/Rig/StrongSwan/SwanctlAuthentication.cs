// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Ipsec.Crypto.Certificates;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>Renders how both sides prove who they are: one or two rounds each, and the credentials for them.</summary>
internal static class SwanctlAuthentication
{
    private const string Psk = "psk";
    private const string PublicKey = "pubkey";
    private const string Xauth = "xauth";

    /// <summary>Rounds and credentials.</summary>
    /// <exception cref="UnsupportedException">strongSwan cannot do it.</exception>
    public static RenderedAuthentication Render(PeerPolicy policy, string name)
    {
        var methods = policy.Phase1.Select(suite => suite.Authentication).Distinct().ToArray();
        if (methods.Length > 1)
        {
            throw new UnsupportedException($"strongswan has one authentication method for a connection, not {string.Join(" and ", methods)}");
        }

        var (local, remote) = Rounds(methods[0], policy);
        var secrets = Secrets(policy, name, (local.Concat(remote)).Contains(Psk)).ToImmutableArray();
        var certificates = local.Concat(remote).Contains(PublicKey) ? policy.Certificates ?? throw Missing("certificates") : null;
        CheckKey(methods[0], certificates, policy);
        return new RenderedAuthentication
        {
            Rounds = Sections(policy, local, remote, certificate => certificate.Pem),
            WrittenRounds = Sections(policy, local, remote, CertificateFiles.NameOf),
            Secrets = [.. secrets.Select(secret => secret.Loaded)],
            WrittenSecrets = [.. secrets.Select(secret => secret.Written)],
            Certificates = certificates is null ? [] : [.. Certificates(certificates)],
            Keys = certificates?.Own is { } own ? [ConfigSection.Message(new ConfigSetting("type", "any"), new ConfigSetting("data", own.Key.Pem))] : [],
            Files = [.. CertificateFiles.Of(certificates)],
        };
    }

    /// <summary>What this side and the other do, in order.</summary>
    private static (ImmutableArray<string> Local, ImmutableArray<string> Remote) Rounds(AuthenticationMethod method, PeerPolicy policy) => method switch
    {
        AuthenticationMethod.PreSharedKey => ([Psk], [Psk]),
        AuthenticationMethod.RsaSignatures or AuthenticationMethod.EcdsaSha256 or AuthenticationMethod.EcdsaSha384 or AuthenticationMethod.EcdsaSha512 =>
            ([PublicKey], [PublicKey]),
        AuthenticationMethod.XauthInitPreShared or AuthenticationMethod.XauthRespPreShared => WithXauth(Psk, policy),
        AuthenticationMethod.XauthInitRsa or AuthenticationMethod.XauthRespRsa => WithXauth(PublicKey, policy),
        AuthenticationMethod.HybridInitRsa => IsXauthClient(policy) ? ([Xauth], [PublicKey]) : ([PublicKey], [Xauth]),
        AuthenticationMethod.HybridRespRsa => throw new UnsupportedException("strongswan has hybrid authentication only with the client as initiator"),
        AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption =>
            throw new UnsupportedException("strongswan has no authentication with public key encryption (RFC 2409 sections 5.2 and 5.3)"),
        AuthenticationMethod.DssSignatures or AuthenticationMethod.HybridInitDss or AuthenticationMethod.HybridRespDss
            or AuthenticationMethod.XauthInitDss or AuthenticationMethod.XauthRespDss => throw new UnsupportedException("strongswan has no DSS signatures"),
        _ => throw new UnsupportedException($"strongswan has no authentication method {method}"),
    };

    private static (ImmutableArray<string> Local, ImmutableArray<string> Remote) WithXauth(string first, PeerPolicy policy) =>
        IsXauthClient(policy) ? ([first, Xauth], [first]) : ([first], [first, Xauth]);

    private static bool IsXauthClient(PeerPolicy policy) => policy.Xauth switch
    {
        XauthPeerPolicy.Client => true,
        XauthPeerPolicy.Server => false,
        _ => throw Missing("part in extended authentication"),
    };

    /// <summary>
    /// strongSwan tells the method by the key that the identity leads to, so the key must be of the method's kind, and the identity the
    /// certificate's own.
    /// </summary>
    private static void CheckKey(AuthenticationMethod method, CertificatePeerPolicy? certificates, PeerPolicy policy)
    {
        if (certificates?.Own is not { } own)
        {
            return;
        }

        var wanted = method switch
        {
            AuthenticationMethod.EcdsaSha256 => own.Key.Type == CertificateKeyType.EcdsaP256,
            AuthenticationMethod.EcdsaSha384 => own.Key.Type == CertificateKeyType.EcdsaP384,
            AuthenticationMethod.EcdsaSha512 => own.Key.Type == CertificateKeyType.EcdsaP521,
            _ => own.Key.Type is CertificateKeyType.Rsa2048 or CertificateKeyType.Rsa3072 or CertificateKeyType.Rsa4096,
        };
        if (!wanted)
        {
            throw new UnsupportedException($"strongswan takes the authentication method from the key, and {own.Key.Type} is none for {method}");
        }

        if (policy.Identity.Type == IdType.KeyId)
        {
            throw new UnsupportedException("strongswan finds a certificate by the identity, and a key ID is in none");
        }

        if (policy.Identity.Payload is { } identity && !Holds(own, identity))
        {
            throw new UnsupportedException("strongswan proves no identity that its certificate does not hold");
        }

        if (policy.Identity.Type == IdType.Ipv4Address && method is not (AuthenticationMethod.RsaSignatures or AuthenticationMethod.XauthInitRsa or AuthenticationMethod.HybridInitRsa))
        {
            throw new UnsupportedException("strongswan finds the kind of key by the identity alone, and its address is the same in all scenarios, most of which use RSA");
        }
    }

    private static bool Holds(IssuedCertificate own, IdentificationPayload identity) =>
        Certificate.TryRead(own.Der, out var certificate, out _)
        && (certificate.SubjectDer.Span.SequenceEqual(identity.Data.Span) || certificate.AltNames.Any(name => name.Value.Span.SequenceEqual(identity.Data.Span)));

    private static ImmutableArray<ConfigSection> Sections(
        PeerPolicy policy, ImmutableArray<string> local, ImmutableArray<string> remote, Func<IssuedCertificate, string> reference) =>
    [
        .. local.Select((auth, round) => new ConfigSection(RoundName("local", round),
        [
            new ConfigSetting("auth", auth),
            .. round == 0 ? [new ConfigSetting("id", StrongSwanIdentity.Of(Claimed(policy.Identity)))] : Array.Empty<ConfigEntry>(),
            .. auth == PublicKey && policy.Certificates!.Own is { } own ? [new ConfigList("certs", [reference(own), .. policy.Certificates.Chain.Select(reference)])] : Array.Empty<ConfigEntry>(),
            .. auth == Xauth && policy.Xauth is XauthPeerPolicy.Client client ? [new ConfigSetting("xauth_id", client.User)] : Array.Empty<ConfigEntry>(),
        ])),
        .. remote.Select((auth, round) => new ConfigSection(RoundName("remote", round),
        [
            new ConfigSetting("auth", auth),
            .. round == 0 && !policy.RemoteIdentity.IsAny ? [new ConfigSetting("id", StrongSwanIdentity.Of(policy.RemoteIdentity))] : Array.Empty<ConfigEntry>(),
            .. auth == PublicKey ? Demands(policy.Certificates!, reference) : [],
        ])),
    ];

    private static ImmutableArray<ConfigEntry> Demands(CertificatePeerPolicy certificates, Func<IssuedCertificate, string> reference) =>
    [
        .. certificates.Remote is { } remote ? [new ConfigList("certs", [reference(remote)])] : Array.Empty<ConfigEntry>(),
        .. certificates.Anchors.IsEmpty ? Array.Empty<ConfigEntry>() : [new ConfigList("cacerts", [.. certificates.Anchors.Select(reference)])],
        .. certificates.DemandsRevocationList ? [new ConfigSetting("revocation", "strict")] : Array.Empty<ConfigEntry>(),
    ];

    private static PeerIdentity Claimed(PeerIdentity identity) =>
        identity.IsAny ? throw new ArgumentException("a side must have an identity of its own", nameof(identity)) : identity;

    private static string RoundName(string side, int round) => round == 0 ? side : string.Create(CultureInfo.InvariantCulture, $"{side}-{round + 1}");

    private static IEnumerable<(ConfigSection Loaded, ConfigSection Written)> Secrets(PeerPolicy policy, string name, bool needsKey)
    {
        if (needsKey)
        {
            yield return PreSharedKey(policy, name, policy.PreSharedKey ?? throw Missing("pre-shared key"));
        }

        ImmutableArray<(string User, string Password)> users = policy.Xauth switch
        {
            XauthPeerPolicy.Client client => [(client.User, client.Password)],
            XauthPeerPolicy.Server server => server.Users,
            _ => [],
        };
        for (var i = 0; i < users.Length; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-user-{i + 1}");
            yield return (
                Loaded(id, "XAUTH", users[i].Password, [users[i].User]),
                new ConfigSection($"xauth-{id}", [new ConfigSetting("id", users[i].User), new ConfigSetting("secret", users[i].Password)]));
        }
    }

    private static (ConfigSection Loaded, ConfigSection Written) PreSharedKey(PeerPolicy policy, string name, string key)
    {
        // A main mode responder has only the addresses to choose a key by; an identity would do for everything else.
        ImmutableArray<string> owners =
        [
            policy.Address.ToString(), policy.RemoteAddress.ToString(), StrongSwanIdentity.Of(Claimed(policy.Identity)), StrongSwanIdentity.Of(policy.RemoteIdentity),
        ];
        owners = [.. owners.Distinct(StringComparer.Ordinal)];
        return (
            Loaded(name, "IKE", key, owners),
            new ConfigSection($"ike-{name}",
            [
                new ConfigSetting("secret", key),
                .. owners.Select((owner, index) => new ConfigSetting(string.Create(CultureInfo.InvariantCulture, $"id-{index + 1}"), owner)),
            ]));
    }

    private static ConfigSection Loaded(string id, string type, string data, ImmutableArray<string> owners) => ConfigSection.Message(
        new ConfigSetting("id", id), new ConfigSetting("type", type), new ConfigSetting("data", data), new ConfigList("owners", owners));

    /// <summary>What the connection's own sections do not bring with them: authorities as such, and revocation lists.</summary>
    private static IEnumerable<ConfigSection> Certificates(CertificatePeerPolicy certificates)
    {
        foreach (var anchor in certificates.Anchors)
        {
            yield return ConfigSection.Message(new ConfigSetting("type", "X509"), new ConfigSetting("flag", "CA"), new ConfigSetting("data", anchor.Pem));
        }

        foreach (var list in certificates.RevocationLists)
        {
            yield return ConfigSection.Message(new ConfigSetting("type", "X509_CRL"), new ConfigSetting("flag", "NONE"), new ConfigSetting("data", list.Pem));
        }
    }

    private static ArgumentException Missing(string what) => new($"the policy's authentication method needs {what}, which the policy does not have");
}
