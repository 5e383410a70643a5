// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.Certificates;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>Our proof, and the certificate payloads that belong to it (RFC 2409 section 5.1, RFC 4945 sections 3.2 and 3.3).</summary>
internal static class OwnProof
{
    /// <summary>HASH, or certificates and SIG.</summary>
    /// <param name="proof">What is proved.</param>
    /// <param name="peer">What the peer has told: whether it wants a certificate.</param>
    public static ImmutableArray<Payload> Build(ProofContext proof, PeerAnnouncement peer)
    {
        var policy = proof.Exchange.Policy;
        var hash = proof.Hash(proof.Exchange.LocalIdentity);
        return proof.Kind switch
        {
            ProofKind.Hash => [new HashPayload(hash)],
            ProofKind.RsaSignature => [.. Certificates(policy, peer), new SignaturePayload(policy.Certificates!.Key!.SignHashRaw(hash))],
            _ => [.. Certificates(policy, peer), new SignaturePayload(policy.Certificates!.Key!.SignEcdsaHash(hash))],
        };
    }

    /// <summary>
    /// Requests for the certificate of a peer that has to sign, one for each anchor. In main mode their place is messages 4 and 5
    /// (RFC 4945 section 3.2.5), in aggressive mode the first message of each side, so that an answer can follow.
    /// </summary>
    /// <param name="context">The exchange.</param>
    /// <param name="suites">What was negotiated, or what may be.</param>
    public static IEnumerable<Payload> Requests(Phase1Context context, params IEnumerable<Phase1Suite> suites) =>
        context.Policy is { PeerPublicKey: null, Certificates: { SendCertificateRequest: true } credentials }
        && suites.Any(suite => AuthenticationForm.Of(suite).Proof(ofInitiator: !context.IsInitiator) != ProofKind.Hash)
            ? credentials.Trust.Anchors
                .DistinctBy(anchor => Convert.ToHexString(anchor.SubjectDer.Span))
                .Select(anchor => new CertificateRequestPayload((byte)CertificateEncoding.X509Signature, anchor.SubjectDer))
            : [];

    private static IEnumerable<Payload> Certificates(ConnectionPolicy policy, PeerAnnouncement peer) => policy.Certificates!.SendCertificate switch
    {
        SendCertificate.Always => Payloads(policy.Certificates.Chain),
        SendCertificate.WhenAsked when peer.AsksForCertificate => Payloads(policy.Certificates.Chain),
        _ => [],
    };

    private static IEnumerable<Payload> Payloads(ImmutableArray<Certificate> chain) =>
        chain.Distinct().Select(c => new CertificatePayload((byte)CertificateEncoding.X509Signature, c.Der));
}
