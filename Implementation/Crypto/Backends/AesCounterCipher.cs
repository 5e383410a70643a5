// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>AES in counter mode as ESP uses it: counter blocks of nonce, IV and a counter that begins at 1 (RFC 3686 section 4).</summary>
internal sealed class AesCounterCipher(ReadOnlySpan<byte> key) : ICipher
{
    private const uint FirstCounter = 1;

    private readonly AesCounterStream _stream = new(key);

    public int BlockSize => 1;

    public int NonceSize => AesCounterStream.PrefixSize;

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext);
        _stream.Apply(nonce, FirstCounter, plaintext, ciphertext);
    }

    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext) =>
        Encrypt(nonce, ciphertext, plaintext);

    public void Dispose() => _stream.Dispose();
}
