// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto;

/// <summary>
/// A combined-mode cipher under one key: encryption and integrity in one (RFC 4106, RFC 5282). Sealing and successful opening
/// allocate nothing. Not thread-safe: one object per SA and direction.
/// </summary>
public interface IAeadCipher : IDisposable
{
    /// <summary>Octets in the nonce: salt and IV together, 4 + 8 (RFC 4106 section 4), for CCM 3 + 8 (RFC 4309 section 4).</summary>
    int NonceSize { get; }

    /// <summary>Octets in the tag, ESP's ICV.</summary>
    int TagSize { get; }

    /// <summary>Encrypts and authenticates. A nonce must never come twice under one key; that is the caller's duty.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> octets: salt, then IV.</param>
    /// <param name="aad">What is authenticated and not encrypted; any length.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="ciphertext">As long as <paramref name="plaintext"/>; may be the same memory.</param>
    /// <param name="tag"><see cref="TagSize"/> octets.</param>
    /// <exception cref="ArgumentException">A length is not as said above.</exception>
    void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag);

    /// <summary>Verifies and decrypts.</summary>
    /// <param name="nonce"><see cref="NonceSize"/> octets: salt, then IV.</param>
    /// <param name="aad">What was authenticated and not encrypted.</param>
    /// <param name="ciphertext">Any length.</param>
    /// <param name="tag">The tag as received; one of another length than <see cref="TagSize"/> is refused.</param>
    /// <param name="plaintext">As long as <paramref name="ciphertext"/>; may be the same memory; zeroed when the answer is false.</param>
    /// <returns>False when nonce, aad, ciphertext and tag do not belong together.</returns>
    /// <exception cref="ArgumentException">The length of nonce or plaintext is not as said above.</exception>
    bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext);
}
