// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// ENCR_NULL_AUTH_AES_GMAC (RFC 4543 section 3) in the shape of an AEAD: the "ciphertext" is the plaintext. Authenticated are the AAD, the
/// IV, which stands in the packet between the two, and the text. Figure 4 of the RFC draws it so, the published vector
/// (draft-mcgrew-gcm-test-01) is computed so, and Linux does so; the words of section 7, which leave the IV out, are the exception.
/// </summary>
internal sealed class AesGmacCipher(ReadOnlySpan<byte> key) : IAeadCipher
{
    private const int SaltSize = 4;

    private readonly Gmac _gmac = new(key);

    public int NonceSize => Gmac.NonceSize;

    public int TagSize => Gmac.TagSize;

    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext, tag);
        _gmac.Compute(nonce, aad, nonce[SaltSize..], plaintext, tag);
        plaintext.CopyTo(ciphertext);
    }

    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        if (tag.Length != TagSize)
        {
            plaintext.Clear();
            return false;
        }

        CipherSizes.Check(this, nonce, ciphertext, plaintext, tag);
        Span<byte> expected = stackalloc byte[Gmac.TagSize];
        _gmac.Compute(nonce, aad, nonce[SaltSize..], ciphertext, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, tag))
        {
            plaintext.Clear();
            return false;
        }

        ciphertext.CopyTo(plaintext);
        return true;
    }

    public void Dispose() => _gmac.Dispose();
}
