// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Authentication;

/// <summary>
/// Public value, nonce and identity in the revised mode (RFC 2409 section 5.3): the nonce is encrypted with the receiver's public key, and
/// the payloads after it, whatever their order, with a key made of the nonce, as one CBC chain that begins with an IV of zeros.
/// </summary>
internal static class RevisedAncillary
{
    public static ImmutableArray<Payload> Build(Phase1Context context, Phase1Suite suite, AncillaryValues ours, VerifyingKey peerKey)
    {
        using var chain = new Chain(suite, ours.Nonce.Span, context.IsInitiator ? context.InitiatorCookie : context.ResponderCookie);
        var payloads = ImmutableArray.CreateBuilder<Payload>();
        payloads.Add(new NoncePayload(peerKey.Encrypt(ours.Nonce.Span, context.Random)));
        payloads.Add(new KeyExchangePayload(chain.Encrypt(ours.PublicValue.Span)));
        payloads.Add(new UnknownPayload(PayloadType.Identification, chain.Encrypt(ours.Identity!.Body.Span)));
        if (context is { IsInitiator: true, Policy.Certificates: { SendCertificate: SendCertificate.Always, Chain: [var certificate, ..] } })
        {
            var body = new CertificatePayload((byte)CertificateEncoding.X509KeyExchange, certificate.Der).Body;
            payloads.Add(new UnknownPayload(PayloadType.Certificate, chain.Encrypt(body.Span)));
        }

        return payloads.ToImmutable();
    }

    /// <summary>See <see cref="Ancillary.Open"/>.</summary>
    public static Rejection? Open(Phase1Context context, Phase1Suite suite, IsakmpMessage message, out AncillaryValues values)
    {
        values = Decoy(context, suite);
        var concealed = message.Payloads.Where(p => p is not (SaPayload or HashPayload)).ToArray();
        var first = message.Payloads.FirstOrDefault(p => p is not SaPayload);
        if (concealed[0] is not NoncePayload nonce || (!context.IsInitiator && first is not (HashPayload or NoncePayload)))
        {
            return new("RFC 2409 section 5.3", "the encrypted nonce is not the first payload or the one behind HASH(1)", NotifyType.PayloadMalformed);
        }

        var blockSize = suite.Encryption.BlockSize;
        if (Array.Find(concealed[1..], p => p.Body.Length == 0 || p.Body.Length % blockSize != 0) is { } broken)
        {
            return new("RFC 2409 section 5.3", $"{broken.Type} of {broken.Body.Length} bytes is not whole blocks of {blockSize}", NotifyType.PayloadMalformed);
        }

        var opened = Ancillary.OpenNonce(context, nonce);
        using var chain = new Chain(suite, opened, context.IsInitiator ? context.ResponderCookie : context.InitiatorCookie);
        var bodies = concealed[1..].Select(p => (p.Type, Body: chain.TryDecrypt(p.Body.Span))).ToArray();
        if (Of(PayloadType.KeyExchange) is { } publicValue
            && publicValue.Length == suite.Group.PublicValueSize
            && Of(PayloadType.Identification) is { } body
            && Ancillary.Identity(body) is { } identity)
        {
            values = new(publicValue, opened, identity, Of(PayloadType.Certificate) is { } sent ? Read(sent) : null);
        }

        return null;

        byte[]? Of(PayloadType type) => bodies.FirstOrDefault(b => b.Type == type).Body;
    }

    private static Certificate? Read(byte[] body) =>
        body is [(byte)CertificateEncoding.X509Signature or (byte)CertificateEncoding.X509KeyExchange, ..]
        && Certificate.TryRead(body.AsMemory(1), out var certificate, out _) ? certificate : null;

    private static AncillaryValues Decoy(Phase1Context context, Phase1Suite suite)
    {
        using var exchange = suite.Group.Generate(context.Random);
        return new(exchange.PublicValue.ToArray(), Phase1Values.Nonce(context.Random), null);
    }

    /// <summary>Ke_i or Ke_r and the running IV.</summary>
    private sealed class Chain(Phase1Suite suite, ReadOnlySpan<byte> nonce, Cookie cookie) : IDisposable
    {
        private readonly ICbcCipher _cipher =
            suite.Encryption.CreateCbc(KeySchedule.RevisedEncryptionKey(suite.Hash, suite.Encryption, nonce, cookie.ToBytes()));

        private byte[] _iv = new byte[suite.Encryption.BlockSize];

        /// <summary>
        /// Padded with zeros to the block size; the last byte counts the padding without itself, so that there always is padding.
        /// </summary>
        public byte[] Encrypt(ReadOnlySpan<byte> body)
        {
            var padded = new byte[((body.Length / _iv.Length) + 1) * _iv.Length];
            body.CopyTo(padded);
            padded[^1] = (byte)(padded.Length - body.Length - 1);
            var ciphertext = new byte[padded.Length];
            _cipher.Encrypt(_iv, padded, ciphertext);
            _iv = ciphertext[^_iv.Length..];
            return ciphertext;
        }

        /// <summary>The body; null when its padding is none.</summary>
        public byte[]? TryDecrypt(ReadOnlySpan<byte> ciphertext)
        {
            var plaintext = new byte[ciphertext.Length];
            _cipher.Decrypt(_iv, ciphertext, plaintext);
            _iv = ciphertext[^_iv.Length..].ToArray();
            var padding = plaintext[^1] + 1;
            return padding <= plaintext.Length && !plaintext.AsSpan()[^padding..^1].ContainsAnyExcept((byte)0) ? plaintext[..^padding] : null;
        }

        public void Dispose() => _cipher.Dispose();
    }
}
