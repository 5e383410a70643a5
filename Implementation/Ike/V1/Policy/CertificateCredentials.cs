// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;

namespace Ipsec.Ike.V1.Policy;

/// <summary>Our key pair with its certificates, and whose certificates we believe.</summary>
public sealed record CertificateCredentials
{
    /// <summary>Our certificate, then intermediate ones in any order; empty when the peer knows our public key itself.</summary>
    public ImmutableArray<Certificate> Chain { get; init; } = [];

    /// <summary>
    /// Our private key: signs (RFC 2409 section 5.1) or decrypts (sections 5.2 and 5.3). Null where only the peer proves itself with a
    /// key, as on the client's side of hybrid authentication. Whoever made it ends its use.
    /// </summary>
    public SigningKey? Key { get; init; }

    /// <summary>Whose certificates are believed of a peer.</summary>
    public CertificateTrust Trust { get; init; } = new();

    /// <summary>When our certificates go out.</summary>
    public SendCertificate SendCertificate { get; init; } = SendCertificate.WhenAsked;

    /// <summary>Whether the peer is asked for its certificates, once for each anchor (RFC 4945 section 3.2.7.1).</summary>
    public bool SendCertificateRequest { get; init; } = true;

    /// <summary>
    /// Whether a peer that calls itself by an address must send from that address. RFC 4945 section 3.1.1 wants it by default; behind a
    /// NAT it cannot hold.
    /// </summary>
    public bool VerifyAddressIdentity { get; init; } = true;
}
