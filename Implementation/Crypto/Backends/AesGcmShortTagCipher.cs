// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// AES-GCM with a tag shorter than the platform lets one verify: the 8 octets of RFC 4106 section 6. A short tag is the front of the whole
/// one (NIST SP 800-38D section 7.1), so a packet is opened by sealing twice: the key stream turns the ciphertext into the plaintext, whose
/// sealing gives the tag to compare with.
/// </summary>
internal sealed class AesGcmShortTagCipher(ReadOnlySpan<byte> key, int tagSize) : IAeadCipher
{
    private const int WholeTag = 16;
    private const int InitialCapacity = 2048;

    private readonly AesGcm _gcm = new(key, WholeTag);
    private byte[] _scratch = new byte[InitialCapacity];

    public int NonceSize => 12;

    public int TagSize => tagSize;

    public void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag)
    {
        CipherSizes.Check(this, nonce, plaintext, ciphertext, tag);
        Span<byte> whole = stackalloc byte[WholeTag];
        _gcm.Encrypt(nonce, plaintext, ciphertext, whole, aad);
        whole[..tagSize].CopyTo(tag);
    }

    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext)
    {
        if (tag.Length != tagSize)
        {
            plaintext.Clear();
            return false;
        }

        CipherSizes.Check(this, nonce, ciphertext, plaintext, tag);
        if (ciphertext.Length > _scratch.Length)
        {
            _scratch = new byte[ciphertext.Length];
        }

        Span<byte> whole = stackalloc byte[WholeTag];
        _gcm.Encrypt(nonce, ciphertext, plaintext, whole, aad);
        _gcm.Encrypt(nonce, plaintext, _scratch.AsSpan(0, plaintext.Length), whole, aad);
        if (CryptographicOperations.FixedTimeEquals(whole[..tagSize], tag))
        {
            return true;
        }

        plaintext.Clear();
        return false;
    }

    public void Dispose() => _gcm.Dispose();
}
