// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.Authentication;

namespace Ipsec.Ike.V1.Protection;

/// <summary>What both ends share once the public values have crossed: suite, keys and the first IV.</summary>
/// <param name="Suite">The negotiated suite.</param>
/// <param name="Keys">SKEYID and its derivatives (RFC 2409 section 5).</param>
/// <param name="FirstIv">IV of the first encrypted phase 1 message (RFC 2409 appendix B).</param>
internal sealed record Phase1Security(Phase1Suite Suite, Phase1Keys Keys, byte[] FirstIv) : IDisposable
{
    private readonly ICbcCipher _cipher = Suite.Encryption.CreateCbc(Keys.EncryptionKey);

    public int BlockSize => Suite.Encryption.BlockSize;

    /// <summary>The IV of the first message of a phase 2 or informational exchange (RFC 2409 appendix B).</summary>
    public byte[] Phase2Iv(byte[] lastPhase1Block, uint messageId) =>
        KeySchedule.Phase2Iv(Suite.Hash, lastPhase1Block, messageId, BlockSize);

    /// <summary>Encrypts what follows the header, padded with zeros to the block size (RFC 2409 appendix B).</summary>
    public byte[] Encrypt(byte[] iv, ReadOnlySpan<byte> payloads)
    {
        var padded = new byte[(payloads.Length + BlockSize - 1) / BlockSize * BlockSize];
        payloads.CopyTo(padded);
        var ciphertext = new byte[padded.Length];
        _cipher.Encrypt(iv, padded, ciphertext);
        return ciphertext;
    }

    /// <summary>Decrypts what follows the header; the caller has checked that it is whole blocks.</summary>
    public byte[] Decrypt(byte[] iv, ReadOnlySpan<byte> ciphertext)
    {
        var plaintext = new byte[ciphertext.Length];
        _cipher.Decrypt(iv, ciphertext, plaintext);
        return plaintext;
    }

    /// <summary>The block that becomes the next message's IV.</summary>
    public byte[] LastBlock(ReadOnlySpan<byte> ciphertext) => ciphertext[^BlockSize..].ToArray();

    public void Dispose() => _cipher.Dispose();

    /// <summary>Derives the keys (RFC 2409 section 5).</summary>
    /// <param name="suite">The negotiated suite, whose authentication method says what SKEYID is made of.</param>
    /// <param name="preSharedKey">The pre-shared key; unused by other methods.</param>
    /// <param name="material">What has crossed the wire.</param>
    /// <param name="sharedSecret">g^xy.</param>
    public static Phase1Security Derive(
        Phase1Suite suite,
        ReadOnlySpan<byte> preSharedKey,
        Phase1Material material,
        byte[] sharedSecret)
    {
        var cookieI = material.InitiatorCookie.ToBytes();
        var cookieR = material.ResponderCookie.ToBytes();
        var skeyid = AuthenticationForm.Of(suite).Skeyid switch
        {
            SkeyidSource.PreSharedKey =>
                KeySchedule.SkeyidForPreSharedKey(suite.Hash, preSharedKey, material.NonceI.Span, material.NonceR.Span),
            SkeyidSource.Signature =>
                KeySchedule.SkeyidForSignature(suite.Hash, material.NonceI.Span, material.NonceR.Span, sharedSecret),
            _ => KeySchedule.SkeyidForPublicKeyEncryption(suite.Hash, material.NonceI.Span, material.NonceR.Span, cookieI, cookieR),
        };
        var keys = KeySchedule.Derive(suite.Hash, suite.Encryption, skeyid, sharedSecret, cookieI, cookieR);
        var iv = KeySchedule.Phase1Iv(suite.Hash, material.PublicI.Span, material.PublicR.Span, suite.Encryption.BlockSize);
        return new(suite, keys, iv);
    }
}
