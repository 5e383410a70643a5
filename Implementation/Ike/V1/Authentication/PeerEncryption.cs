// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>The public key with which a responder encrypts its answer (RFC 2409 sections 5.2 and 5.3).</summary>
internal static class PeerEncryption
{
    /// <summary>The key that is configured, else that of the certificate which came along.</summary>
    /// <param name="context">The exchange, with the connection that the peer's identity means.</param>
    /// <param name="suite">What was negotiated.</param>
    /// <param name="peer">What the peer has told.</param>
    /// <param name="key">The key; null when the method needs none.</param>
    /// <returns>Null when there is a key or none is needed.</returns>
    public static Rejection? FindKey(Phase1Context context, Phase1Suite suite, AncillaryValues peer, out VerifyingKey? key)
    {
        key = context.Policy.PeerEncryptionKey;
        if (key is not null || !AuthenticationForm.Of(suite).ConcealsIdentity)
        {
            return null;
        }

        if (peer is not { Certificate: { } certificate, Identity: { } identity } || certificate.PublicKey.MaximumPlaintextSize < Phase1Values.NonceSize)
        {
            return new("RFC 2409 section 5.3", "no RSA key of the peer is known that could encrypt a nonce", NotifyType.AuthenticationFailed);
        }

        var credentials = context.Policy.Certificates!;
        var verdict = credentials.Trust.Check(certificate, [], [], context.Now, CertificatePurpose.Encryption);
        if (!verdict.IsValid)
        {
            return new("RFC 2408 section 5.9", $"{verdict.Status}: {verdict.Text}", NotifyType.InvalidCertificate);
        }

        key = certificate.PublicKey;
        return PeerIdentity.CheckBinding(identity, certificate, context.PeerAddress, credentials.VerifyAddressIdentity) is { } unbound
            ? unbound with { IsFatal = false }
            : null;
    }
}
