// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// A block cipher in CBC mode under one key, without padding: RFC 3602 section 2 leaves padding to ESP, RFC 2409 appendix B to IKE.
/// No call allocates once the largest message has been seen. Not thread-safe: one object per SA and direction.
/// </summary>
public interface ICbcCipher : IDisposable
{
    /// <summary>Octets in a block, which is also the size of the IV.</summary>
    int BlockSize { get; }

    /// <summary>Encrypts whole blocks.</summary>
    /// <param name="iv">One block.</param>
    /// <param name="plaintext">A multiple of <see cref="BlockSize"/>, zero included.</param>
    /// <param name="ciphertext">As long as <paramref name="plaintext"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length is not as said above.</exception>
    void Encrypt(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext);

    /// <summary>Decrypts whole blocks. CBC cannot tell wrong from right: any ciphertext gives some plaintext.</summary>
    /// <param name="iv">One block.</param>
    /// <param name="ciphertext">A multiple of <see cref="BlockSize"/>, zero included.</param>
    /// <param name="plaintext">As long as <paramref name="ciphertext"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">A length is not as said above.</exception>
    void Decrypt(ReadOnlySpan<byte> iv, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext);
}
