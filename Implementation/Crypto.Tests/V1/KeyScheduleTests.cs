// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;
using Ipsec.Crypto.V1;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.V1;

public sealed class KeyScheduleTests
{
    private const uint MessageId = 0x01020304;

    private static readonly PrfAlgorithm Sha1 = PrfAlgorithm.Named("HMAC-SHA1");
    private static readonly PrfAlgorithm Sha256 = PrfAlgorithm.Named("HMAC-SHA2-256");
    private static readonly EncryptionAlgorithm Aes128 = EncryptionAlgorithm.Named("AES-CBC-128");
    private static readonly EncryptionAlgorithm Aes256 = EncryptionAlgorithm.Named("AES-CBC-256");

    private static readonly Gen<byte[]> Octets = Gen.Byte.Array[0, 80];

    [TestCaseSource(typeof(IkeV1Vector), nameof(IkeV1Vector.All))]
    public void Skeyids_are_as_published(IkeV1Vector vector)
    {
        PrfAlgorithm prf = PrfAlgorithm.Named(vector.Algorithm);
        byte[] skeyid = vector.Psk is byte[] psk
            ? KeySchedule.SkeyidForPreSharedKey(prf, psk, vector.Ni, vector.Nr)
            : KeySchedule.SkeyidForSignature(prf, vector.Ni, vector.Nr, vector.Gxy);
        skeyid.Should().Equal(vector.Skeyid);

        Phase1Keys keys = KeySchedule.Derive(prf, Aes128, skeyid, vector.Gxy, vector.CookieI, vector.CookieR);

        keys.Skeyid.Should().Equal(vector.Skeyid);
        keys.SkeyidD.Should().Equal(vector.SkeyidD);
        keys.SkeyidA.Should().Equal(vector.SkeyidA);
        keys.SkeyidE.Should().Equal(vector.SkeyidE);
        keys.EncryptionKey.Should().Equal(vector.SkeyidE[..16]);
    }

    [Test]
    public void Skeyids_follow_the_formulas_with_sha2() =>
        Gen.Select(Octets, Gen.Byte.Array[32], Gen.Byte.Array[8], Gen.Byte.Array[8]).Sample((psk, gxy, cookieI, cookieR) =>
        {
            byte[] skeyid = KeySchedule.SkeyidForPreSharedKey(Sha256, psk, [1, 2], [3]);
            Phase1Keys keys = KeySchedule.Derive(Sha256, Aes256, skeyid, gxy, cookieI, cookieR);

            skeyid.Should().Equal(HmacSha256(psk, [1, 2, 3]));
            keys.SkeyidD.Should().Equal(HmacSha256(skeyid, [.. gxy, .. cookieI, .. cookieR, 0]));
            keys.SkeyidA.Should().Equal(HmacSha256(skeyid, [.. keys.SkeyidD, .. gxy, .. cookieI, .. cookieR, 1]));
            keys.SkeyidE.Should().Equal(HmacSha256(skeyid, [.. keys.SkeyidA, .. gxy, .. cookieI, .. cookieR, 2]));
            keys.EncryptionKey.Should().Equal(keys.SkeyidE);
        });

    // RFC 2409 appendix B. By hand, with the SKEYID_e of the published pre-shared key sample:
    //   printf '\0' | openssl dgst -sha1 -mac HMAC -macopt hexkey:cd74b0c048219db81384d3fda8f6cda51e398a2b   (K1)
    //   printf K1   | xxd -r -p | openssl dgst -sha1 -mac HMAC -macopt hexkey:cd74...                        (K2)
    // and the key is K1 with the first 12 octets of K2.
    [Test]
    public void A_skeyid_e_shorter_than_the_key_is_expanded()
    {
        IkeV1Vector vector = IkeV1Vector.All[0];

        Phase1Keys keys = KeySchedule.Derive(Sha1, Aes256, vector.Skeyid, vector.Gxy, vector.CookieI, vector.CookieR);

        Convert.ToHexStringLower(keys.EncryptionKey).Should().Be(
            "9ce3201d5c6cf897a6cba863e68c634d8d63805d" +
            "1f20e30bf6884e2a4ee9fc8a");
    }

