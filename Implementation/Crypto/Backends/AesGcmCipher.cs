// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>AES-GCM with the 12-octet nonce of RFC 4106, on the platform's implementation.</summary>
internal sealed class AesGcmCipher(ReadOnlySpan<byte> key, int tagSize) : IAeadCipher
{
    /// <summary>The smallest tag that the platform can verify.</summary>
    public const int SmallestTag = 12;

    private readonly AesGcm _gcm = new(key, tagSize);

    public int NonceSize => 12;

    public int TagSize => tagSize;

    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag) =>
        _gcm.Encrypt(nonce, plaintext, ciphertext, tag, aad);

    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        if (tag.Length != tagSize)
        {
            plaintext.Clear();
            return false;
        }

        try
        {
            _gcm.Decrypt(nonce, ciphertext, tag, plaintext, aad);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The platform's only way to say so. Here it is an answer, not an error: any peer can send such a packet.
            plaintext.Clear();
            return false;
        }
    }

    public void Dispose() => _gcm.Dispose();
}
