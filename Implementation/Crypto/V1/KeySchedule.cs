// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Ipsec.Crypto.V1;

/// <summary>
/// The formulas of IKEv1 (RFC 2409 section 5 and appendix B). "Body" is a payload without its four octets of generic header, the
/// RFC's <c>_b</c>. Public values and g^xy are as long as the group says, padded with zeros at the front.
/// </summary>
public static class KeySchedule
{
    /// <summary>SKEYID = prf(pre-shared-key, Ni_b | Nr_b): authentication with a pre-shared key (RFC 2409 section 5.4).</summary>
    public static byte[] SkeyidForPreSharedKey(
        PrfAlgorithm prf, ReadOnlySpan<byte> psk, ReadOnlySpan<byte> ni, ReadOnlySpan<byte> nr) => prf.Compute(psk, ni, nr);

    /// <summary>SKEYID = prf(Ni_b | Nr_b, g^xy): authentication with signatures (RFC 2409 section 5.1).</summary>
    public static byte[] SkeyidForSignature(
        PrfAlgorithm prf, ReadOnlySpan<byte> ni, ReadOnlySpan<byte> nr, ReadOnlySpan<byte> gxy) => prf.Compute([.. ni, .. nr], gxy);

    /// <summary>
    /// SKEYID = prf(hash(Ni_b | Nr_b), CKY-I | CKY-R): authentication with public key encryption, in its first form and in its revised
    /// one (RFC 2409 section 5).
    /// </summary>
    public static byte[] SkeyidForPublicKeyEncryption(
        PrfAlgorithm prf, ReadOnlySpan<byte> ni, ReadOnlySpan<byte> nr, ReadOnlySpan<byte> cookieI, ReadOnlySpan<byte> cookieR) =>
        prf.Compute(prf.Hash(ni, nr), cookieI, cookieR);

    /// <summary>
    /// Ke_i or Ke_r of the revised mode of public key encryption (RFC 2409 section 5.3): Ne = prf(N_b, CKY), cut or expanded to the
    /// cipher's key size as appendix B does with SKEYID_e. To be discarded once the payloads are encrypted or decrypted.
    /// </summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="enc">The negotiated cipher.</param>
    /// <param name="nonceBody">Ni_b for Ke_i, Nr_b for Ke_r, decrypted.</param>
    /// <param name="cookie">CKY-I for Ke_i, CKY-R for Ke_r.</param>
    public static byte[] RevisedEncryptionKey(
        PrfAlgorithm prf, EncryptionAlgorithm enc, ReadOnlySpan<byte> nonceBody, ReadOnlySpan<byte> cookie) =>
        EncryptionKey(prf, prf.Compute(nonceBody, cookie), enc.KeySize);

    /// <summary>
    /// The body of the HASH(1) payload that tells the responder which of its certificates the initiator encrypts to: the negotiated hash
    /// over the certificate (RFC 2409 sections 5.2 and 5.3).
    /// </summary>
    /// <param name="prf">The negotiated hash.</param>
    /// <param name="certificate">The certificate in DER.</param>
    public static byte[] CertificateHash(PrfAlgorithm prf, ReadOnlySpan<byte> certificate) => prf.Hash(certificate);

    /// <summary>SKEYID_d, SKEYID_a, SKEYID_e (RFC 2409 section 5) and the encryption key (appendix B).</summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="enc">The negotiated cipher.</param>
    /// <param name="skeyid">SKEYID.</param>
    /// <param name="gxy">The Diffie-Hellman shared secret.</param>
    /// <param name="cookieI">CKY-I, 8 octets.</param>
    /// <param name="cookieR">CKY-R, 8 octets.</param>
    public static Phase1Keys Derive(
        PrfAlgorithm prf,
        EncryptionAlgorithm enc,
        byte[] skeyid,
        ReadOnlySpan<byte> gxy,
        ReadOnlySpan<byte> cookieI,
        ReadOnlySpan<byte> cookieR)
    {
        using IncrementalPrf mac = prf.Begin(skeyid);
        byte[] skeyidD = mac.Append(gxy).Append(cookieI).Append(cookieR).Append(0).Finish();
        byte[] skeyidA = mac.Append(skeyidD).Append(gxy).Append(cookieI).Append(cookieR).Append(1).Finish();
        byte[] skeyidE = mac.Append(skeyidA).Append(gxy).Append(cookieI).Append(cookieR).Append(2).Finish();
        return new Phase1Keys(skeyid, skeyidD, skeyidA, skeyidE, EncryptionKey(prf, skeyidE, enc.KeySize));
    }

