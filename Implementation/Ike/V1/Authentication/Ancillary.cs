// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.Signatures;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>
/// Public value, nonce and identity as payloads: plain, or encrypted with the receiver's public key (RFC 2409 section 5.2). The revised
/// form is in <see cref="RevisedAncillary"/>.
/// </summary>
internal static class Ancillary
{
    /// <summary>Our values as payloads.</summary>
    /// <param name="context">The exchange.</param>
    /// <param name="suite">What was negotiated, or in the first message of aggressive mode what is offered.</param>
    /// <param name="ours">Our values.</param>
    /// <param name="peerKey">The peer's public key, when the method encrypts.</param>
    public static ImmutableArray<Payload> Build(Phase1Context context, Phase1Suite suite, AncillaryValues ours, VerifyingKey? peerKey)
    {
        var form = AuthenticationForm.Of(suite);
        return form.Ancillary switch
        {
            AncillaryForm.Plain => ours.Identity is null
                ? [new KeyExchangePayload(ours.PublicValue), new NoncePayload(ours.Nonce)]
                : [new KeyExchangePayload(ours.PublicValue), new NoncePayload(ours.Nonce), ours.Identity],
            AncillaryForm.Encrypted =>
            [
                .. HashOfPeerCertificate(context, suite),
                new KeyExchangePayload(ours.PublicValue),
                new UnknownPayload(ours.Identity!.Type, peerKey!.Encrypt(ours.Identity.Body.Span, context.Random)),
                new NoncePayload(peerKey.Encrypt(ours.Nonce.Span, context.Random)),
            ],
            _ => [.. HashOfPeerCertificate(context, suite), .. RevisedAncillary.Build(context, suite, ours, peerKey!)],
        };
    }

    /// <summary>
    /// The peer's values. What fails to decrypt is replaced by random values, so that the exchange goes on and fails at the proof: an
    /// answer that told good encryption from bad would let anyone decrypt with our key, message by message.
    /// </summary>
    /// <param name="context">The exchange.</param>
    /// <param name="suite">What was negotiated.</param>
    /// <param name="message">The peer's message, which fits its row.</param>
    /// <param name="values">The values.</param>
    /// <returns>Null, or what is wrong with what everyone can see.</returns>
    public static Rejection? Open(Phase1Context context, Phase1Suite suite, IsakmpMessage message, out AncillaryValues values)
    {
        var form = AuthenticationForm.Of(suite);
        var nonce = message.Find<NoncePayload>()!;
        values = new(message.Find<KeyExchangePayload>()!.PublicValue, nonce.Nonce, message.Find<IdentificationPayload>());
        if (form.Ancillary == AncillaryForm.Plain)
        {
            return Phase1Values.CheckNonce(nonce);
        }

        if (CheckHashOfOurCertificate(context, suite, message) is { } unknown)
        {
            return unknown;
        }

        if (form.Ancillary == AncillaryForm.RevisedEncrypted)
        {
            return RevisedAncillary.Open(context, suite, message, out values);
        }

        // Both or neither: with the right nonce and no identity only the other side would come to an end.
        var key = context.Policy.Certificates!.Key!;
        var opened = OpenNonce(context, nonce);
        values = key.TryDecrypt(message.Find<IdentificationPayload>()!.Body.Span, out var body) && Identity(body) is { } identity
            ? values with { Nonce = opened, Identity = identity }
            : values with { Nonce = Phase1Values.Nonce(context.Random), Identity = null };
        return null;
    }

    /// <summary>The decrypted nonce, or a random one in its place.</summary>
    public static byte[] OpenNonce(Phase1Context context, NoncePayload encrypted) =>
        context.Policy.Certificates!.Key!.TryDecrypt(encrypted.Nonce.Span, out var nonce) && Phase1Values.IsNonceSize(nonce.Length)
            ? nonce
            : Phase1Values.Nonce(context.Random);

    /// <summary>The identity whose body was decrypted; null when it is too short to be one.</summary>
    public static IdentificationPayload? Identity(byte[] body) => body.Length < 4
        ? null
        : new((IdType)body[0], body[1], (ushort)((body[2] << 8) | body[3]), body.AsMemory(4));

    /// <summary>Tells the responder which certificate's key was used (RFC 4945 section 3.3.11.4: whenever there is a certificate).</summary>
    private static IEnumerable<Payload> HashOfPeerCertificate(Phase1Context context, Phase1Suite suite) =>
        context.IsInitiator && context.Policy is { PeerCertificate: { } certificate } && context.Policy.PeerEncryptionKey == certificate.PublicKey
            ? [new HashPayload(KeySchedule.CertificateHash(suite.Hash, certificate.Der.Span))]
            : [];

    private static Rejection? CheckHashOfOurCertificate(Phase1Context context, Phase1Suite suite, IsakmpMessage message)
    {
        // In the responder's answer a HASH is its proof.
        return context.IsInitiator || message.Find<HashPayload>() is not { } hash || Names(hash)
            ? null
            : new("RFC 2409 section 5.2", "HASH(1) names a certificate that is not ours", NotifyType.InvalidHashInformation);

        bool Names(HashPayload named) => context.Policy.Certificates!.Chain.Any(c =>
            c.PublicKey.SubjectPublicKeyInfo.Span.SequenceEqual(context.Policy.Certificates.Key!.Public.SubjectPublicKeyInfo.Span)
            && KeySchedule.CertificateHash(suite.Hash, c.Der.Span).AsSpan().SequenceEqual(named.Hash.Span));
    }
}
