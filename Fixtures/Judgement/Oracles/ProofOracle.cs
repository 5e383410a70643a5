// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using Ipsec.Crypto;
using Ipsec.Crypto.Certificates;
using Ipsec.Crypto.Signatures;
using Ipsec.Wire.V1;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges the proofs of phase 1 by recomputing what they are about: HASH_I and HASH_R (RFC 2409 sections 5 to 5.2, RFC 4754).</summary>
public static class ProofOracle
{
    /// <summary>Both sides prove exactly what crossed the wire.</summary>
    /// <param name="messages">The messages, repetitions left out.</param>
    /// <param name="knowledge">What the wire does not tell.</param>
    /// <returns>The first proof that is something else; null when both hold.</returns>
    public static Finding? Proofs(IReadOnlyList<ObservedIke> messages, Phase1Knowledge knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        return Phase1Transcript.TryRead(messages, out var transcript, out var missing)
            ? Proof(transcript, transcript.Initiator, knowledge) ?? Proof(transcript, transcript.Responder, knowledge)
            : missing;
    }

    private static Finding? Proof(Phase1Transcript transcript, string side, Phase1Knowledge knowledge)
    {
        var letter = side == transcript.Initiator ? 'I' : 'R';
        var prf = transcript.Method switch
        {
            // The hash that the signature is tied to, in place of the negotiated one (RFC 2409 section 5.1, RFC 4754 section 4).
            AuthenticationMethod.EcdsaSha256 => PrfAlgorithm.Named("HMAC-SHA2-256"),
            AuthenticationMethod.EcdsaSha384 => PrfAlgorithm.Named("HMAC-SHA2-384"),
            AuthenticationMethod.EcdsaSha512 => PrfAlgorithm.Named("HMAC-SHA2-512"),
            _ => transcript.Hash,
        };
        if (transcript.Proof(side) is not { } message)
        {
            return Finding.Nothing($"a proof of {side}");
        }

        if (transcript.ProofHash(side, prf, knowledge) is not { } expected)
        {
            return Finding.Nothing($"all that HASH_{letter} covers, readable");
        }

        var hasSignature = transcript.Method is AuthenticationMethod.RsaSignatures
            or AuthenticationMethod.EcdsaSha256 or AuthenticationMethod.EcdsaSha384 or AuthenticationMethod.EcdsaSha512;
        return hasSignature ? Signature(message, side, letter, expected, transcript.Method, knowledge) : Hash(message, letter, expected);
    }

    private static Finding? Hash(ObservedIke message, char letter, byte[] expected)
    {
        var hash = message.Message!.Find<HashPayload>();
        return hash is not null && hash.Hash.Span.SequenceEqual(expected)
            ? null
            : new(
                $"HASH_{letter} is {Convert.ToHexStringLower(expected)}, as recomputed from the wire",
                $"frame {message.Number}: {(hash is null ? "no HASH" : Convert.ToHexStringLower(hash.Hash.Span))}");
    }

    private static Finding? Signature(ObservedIke message, string side, char letter, byte[] expected, AuthenticationMethod method, Phase1Knowledge knowledge)
    {
        var isRsa = method == AuthenticationMethod.RsaSignatures;
        var form = isRsa ? "in a PKCS #1 block without the hash's name" : "as ECDSA makes it, r before s, each as long as the field";
        var legal = $"SIG_{letter} is a signature of HASH_{letter} = {Convert.ToHexStringLower(expected)}, {form}, by the key of the sender's certificate";
        if (message.Message!.Find<SignaturePayload>() is not { } payload)
        {
            return new(legal, $"frame {message.Number}: no SIG");
        }

        var signature = payload.Signature;
        var keys = Keys(message, side, knowledge);
        if (keys.Count == 0)
        {
            return Finding.Nothing($"a public key of {side}");
        }

        return keys.Any(key => isRsa ? key.VerifyHashRaw(expected, signature.Span) : key.VerifyEcdsaHash(expected, signature.Span))
            ? null
            : new(legal, $"frame {message.Number}: {signature.Length} octets, {Otherwise(keys, expected, signature.Span)}");
    }

    /// <summary>The keys of the certificates that came with the proof; without any, the one that is known beforehand.</summary>
    private static List<VerifyingKey> Keys(ObservedIke message, string side, Phase1Knowledge knowledge)
    {
        List<VerifyingKey> sent = [.. message.Message!.All<CertificatePayload>().Select(Read).OfType<VerifyingKey>()];
        return sent.Count == 0 && knowledge.Keys.TryGetValue(side, out var known) ? [known.Public] : sent;
    }

    private static VerifyingKey? Read(CertificatePayload payload) =>
        payload.Encoding == (byte)CertificateEncoding.X509Signature && Certificate.TryRead(payload.Data, out var certificate, out _) ? certificate.PublicKey : null;

    /// <summary>What a wrong signature is instead, as far as it can be told.</summary>
    private static string Otherwise(List<VerifyingKey> keys, byte[] expected, ReadOnlySpan<byte> signature)
    {
        foreach (var key in keys.Where(key => key.Kind == KeyKind.Rsa))
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
            foreach (var name in new[] { HashAlgorithmName.MD5, HashAlgorithmName.SHA1, HashAlgorithmName.SHA256, HashAlgorithmName.SHA384, HashAlgorithmName.SHA512 })
            {
                if (HasSize(name, expected.Length) && rsa.VerifyHash(expected, signature, name, RSASignaturePadding.Pkcs1))
                {
                    return $"a signature of the hash with its name in front of it ({name.Name})";
                }
            }
        }

        return "not a signature of this hash by any of these keys";
    }

    private static bool HasSize(HashAlgorithmName name, int octets) => CryptographicOperations.HashData(name, []).Length == octets;
}