    /// <summary>
    /// The first <paramref name="keySize"/> octets of SKEYID_e; where it is too short, of K1 | K2 | ... with K1 = prf(SKEYID_e, 0) and
    /// Kn = prf(SKEYID_e, Kn-1), in which SKEYID_e itself does not appear (RFC 2409 appendix B).
    /// </summary>
    public static byte[] EncryptionKey(PrfAlgorithm prf, ReadOnlySpan<byte> skeyidE, int keySize)
    {
        if (keySize <= skeyidE.Length)
        {
            return skeyidE[..keySize].ToArray();
        }

        byte[] key = new byte[keySize];
        using IncrementalPrf mac = prf.Begin(skeyidE);
        byte[] block = [0];
        for (int filled = 0; filled < keySize; filled += block.Length)
        {
            block = mac.Append(block).Finish();
            CopyLeading(block, key.AsSpan(filled));
        }

        return key;
    }

    /// <summary>HASH_I = prf(SKEYID, g^xi | g^xr | CKY-I | CKY-R | SAi_b | IDii_b) (RFC 2409 section 5).</summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="skeyid">SKEYID.</param>
    /// <param name="gxi">The initiator's public value.</param>
    /// <param name="gxr">The responder's public value.</param>
    /// <param name="cookieI">CKY-I.</param>
    /// <param name="cookieR">CKY-R.</param>
    /// <param name="saBody">The body of the initiator's SA payload as sent, with every proposal and transform.</param>
    /// <param name="idBody">The body of the initiator's identification payload.</param>
    public static byte[] HashI(
        PrfAlgorithm prf,
        ReadOnlySpan<byte> skeyid,
        ReadOnlySpan<byte> gxi,
        ReadOnlySpan<byte> gxr,
        ReadOnlySpan<byte> cookieI,
        ReadOnlySpan<byte> cookieR,
        ReadOnlySpan<byte> saBody,
        ReadOnlySpan<byte> idBody)
    {
        using IncrementalPrf mac = prf.Begin(skeyid);
        return mac.Append(gxi).Append(gxr).Append(cookieI).Append(cookieR).Append(saBody).Append(idBody).Finish();
    }

    /// <summary>HASH_R = prf(SKEYID, g^xr | g^xi | CKY-R | CKY-I | SAi_b | IDir_b) (RFC 2409 section 5).</summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="skeyid">SKEYID.</param>
    /// <param name="gxr">The responder's public value.</param>
    /// <param name="gxi">The initiator's public value.</param>
    /// <param name="cookieR">CKY-R.</param>
    /// <param name="cookieI">CKY-I.</param>
    /// <param name="saBody">The body of the <em>initiator's</em> SA payload, here too.</param>
    /// <param name="idBody">The body of the responder's identification payload.</param>
    public static byte[] HashR(
        PrfAlgorithm prf,
        ReadOnlySpan<byte> skeyid,
        ReadOnlySpan<byte> gxr,
        ReadOnlySpan<byte> gxi,
        ReadOnlySpan<byte> cookieR,
        ReadOnlySpan<byte> cookieI,
        ReadOnlySpan<byte> saBody,
        ReadOnlySpan<byte> idBody) =>
        HashI(prf, skeyid, gxr, gxi, cookieR, cookieI, saBody, idBody);

    /// <summary>The IV of the first encrypted message of phase 1: the leading octets of hash(g^xi | g^xr) (RFC 2409 appendix B).</summary>
    public static byte[] Phase1Iv(PrfAlgorithm prf, ReadOnlySpan<byte> gxi, ReadOnlySpan<byte> gxr, int blockSize) =>
        Leading(prf.Hash(gxi, gxr), blockSize);

    /// <summary>
    /// The IV of the first message of an exchange after phase 1: the leading octets of hash(last ciphertext block of phase 1 | message
    /// id) (RFC 2409 appendix B).
    /// </summary>
    public static byte[] Phase2Iv(PrfAlgorithm prf, ReadOnlySpan<byte> lastPhase1Block, uint messageId, int blockSize)
    {
        Span<byte> id = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(id, messageId);
        return Leading(prf.Hash(lastPhase1Block, id), blockSize);
    }

