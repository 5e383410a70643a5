// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>
/// The peer's proof (RFC 2408 sections 5.11 and 5.12): first whether it is right, then whether whoever made it is trusted, then whether
/// it is the one that the policy expects.
/// </summary>
internal static class PeerProof
{
    /// <summary>Checks the proof in a message.</summary>
    /// <param name="proof">What is proved.</param>
    /// <param name="identity">What the peer calls itself.</param>
    /// <param name="message">The message with HASH or SIG, and certificates.</param>
    /// <returns>
    /// Null when the peer is who it should be. A wrong or untrusted proof is not fatal, since anyone can send one; a right one by somebody
    /// else than the policy wants is.
    /// </returns>
    public static Rejection? Check(ProofContext proof, IdentificationPayload identity, IsakmpMessage message)
    {
        var expected = proof.Hash(identity);
        var wrong = proof.Kind == ProofKind.Hash ? CheckHash(proof, expected, message) : CheckSignature(proof, expected, identity, message);
        return wrong ?? PeerIdentity.Check(identity, proof.Exchange.Policy);
    }

    /// <summary>What is said of a HASH that is not what it should be.</summary>
    public static Rejection WrongHash(ProofContext proof)
    {
        var reason = proof.Form.Skeyid == SkeyidSource.PreSharedKey ? "the pre-shared keys differ or the message was altered" : "a key differs or the message was altered";
        return new("RFC 2408 section 5.11", $"HASH_{Side(proof)} does not match: {reason}", NotifyType.AuthenticationFailed);
    }

    private static Rejection? CheckHash(ProofContext proof, byte[] expected, IsakmpMessage message) =>
        CryptographicOperations.FixedTimeEquals(expected, message.Find<HashPayload>()!.Hash.Span) ? null : WrongHash(proof);

    private static Rejection? CheckSignature(ProofContext proof, byte[] expected, IdentificationPayload identity, IsakmpMessage message)
    {
        var policy = proof.Exchange.Policy;
        var signature = message.Find<SignaturePayload>()!.Signature;
        if (policy.PeerPublicKey is { } known)
        {
            return IsSignedBy(known) ? null : WrongSignature("not made with the peer's key");
        }

        var received = ReceivedCertificates.Read(message);
        var certificates = policy.PeerCertificate is { } kept ? received.Certificates.Add(kept) : received.Certificates;
        if (certificates.IsEmpty)
        {
            return received.Discarded ?? new("RFC 2409 section 5.1", "the peer sent no certificate and none is configured", NotifyType.AuthenticationFailed);
        }

        if (certificates.FirstOrDefault(c => IsSignedBy(c.PublicKey)) is not { } signer)
        {
            return received.Discarded ?? WrongSignature("made with the key of no certificate");
        }

        var credentials = policy.Certificates!;
        var verdict = credentials.Trust.Check(signer, certificates.Remove(signer), received.Crls, proof.Exchange.Now, CertificatePurpose.Signature);
        if (!verdict.IsValid)
        {
            // Not fatal: the signature does not cover the certificates, and a damaged intermediate one ends in the same verdict.
            return new("RFC 2408 section 5.9", $"{verdict.Status}: {verdict.Text}", NotifyType.InvalidCertificate);
        }

        return PeerIdentity.CheckBinding(identity, signer, proof.Exchange.PeerAddress, credentials.VerifyAddressIdentity);

        bool IsSignedBy(VerifyingKey key) => key.Kind == proof.Form.Key
            && (proof.Kind == ProofKind.RsaSignature ? key.VerifyHashRaw(expected, signature.Span) : key.VerifyEcdsaHash(expected, signature.Span));

        Rejection WrongSignature(string why) =>
            new("RFC 2408 section 5.12", $"SIG_{Side(proof)} is wrong: {why}, or the message was altered", NotifyType.AuthenticationFailed);
    }

    private static char Side(ProofContext proof) => proof.OfInitiator ? 'I' : 'R';
}
