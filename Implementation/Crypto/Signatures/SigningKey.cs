// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

using Ipsec.Crypto.Backends;

namespace Ipsec.Crypto.Signatures;

/// <summary>
/// A private key that authenticates us in phase 1. Its signatures are deterministic: the same key and data give the same octets.
/// Not thread-safe.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private readonly RsaPrivateOperations? _rsa;
    private readonly EcdsaSigning? _ecdsa;
    private bool _disposed;

    private SigningKey(VerifyingKey publicKey, RsaPrivateOperations? rsa, EcdsaSigning? ecdsa)
    {
        Public = publicKey;
        _rsa = rsa;
        _ecdsa = ecdsa;
    }

    /// <summary>The kind of the key; never <see cref="KeyKind.Other"/>.</summary>
    public KeyKind Kind => Public.Kind;

    /// <summary>Bits of the modulus, or of the curve's field.</summary>
    public int Bits => Public.Bits;

    /// <summary>The other half of the pair.</summary>
    public VerifyingKey Public { get; }

    /// <summary>
    /// Reads the first private key of a PEM text (RFC 7468): "PRIVATE KEY" (PKCS #8), "RSA PRIVATE KEY" (PKCS #1) or
    /// "EC PRIVATE KEY" (RFC 5915), none of them encrypted.
    /// </summary>
    /// <param name="pem">The text; what is before and after the key is passed over.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Why there is none; empty when there is one.</param>
    public static bool TryRead(string pem, [NotNullWhen(true)] out SigningKey? key, out string problem)
    {
        key = null;
        if (!PrivateKeyPem.TryRead(pem, out RSA? rsa, out ECDsa? ecdsa, out problem))
        {
            return false;
        }

        using (rsa)
        using (ecdsa)
        {
            byte[] spki = rsa?.ExportSubjectPublicKeyInfo() ?? ecdsa!.ExportSubjectPublicKeyInfo();
            if (!VerifyingKey.TryRead(spki, out VerifyingKey? publicKey, out problem))
            {
                return false;
            }

            if (rsa is not null)
            {
                if (!RsaPrivateOperations.TryCreate(rsa.ExportParameters(true), out RsaPrivateOperations? operations, out problem))
                {
                    return false;
                }

                key = new SigningKey(publicKey, operations, null);
                return true;
            }

            ECParameters parameters = ecdsa!.ExportParameters(true);
            key = new SigningKey(publicKey, null, new EcdsaSigning(EcdsaCurve.Of(parameters.Curve.Oid.Value)!, parameters.D));
            CryptographicOperations.ZeroMemory(parameters.D);
            return true;
        }
    }

    /// <summary>
    /// Signs as RFC 2409 section 5.1 wants it of RSA: the private key operation over <paramref name="hash"/> alone in a PKCS #1
    /// block of type 1, without the DigestInfo that names the hash algorithm.
    /// </summary>
    /// <param name="hash">HASH_I or HASH_R; at most the modulus less 11 octets.</param>
    /// <returns>As many octets as the modulus has.</returns>
    /// <exception cref="InvalidOperationException">The key is not an RSA key.</exception>
    public byte[] SignHashRaw(ReadOnlySpan<byte> hash) => Rsa().Sign(hash);

    /// <summary>
    /// Signs as RFC 4754 section 7 says: the hash that belongs to the curve is computed over <paramref name="data"/>, and the result
    /// is r followed by s, each as long as the curve's field. The per-signature secret k is derived as RFC 6979 says.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key is not an ECDSA key.</exception>
    public byte[] SignEcdsa(ReadOnlySpan<byte> data) => Ecdsa().Sign(data);

    /// <summary>
    /// Signs what is a hash already: in IKEv1 the signature is one of HASH_I or HASH_R (RFC 2409 section 5.1), made with the hash that
    /// belongs to the curve, and is not hashed again. The layout is that of <see cref="SignEcdsa"/>.
    /// </summary>
    /// <param name="hash">As long as the hash that belongs to the curve.</param>
    /// <exception cref="InvalidOperationException">The key is not an ECDSA key.</exception>
    public byte[] SignEcdsaHash(ReadOnlySpan<byte> hash) => Ecdsa().SignHash(hash.ToArray());

    /// <summary>Decrypts what was encrypted with <see cref="Public"/> in a PKCS #1 block of type 2 (RFC 2409 section 5.2).</summary>
    /// <param name="ciphertext">As received; one of another length than the modulus is refused.</param>
    /// <param name="plaintext">What was in the block; empty when refused.</param>
    /// <returns>False when no well-formed block comes out.</returns>
    /// <exception cref="InvalidOperationException">The key is not an RSA key.</exception>
    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, out byte[] plaintext) => Rsa().TryDecrypt(ciphertext, out plaintext);

    /// <summary>Ends the use of the key.</summary>
    public void Dispose() => _disposed = true;

    private EcdsaSigning Ecdsa()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _ecdsa ?? throw new InvalidOperationException($"an {Kind} key makes no ECDSA signatures");
    }

    private RsaPrivateOperations Rsa()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _rsa ?? throw new InvalidOperationException($"an {Kind} key is not an RSA key");
    }
}
