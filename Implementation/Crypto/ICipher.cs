// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// An encryption algorithm without integrity under one key, without padding: RFC 3602 section 2 leaves padding to ESP, RFC 2409 appendix
/// B to IKE. No call allocates once the largest message has been seen (but Camellia's, whose engine does). Not thread-safe: one object per
/// SA and direction.
/// </summary>
public interface ICipher : IDisposable
{
    /// <summary>Octets that a message has to be a multiple of: a block in CBC mode, otherwise 1.</summary>
    int BlockSize { get; }

    /// <summary>
    /// Octets in the nonce, salt and IV together: a block in CBC mode (RFC 3602 section 2.1), 4 + 8 in counter mode (RFC 3686 section
    /// 4), none for NULL.
    /// </summary>
    int NonceSize { get; }

    /// <summary>Encrypts. In counter mode a nonce must never come twice under one key; that is the caller's duty.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> octets: salt, then IV; in CBC mode the IV alone.</param>
    /// <param name="plaintext">A multiple of <see cref="BlockSize"/>, zero included.</param>
    /// <param name="ciphertext">As long as <paramref name="plaintext"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length is not as said above.</exception>
    void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext);

    /// <summary>Decrypts. It cannot tell wrong from right: any ciphertext gives some plaintext.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> octets: salt, then IV; in CBC mode the IV alone.</param>
    /// <param name="ciphertext">A multiple of <see cref="BlockSize"/>, zero included.</param>
    /// <param name="plaintext">As long as <paramref name="ciphertext"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length is not as said above.</exception>
    void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext);
}
