// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Fixtures.Rig.Certificates;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>Renders for our own implementation how both sides prove who they are.</summary>
internal static class IkeV1Authentication
{
    /// <summary>The key that both sides share; empty when no suite uses it.</summary>
    public static ReadOnlyMemory<byte> PreSharedKey(PeerPolicy policy) =>
        policy.Phase1.Any(suite => suite.Authentication is AuthenticationMethod.PreSharedKey or AuthenticationMethod.XauthInitPreShared or AuthenticationMethod.XauthRespPreShared)
            ? Encoding.UTF8.GetBytes(policy.PreSharedKey ?? "")
            : default;

    /// <summary>What this side proves itself with, and what it believes; null for neither.</summary>
    public static CertificateCredentials? Credentials(PeerPolicy policy) => policy.Certificates is not { } certificates
        ? null
        : new()
        {
            Chain = certificates.Own is { } own ? [Read(own), .. certificates.Chain.Select(Read)] : [],
            Key = certificates.Own is { } signer ? Key(signer) : null,
            Trust = new()
            {
                Anchors = [.. certificates.Anchors.Select(Read)],
                Crls = [.. certificates.RevocationLists.Select(list => list.Der)],
                RequireCrl = certificates.DemandsRevocationList,
            },
            SendCertificate = certificates.Sending switch
            {
                CertificateSending.Always => SendCertificate.Always,
                CertificateSending.Never => SendCertificate.Never,
                _ => SendCertificate.WhenAsked,
            },
            SendCertificateRequest = certificates.SendsRequests,
            VerifyAddressIdentity = !ClaimsForeignAddress(policy),
        };

    /// <summary>The other side's certificate where it is known beforehand.</summary>
    public static Certificate? PeerCertificate(PeerPolicy policy) => policy.Certificates?.Remote is { } remote ? Read(remote) : null;

    /// <summary>Users and passwords; null when no suite asks for them.</summary>
    public static XauthPolicy? Xauth(PeerPolicy policy) => policy.Xauth switch
    {
        XauthPeerPolicy.Client client => new() { Credentials = User(client.User, client.Password) },
        XauthPeerPolicy.Server server => new() { HasIdentifiers = server.HasIdentifiers, Users = [.. server.Users.Select(user => User(user.User, user.Password))] },
        _ => null,
    };

    /// <summary>Whether the policy itself demands an address as identity from which packets do not come: behind a NAT, or of the other family.</summary>
    private static bool ClaimsForeignAddress(PeerPolicy policy) =>
        policy.RemoteIdentity.Payload is { } identity && identity.TryGetAddress(out var address) && !address.Equals(policy.RemoteAddress);

    private static XauthUser User(string name, string password) => new(name, Encoding.UTF8.GetBytes(password));

    private static Certificate Read(IssuedCertificate issued) =>
        Certificate.TryRead(issued.Der, out var certificate, out var problem) ? certificate : throw new InvalidOperationException($"{issued.Name}: {problem}");

    /// <summary>Each policy has an object of its own for the key, for endpoints run on threads of their own; the collector ends it with the policy.</summary>
    private static SigningKey Key(IssuedCertificate issued) =>
        SigningKey.TryRead(issued.Key.Pem, out var key, out var problem) ? key : throw new InvalidOperationException($"{issued.Name}: {problem}");
}
