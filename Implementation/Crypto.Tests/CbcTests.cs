// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class CbcTests
{
    private const int Block = 16;

    private static readonly IEnumerable<EncryptionAlgorithm> Rows = EncryptionAlgorithm.All.Where(row => row.Mode == EncryptionMode.Cbc);

    private static readonly IEnumerable<EncryptionAlgorithm> AesRows =
        Rows.Where(row => row.Name.StartsWith("AES", StringComparison.Ordinal));

    private static readonly Gen<byte[]> Plaintexts = PlaintextsOf(Block);

    [TestCaseSource(typeof(CbcVector), nameof(CbcVector.All))]
    public void Encrypts_as_published(CbcVector vector)
    {
        using ICbcCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateCbc(vector.Key);
        byte[] ciphertext = new byte[vector.Plaintext.Length];

        cipher.Encrypt(vector.Iv, vector.Plaintext, ciphertext);

        ciphertext.Should().Equal(vector.Ciphertext);
    }

    [TestCaseSource(typeof(CbcVector), nameof(CbcVector.All))]
    public void Decrypts_as_published(CbcVector vector)
    {
        using ICbcCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateCbc(vector.Key);
        byte[] plaintext = new byte[vector.Ciphertext.Length];

        cipher.Decrypt(vector.Iv, vector.Ciphertext, plaintext);

        plaintext.Should().Equal(vector.Plaintext);
    }

    [TestCaseSource(typeof(CbcVector), nameof(CbcVector.All))]
    public void A_message_leaves_no_trace_in_the_next_one(CbcVector vector)
    {
        using ICbcCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateCbc(vector.Key);
        byte[] other = [.. Enumerable.Range(0, 5000 / Block * Block).Select(i => (byte)(i * 7))];
        byte[] result = new byte[vector.Plaintext.Length];

        cipher.Encrypt(vector.Key.AsSpan(0, cipher.BlockSize), other, other);
        cipher.Encrypt(vector.Iv, vector.Plaintext, result);
        result.Should().Equal(vector.Ciphertext);

        cipher.Decrypt(vector.Key.AsSpan(0, cipher.BlockSize), other, other);
        cipher.Decrypt(vector.Iv, vector.Ciphertext, result);
        result.Should().Equal(vector.Plaintext);
    }

    [TestCaseSource(nameof(Rows))]
    public void What_was_encrypted_decrypts(EncryptionAlgorithm row) =>
        Gen.Select(
            Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.BlockSize].Array[3], PlaintextsOf(row.BlockSize).Array[3]).Sample((key, ivs, plaintexts) =>
        {
            using ICbcCipher sender = row.CreateCbc(key);
            using ICbcCipher receiver = row.CreateCbc(key);
            for (int i = 0; i < plaintexts.Length; i++)
            {
                byte[] ciphertext = new byte[plaintexts[i].Length];
                byte[] decrypted = new byte[plaintexts[i].Length];
                sender.Encrypt(ivs[i], plaintexts[i], ciphertext);
                receiver.Decrypt(ivs[i], ciphertext, decrypted);
                decrypted.Should().Equal(plaintexts[i]);
            }
        });

    [TestCaseSource(nameof(AesRows))]
    public void The_platform_s_one_shot_agrees(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[Block], Plaintexts).Sample((key, iv, plaintext) =>
        {
            using ICbcCipher cipher = row.CreateCbc(key);
            using var aes = System.Security.Cryptography.Aes.Create();
            aes.SetKey(key);
            byte[] ciphertext = new byte[plaintext.Length];
            cipher.Encrypt(iv, new byte[Block], new byte[Block]);
            cipher.Encrypt(iv, plaintext, ciphertext);
            ciphertext.Should().Equal(aes.EncryptCbc(plaintext, iv, System.Security.Cryptography.PaddingMode.None));
        });

    [TestCaseSource(nameof(Rows))]
    public void Works_in_place(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.BlockSize], PlaintextsOf(row.BlockSize)).Sample((key, iv, plaintext) =>
        {
            using ICbcCipher cipher = row.CreateCbc(key);
            byte[] expected = new byte[plaintext.Length];
            cipher.Encrypt(iv, plaintext, expected);

            byte[] buffer = [.. plaintext];
            cipher.Encrypt(iv, buffer, buffer);
            buffer.Should().Equal(expected);
            cipher.Decrypt(iv, buffer, buffer);
            buffer.Should().Equal(plaintext);
        });

    // What makes CBC without integrity malleable: ESP's reason for an ICV, and what "plain bytes" faults count on.
    [Test]
    public void A_flipped_ciphertext_bit_garbles_its_block_and_flips_the_same_bit_of_the_next() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Byte.Array[Block], Gen.Byte.Array[3 * Block], Gen.Int[0, (Block * 8) - 1])
            .Sample((key, iv, plaintext, bit) =>
            {
                using ICbcCipher cipher = EncryptionAlgorithm.Named("AES-CBC-128").CreateCbc(key);
                byte[] buffer = new byte[plaintext.Length];
                cipher.Encrypt(iv, plaintext, buffer);
                buffer[bit / 8] ^= (byte)(1 << (bit % 8));
                cipher.Decrypt(iv, buffer, buffer);

                byte[] expectedRest = plaintext[Block..];
                expectedRest[bit / 8] ^= (byte)(1 << (bit % 8));
                buffer[Block..].Should().Equal(expectedRest);
                buffer[..Block].Should().NotEqual(plaintext[..Block]);
            });

    [TestCase(15, 16, 16, "*IV*15*")]
    [TestCase(17, 16, 16, "*IV*17*")]
    [TestCase(16, 17, 17, "*17 octets*blocks*")]
    [TestCase(16, 32, 16, "*16 octets of output for 32*")]
    [TestCase(16, 16, 32, "*32 octets of output for 16*")]
    public void Wrong_sizes_are_refused_both_ways(int iv, int input, int output, string message)
    {
        using ICbcCipher cipher = EncryptionAlgorithm.Named("AES-CBC-128").CreateCbc(new byte[16]);
        Action encrypt = () => cipher.Encrypt(new byte[iv], new byte[input], new byte[output]);
        Action decrypt = () => cipher.Decrypt(new byte[iv], new byte[input], new byte[output]);

        encrypt.Should().Throw<ArgumentException>().WithMessage(message);
        decrypt.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [TestCaseSource(nameof(Rows))]
    public void The_iv_is_a_block(EncryptionAlgorithm row)
    {
        using ICbcCipher cipher = row.CreateCbc(KeyOf(row));

        cipher.BlockSize.Should().Be(row.BlockSize);
        cipher.NonceSize.Should().Be(row.IvSize).And.Be(row.BlockSize);
    }

    // RFC 2451 section 2.3: what is left when two neighbouring keys are the same is single DES.
    [TestCase("0123456789abcdef" + "0123456789abcdef" + "fedcba9876543210")]
    [TestCase("0123456789abcdef" + "fedcba9876543210" + "fedcba9876543210")]
    public void A_weak_key_of_triple_des_is_refused(string key)
    {
        Action act = () => EncryptionAlgorithm.Named("3DES-CBC").CreateCbc(Convert.FromHexString(key)).Dispose();

        act.Should().Throw<System.Security.Cryptography.CryptographicException>();
    }

    internal static byte[] KeyOf(EncryptionAlgorithm row) => [.. Enumerable.Range(1, row.KeySize).Select(i => (byte)(i * 11))];

    private static Gen<byte[]> PlaintextsOf(int block) => Gen.Int[0, 100].SelectMany(blocks => Gen.Byte.Array[blocks * block]);
}