    [TestCase(1)]
    [TestCase(19)]
    [TestCase(20)]
    public void A_skeyid_e_that_is_long_enough_is_cut(int keySize)
    {
        byte[] skeyidE = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];

        KeySchedule.EncryptionKey(Sha1, skeyidE, keySize).Should().Equal(skeyidE[..keySize]);
    }

    [TestCase(21)]
    [TestCase(40)]
    [TestCase(41)]
    [TestCase(64)]
    public void Expansion_chains_as_many_blocks_as_it_takes(int keySize)
    {
        byte[] skeyidE = [.. Enumerable.Range(1, 20).Select(i => (byte)i)];
        byte[] k1 = HmacSha1(skeyidE, [0]);
        byte[] k2 = HmacSha1(skeyidE, k1);
        byte[] k3 = HmacSha1(skeyidE, k2);
        byte[] k4 = HmacSha1(skeyidE, k3);

        KeySchedule.EncryptionKey(Sha1, skeyidE, keySize).Should().Equal(((byte[])[.. k1, .. k2, .. k3, .. k4])[..keySize]);
    }

    [Test]
    public void Skeyid_of_public_key_encryption_follows_its_formula() =>
        Gen.Select(Octets, Octets, Gen.Byte.Array[8], Gen.Byte.Array[8]).Sample((ni, nr, cookieI, cookieR) =>
            KeySchedule.SkeyidForPublicKeyEncryption(Sha1, ni, nr, cookieI, cookieR)
                .Should().Equal(HmacSha1(SHA1.HashData([.. ni, .. nr]), [.. cookieI, .. cookieR])));

    [Test]
    public void The_key_of_the_revised_mode_is_the_front_of_ne_or_of_its_expansion() =>
        Gen.Select(Octets, Gen.Byte.Array[8]).Sample((nonce, cookie) =>
        {
            byte[] ne = HmacSha1(nonce, cookie);
            byte[] k1 = HmacSha1(ne, [0]);
            byte[] k2 = HmacSha1(ne, k1);

            KeySchedule.RevisedEncryptionKey(Sha1, Aes128, nonce, cookie).Should().Equal(ne[..16]);
            KeySchedule.RevisedEncryptionKey(Sha1, Aes256, nonce, cookie).Should().Equal(((byte[])[.. k1, .. k2])[..32]);
        });

    [Test]
    public void The_hash_of_a_certificate_is_the_plain_hash() =>
        KeySchedule.CertificateHash(Sha256, [1, 2, 3]).Should().Equal(SHA256.HashData([1, 2, 3]));

    [Test]
    public void Hash_I_and_hash_R_follow_their_formulas() =>
        Gen.Select(Octets.Array[6], Gen.Byte.Array[20]).Sample((parts, skeyid) =>
        {
            (byte[] gxi, byte[] gxr, byte[] cookieI, byte[] cookieR, byte[] sa, byte[] id) =
                (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);

            KeySchedule.HashI(Sha1, skeyid, gxi, gxr, cookieI, cookieR, sa, id)
                .Should().Equal(HmacSha1(skeyid, [.. gxi, .. gxr, .. cookieI, .. cookieR, .. sa, .. id]));
            KeySchedule.HashR(Sha1, skeyid, gxr, gxi, cookieR, cookieI, sa, id)
                .Should().Equal(HmacSha1(skeyid, [.. gxr, .. gxi, .. cookieR, .. cookieI, .. sa, .. id]));
        });

    [Test]
    public void Hashes_1_to_3_follow_their_formulas() =>
        Gen.Select(Gen.Byte.Array[20], Octets, Octets, Octets).Sample((skeyidA, rest, ni, nr) =>
        {
            KeySchedule.Hash1(Sha1, skeyidA, MessageId, rest).Should().Equal(HmacSha1(skeyidA, [1, 2, 3, 4, .. rest]));
            KeySchedule.Hash2(Sha1, skeyidA, MessageId, ni, rest)
                .Should().Equal(HmacSha1(skeyidA, [1, 2, 3, 4, .. ni, .. rest]));
            KeySchedule.Hash3(Sha1, skeyidA, MessageId, ni, nr)
                .Should().Equal(HmacSha1(skeyidA, [0, 1, 2, 3, 4, .. ni, .. nr]));
        });

    [Test]
    public void Ivs_are_the_front_of_a_hash() =>
        Gen.Select(Octets, Octets, Gen.Byte.Array[16]).Sample((gxi, gxr, lastBlock) =>
        {
            KeySchedule.Phase1Iv(Sha256, gxi, gxr, 16).Should().Equal(SHA256.HashData([.. gxi, .. gxr])[..16]);
            KeySchedule.Phase2Iv(Sha1, lastBlock, MessageId, 16).Should().Equal(SHA1.HashData([.. lastBlock, 1, 2, 3, 4])[..16]);
            KeySchedule.Phase2Iv(Sha1, lastBlock, MessageId, 8).Should().Equal(SHA1.HashData([.. lastBlock, 1, 2, 3, 4])[..8]);
        });

    [Test]
    public void Keymat_follows_the_formula_with_and_without_a_key_exchange_of_its_own()
    {
        byte[] skeyidD = [.. Enumerable.Range(100, 20).Select(i => (byte)i)];
        byte[] spi = [0xc0, 0xff, 0xee, 0x01];
        byte[] ni = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] nr = [9, 10, 11, 12, 13, 14, 15, 16];

        foreach (byte[] gqmxy in (byte[][])[[], [0, 0x77, 0x78]])
        {
            byte[] seed = [.. gqmxy, 3, .. spi, .. ni, .. nr];
            byte[] k1 = HmacSha1(skeyidD, seed);
            byte[] k2 = HmacSha1(skeyidD, [.. k1, .. seed]);
            byte[] k3 = HmacSha1(skeyidD, [.. k2, .. seed]);

            KeySchedule.KeyMat(Sha1, skeyidD, gqmxy, protocol: 3, spi, ni, nr, length: 52)
                .Should().Equal(((byte[])[.. k1, .. k2, .. k3])[..52]);
        }
    }

    [TestCaseSource(typeof(PrfAlgorithm), nameof(PrfAlgorithm.All))]
    public void Shorter_keymat_is_the_front_of_longer(PrfAlgorithm prf) =>
        Gen.Select(Octets, Octets, Gen.Byte.Array[4], Octets, Octets, Gen.Int[0, 200], Gen.Int[0, 200])
            .Sample((skeyidD, gqmxy, spi, ni, nr, a, b) =>
            {
                byte[] shorter = KeySchedule.KeyMat(prf, skeyidD, gqmxy, 3, spi, ni, nr, Math.Min(a, b));
                byte[] longer = KeySchedule.KeyMat(prf, skeyidD, gqmxy, 3, spi, ni, nr, Math.Max(a, b));

                shorter.Should().HaveCount(Math.Min(a, b));
                longer[..shorter.Length].Should().Equal(shorter);
            });

    [Test]
    public void Directions_protocols_and_exchanges_have_different_keymat() =>
        Gen.Select(Gen.Byte.Array[20], Gen.UInt, Gen.UInt).Where((_, inbound, outbound) => inbound != outbound)
            .Sample((skeyidD, inbound, outbound) =>
            {
                byte[][] materials =
                [
                    Of(inbound, protocol: 3, ni: 1), Of(outbound, protocol: 3, ni: 1),
                    Of(inbound, protocol: 2, ni: 1), Of(inbound, protocol: 3, ni: 2),
                ];
                materials.Select(Convert.ToHexString).Should().OnlyHaveUniqueItems();

                byte[] Of(uint spi, byte protocol, byte ni) =>
                    KeySchedule.KeyMat(Sha256, skeyidD, default, protocol, BitConverter.GetBytes(spi), [ni], [3], 64);
            });

    // The platform's own, for formulas written as in the RFC.
    private static byte[] HmacSha1(byte[] key, byte[] data) => HMACSHA1.HashData(key, data);

    private static byte[] HmacSha256(byte[] key, byte[] data) => HMACSHA256.HashData(key, data);
}
