// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Renders how both sides prove who they are.</summary>
internal static class LibreswanAuthentication
{
    private const string Secret = "secret";
    private const string RsaSignature = "rsasig";

    /// <summary>Settings and credentials.</summary>
    /// <exception cref="UnsupportedException">Libreswan cannot do it.</exception>
    public static LibreswanCredentials Render(PeerPolicy policy, string name)
    {
        var methods = policy.Phase1.Select(suite => suite.Authentication).Distinct().ToArray();
        if (methods.Length > 1)
        {
            throw new UnsupportedException($"libreswan has one authentication method for a connection, not {string.Join(" and ", methods)}");
        }

        var proof = Proof(methods[0]);
        var certificates = proof == RsaSignature ? policy.Certificates ?? throw Missing("certificates") : null;
        var isXauth = methods[0] is AuthenticationMethod.XauthInitPreShared or AuthenticationMethod.XauthInitRsa;
        return new LibreswanCredentials
        {
            Settings =
            [
                ("authby", proof),
                ("leftid", LibreswanIdentity.Of(policy.Identity.IsAny ? throw new ArgumentException("a side must have an identity of its own", nameof(policy)) : policy.Identity)),
                ("rightid", LibreswanIdentity.Of(policy.RemoteIdentity)),
                .. Certificates(certificates, policy, name),
                .. isXauth ? Xauth(policy.Xauth) : [],
            ],
            Secrets = (proof == Secret ? PreSharedKey(policy) : "") + (isXauth && policy.Xauth is XauthPeerPolicy.Client client ? $"@{client.User} : XAUTH {Quoted(client.Password)}\n" : ""),
            Certificates = certificates,
            Users = isXauth && policy.Xauth is XauthPeerPolicy.Server server ? server.Users : [],
        };
    }

    private static string Proof(AuthenticationMethod method) => method switch
    {
        AuthenticationMethod.PreSharedKey or AuthenticationMethod.XauthInitPreShared => Secret,
        AuthenticationMethod.RsaSignatures or AuthenticationMethod.XauthInitRsa => RsaSignature,
        AuthenticationMethod.XauthRespPreShared or AuthenticationMethod.XauthRespRsa =>
            throw new UnsupportedException("libreswan asks users only when they are the initiator of phase 1"),
        AuthenticationMethod.EcdsaSha256 or AuthenticationMethod.EcdsaSha384 or AuthenticationMethod.EcdsaSha512 =>
            throw new UnsupportedException("libreswan has ECDSA signatures (RFC 4754) only in IKEv2"),
        AuthenticationMethod.RsaEncryption or AuthenticationMethod.RevisedRsaEncryption =>
            throw new UnsupportedException("libreswan has no authentication with public key encryption (RFC 2409 sections 5.2 and 5.3)"),
        AuthenticationMethod.HybridInitRsa or AuthenticationMethod.HybridRespRsa => throw new UnsupportedException("libreswan has no hybrid authentication"),
        _ => throw new UnsupportedException($"libreswan has no authentication method {method}"),
    };

    private static ImmutableArray<(string, string)> Certificates(CertificatePeerPolicy? certificates, PeerPolicy policy, string name)
    {
        if (certificates is null)
        {
            return [];
        }

        if (certificates.DemandsRevocationList)
        {
            throw new UnsupportedException("libreswan demands revocation lists of all connections or of none (crl-strict)");
        }

        if (certificates.Own?.Key.Type is CertificateKeyType.EcdsaP256 or CertificateKeyType.EcdsaP384 or CertificateKeyType.EcdsaP521)
        {
            throw new UnsupportedException("libreswan has ECDSA signatures (RFC 4754) only in IKEv2");
        }

        if (policy.Identity.Type == IdType.KeyId)
        {
            throw new UnsupportedException("libreswan proves no identity that its certificate does not hold, and a key ID is in none");
        }

        var sending = certificates.Sending switch
        {
            CertificateSending.Always => "always",
            CertificateSending.Never => "never",
            _ => "sendifasked",
        };
        return
        [
            .. certificates.Own is null ? [] : (ReadOnlySpan<(string, string)>)[("leftcert", NssStore.OwnName(name)), ("leftsendcert", sending)],
            .. certificates.Chain.IsEmpty ? [] : (ReadOnlySpan<(string, string)>)[("sendca", "all")],
            .. certificates.Remote is null ? [] : (ReadOnlySpan<(string, string)>)[("rightcert", NssStore.RemoteName(name))],
            ("rightca", Authority(certificates)),
        ];
    }

    /// <summary>Libreswan asks for a certificate where it wants one of a certain authority, and has none yet.</summary>
    private static string Authority(CertificatePeerPolicy certificates) =>
        certificates is { SendsRequests: true, Anchors: [var anchor, ..] } ? anchor.Subject.Decode(X500DistinguishedNameFlags.None) : "%any";

    private static ImmutableArray<(string, string)> Xauth(XauthPeerPolicy? xauth) => xauth switch
    {
        XauthPeerPolicy.Client client => [("leftxauthclient", "yes"), ("rightxauthserver", "yes"), ("leftusername", client.User)],
        XauthPeerPolicy.Server => [("leftxauthserver", "yes"), ("rightxauthclient", "yes"), ("xauthby", "file")],
        _ => throw Missing("part in extended authentication"),
    };

    /// <summary>A main mode responder has only the addresses to choose a key by; an identity would do for everything else.</summary>
    private static string PreSharedKey(PeerPolicy policy)
    {
        if (policy.RemoteIdentity.IsAny && policy.Mode == Phase1Mode.Main)
        {
            throw new UnsupportedException("libreswan takes in main mode with a pre-shared key no identity that its connection does not name");
        }

        // Pluto takes no key of which one owner is right and another one anybody.
        string[] owners =
        [
            policy.Address.ToString(), policy.RemoteAddress.ToString(), LibreswanIdentity.Of(policy.Identity),
            .. policy.RemoteIdentity.IsAny ? [] : (ReadOnlySpan<string>)[LibreswanIdentity.Of(policy.RemoteIdentity)],
        ];
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', owners.Distinct(StringComparer.Ordinal))} : PSK {Quoted(policy.PreSharedKey ?? throw Missing("pre-shared key"))}\n");
    }

    /// <summary>What quotes cannot hold is written in hexadecimal.</summary>
    private static string Quoted(string secret) =>
        secret.Any(c => c is '"' or < ' ') ? $"0x{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))}" : $"\"{secret}\"";

    private static ArgumentException Missing(string what) => new($"the policy's authentication method needs {what}, which the policy does not have");
}
