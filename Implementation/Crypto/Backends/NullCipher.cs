// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>The identity function (RFC 2410 section 2).</summary>
internal sealed class NullCipher : ICipher
{
    public int BlockSize => 1;

    public int NonceSize => 0;

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext);
        plaintext.CopyTo(ciphertext);
    }

    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext) =>
        Encrypt(nonce, ciphertext, plaintext);

    public void Dispose()
    {
    }
}
