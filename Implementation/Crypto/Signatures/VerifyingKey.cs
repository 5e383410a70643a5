// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto.Signatures;

/// <summary>A public key that authenticates a peer in phase 1. Thread-safe.</summary>
public sealed class VerifyingKey
{
    private readonly RsaPublicOperations? _rsa;
    private readonly EcdsaCurve? _curve;
    private readonly ECPoint _point;

    private VerifyingKey(KeyKind kind, int bits, ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        Kind = kind;
        Bits = bits;
        SubjectPublicKeyInfo = subjectPublicKeyInfo;
    }

    internal VerifyingKey(RsaPublicOperations rsa, ReadOnlyMemory<byte> subjectPublicKeyInfo)
        : this(KeyKind.Rsa, rsa.Bits, subjectPublicKeyInfo) => _rsa = rsa;

    internal VerifyingKey(EcdsaCurve curve, ECPoint point, ReadOnlyMemory<byte> subjectPublicKeyInfo)
        : this(curve.Kind, curve.Bits, subjectPublicKeyInfo)
    {
        _curve = curve;
        _point = point;
    }

    /// <summary>The kind of the key.</summary>
    public KeyKind Kind { get; }

    /// <summary>Bits of the modulus, or of the curve's field; 0 for <see cref="KeyKind.Other"/>.</summary>
    public int Bits { get; }

    /// <summary>The key as X.509 encodes it (RFC 5280 section 4.1.2.7), in DER.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; }

    /// <summary>The longest plaintext that <see cref="Encrypt"/> takes: the modulus less 11 octets; 0 when the key is not an RSA key.</summary>
    public int MaximumPlaintextSize => _rsa?.MaximumPlaintextSize ?? 0;

    /// <summary>Reads a SubjectPublicKeyInfo with an RSA key or a key on one of the three curves of RFC 4754.</summary>
    /// <param name="subjectPublicKeyInfo">DER, without octets after it. It is copied.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Why there is none; empty when there is one.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out VerifyingKey? key, out string problem) =>
        SubjectPublicKey.TryRead(subjectPublicKeyInfo, out key, out problem);

    /// <summary>Reads the first "PUBLIC KEY" (SubjectPublicKeyInfo) of a PEM text (RFC 7468 section 13).</summary>
    /// <param name="pem">The text; what is before and after the key is passed over.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Why there is none; empty when there is one.</param>
    public static bool TryReadPem(string pem, [NotNullWhen(true)] out VerifyingKey? key, out string problem)
    {
        const string Label = "PUBLIC KEY";
        foreach ((string label, byte[] der) in Pem.Blocks(pem))
        {
            if (label == Label)
            {
                return TryRead(der, out key, out problem);
            }
        }

        key = null;
        problem = $"the text has no PEM block labelled {Label}";
        return false;
    }

    /// <summary>Whether <paramref name="signature"/> is what <see cref="SigningKey.SignHashRaw"/> makes of <paramref name="hash"/>.</summary>
    /// <returns>False also when the key is not an RSA key, and for a signature of another length than the modulus.</returns>
    public bool VerifyHashRaw(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) => _rsa?.Verify(hash, signature) ?? false;

    /// <summary>Whether <paramref name="signature"/>, r followed by s (RFC 4754 section 7), is one of <paramref name="data"/>.</summary>
    /// <returns>False also when the key is not an ECDSA key, and for a signature of another length.</returns>
    public bool VerifyEcdsa(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        _curve is not null && VerifyEcdsaHash(CryptographicOperations.HashData(_curve.Hash, data), signature);

    /// <summary>Whether <paramref name="signature"/> is what <see cref="SigningKey.SignEcdsaHash"/> makes of <paramref name="hash"/>.</summary>
    /// <returns>False also when the key is not an ECDSA key, and for a signature of another length.</returns>
    public bool VerifyEcdsaHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (_curve is null || signature.Length != 2 * _curve.ScalarSize)
        {
            return false;
        }

        using var ecdsa = ECDsa.Create(new ECParameters { Curve = ECCurve.CreateFromValue(_curve.Oid), Q = _point });
        return ecdsa.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>Encrypts in a PKCS #1 block of type 2 (RFC 2409 section 5.2, RFC 8017 section 7.2.1).</summary>
    /// <param name="plaintext">At most <see cref="MaximumPlaintextSize"/> octets.</param>
    /// <param name="random">Where the padding comes from.</param>
    /// <returns>As many octets as the modulus has.</returns>
    /// <exception cref="InvalidOperationException">The key is not an RSA key.</exception>
    /// <exception cref="ArgumentException">The plaintext is too long.</exception>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, IRandomSource random) =>
        (_rsa ?? throw new InvalidOperationException($"an {Kind} key is not an RSA key")).Encrypt(plaintext, random);

    /// <summary>A key that nothing here can use but that a certificate carries.</summary>
    internal static VerifyingKey Unusable(ReadOnlyMemory<byte> subjectPublicKeyInfo) => new(KeyKind.Other, 0, subjectPublicKeyInfo);
}
