// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>ChaCha20-Poly1305 with the nonce of salt and IV of RFC 7634 section 2, on the platform's implementation.</summary>
internal sealed class ChaCha20Poly1305Cipher(ReadOnlySpan<byte> key) : IAeadCipher
{
    private readonly ChaCha20Poly1305 _cipher = new(key);

    public int NonceSize => 12;

    public int TagSize => 16;

    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag) =>
        _cipher.Encrypt(nonce, plaintext, ciphertext, tag, aad);

    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        if (tag.Length != TagSize)
        {
            plaintext.Clear();
            return false;
        }

        try
        {
            _cipher.Decrypt(nonce, ciphertext, tag, plaintext, aad);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The platform's only way to say so. Here it is an answer, not an error: any peer can send such a packet.
            plaintext.Clear();
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();
}