    /// <summary>
    /// HASH(1) = prf(SKEYID_a, M-ID | rest) of Quick Mode (RFC 2409 section 5.5) and of Informational exchanges (section 5.7).
    /// </summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="skeyidA">SKEYID_a.</param>
    /// <param name="messageId">The message id of the exchange.</param>
    /// <param name="rest">All that follows the hash payload, generic headers included, padding excluded.</param>
    public static byte[] Hash1(PrfAlgorithm prf, ReadOnlySpan<byte> skeyidA, uint messageId, ReadOnlySpan<byte> rest) =>
        Hash2(prf, skeyidA, messageId, default, rest);

    /// <summary>HASH(2) = prf(SKEYID_a, M-ID | Ni_b | rest) (RFC 2409 section 5.5).</summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="skeyidA">SKEYID_a.</param>
    /// <param name="messageId">The message id of the exchange.</param>
    /// <param name="niBody">The body of the initiator's nonce payload.</param>
    /// <param name="rest">All that follows the hash payload, generic headers included, padding excluded.</param>
    public static byte[] Hash2(
        PrfAlgorithm prf, ReadOnlySpan<byte> skeyidA, uint messageId, ReadOnlySpan<byte> niBody, ReadOnlySpan<byte> rest)
    {
        Span<byte> id = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(id, messageId);
        return prf.Compute(skeyidA, id, niBody, rest);
    }

    /// <summary>HASH(3) = prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b), the 0 one octet (RFC 2409 section 5.5).</summary>
    public static byte[] Hash3(
        PrfAlgorithm prf, ReadOnlySpan<byte> skeyidA, uint messageId, ReadOnlySpan<byte> niBody, ReadOnlySpan<byte> nrBody)
    {
        Span<byte> zeroAndId = stackalloc byte[1 + sizeof(uint)];
        zeroAndId[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(zeroAndId[1..], messageId);
        return prf.Compute(skeyidA, zeroAndId, niBody, nrBody);
    }

    /// <summary>
    /// KEYMAT of one phase 2 SA (RFC 2409 section 5.5): the first <paramref name="length"/> octets of K1 | K2 | ... with
    /// Kn = prf(SKEYID_d, Kn-1 | [g(qm)^xy |] protocol | SPI | Ni_b | Nr_b) and K0 empty. The encryption key comes first in it (with
    /// its salt after it, RFC 4106 section 8.1), then the integrity key (RFC 2401 section 4.6.2).
    /// </summary>
    /// <param name="prf">The negotiated hash's HMAC.</param>
    /// <param name="skeyidD">SKEYID_d.</param>
    /// <param name="gqmxy">The shared secret of the exchange's own key exchange; empty without perfect forward secrecy.</param>
    /// <param name="protocol">The protocol of the proposal: 2 AH, 3 ESP.</param>
    /// <param name="spi">The SPI that the receiver of the SA chose; each direction has its own KEYMAT.</param>
    /// <param name="ni">Ni_b of the Quick Mode.</param>
    /// <param name="nr">Nr_b of the Quick Mode.</param>
    /// <param name="length">Octets wanted.</param>
    public static byte[] KeyMat(
        PrfAlgorithm prf,
        ReadOnlySpan<byte> skeyidD,
        ReadOnlySpan<byte> gqmxy,
        byte protocol,
        ReadOnlySpan<byte> spi,
        ReadOnlySpan<byte> ni,
        ReadOnlySpan<byte> nr,
        int length)
    {
        byte[] material = new byte[length];
        using IncrementalPrf mac = prf.Begin(skeyidD);
        byte[] block = [];
        for (int filled = 0; filled < length; filled += block.Length)
        {
            block = mac.Append(block).Append(gqmxy).Append(protocol).Append(spi).Append(ni).Append(nr).Finish();
            CopyLeading(block, material.AsSpan(filled));
        }

        return material;
    }

    private static byte[] Leading(byte[] hash, int size) => hash[..size];

    private static void CopyLeading(ReadOnlySpan<byte> block, Span<byte> destination) =>
        block[..Math.Min(block.Length, destination.Length)].CopyTo(destination);
}
