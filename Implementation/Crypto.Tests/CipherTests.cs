// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

/// <summary>Counter mode and NULL, and what holds for every cipher that is no AEAD.</summary>
public sealed class CipherTests
{
    private static readonly IEnumerable<EncryptionAlgorithm> Rows = EncryptionAlgorithm.All.Where(row => !row.IsAead);

    private static readonly IEnumerable<EncryptionAlgorithm> CounterRows = Rows.Where(row => row.Mode == EncryptionMode.Counter);

    [TestCaseSource(typeof(CipherVector), nameof(CipherVector.All))]
    public void Encrypts_and_decrypts_as_published(CipherVector vector)
    {
        using ICipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateCipher(vector.Key);
        byte[] result = new byte[vector.Plaintext.Length];

        cipher.Encrypt(vector.Nonce, vector.Plaintext, result);
        result.Should().Equal(vector.Ciphertext);
        cipher.Decrypt(vector.Nonce, result, result);
        result.Should().Equal(vector.Plaintext);
    }

    [TestCaseSource(typeof(CbcVector), nameof(CbcVector.All))]
    public void A_cbc_cipher_is_a_cipher(CbcVector vector)
    {
        using ICipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateCipher(vector.Key);
        byte[] result = new byte[vector.Plaintext.Length];

        cipher.Encrypt(vector.Iv, vector.Plaintext, result);

        result.Should().Equal(vector.Ciphertext);
    }

    [TestCaseSource(nameof(Rows))]
    public void Sizes_are_those_of_the_row(EncryptionAlgorithm row)
    {
        using ICipher cipher = row.CreateCipher(CbcTests.KeyOf(row));

        cipher.NonceSize.Should().Be(row.NonceSize);
        cipher.BlockSize.Should().Be(row.PaddingUnit);
    }

    // Counter mode by its definition: the block cipher, which CBC with an IV of zeros is for one block, of each counter block.
    [TestCaseSource(nameof(CounterRows))]
    public void The_key_stream_is_the_encrypted_counter(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[12], Gen.Byte.Array[0, 600]).Sample((key, nonce, plaintext) =>
        {
            using ICbcCipher block = EncryptionAlgorithm.Named($"AES-CBC-{row.KeyBits}").CreateCbc(key);
            byte[] expected = [.. plaintext];
            for (int i = 0; i < expected.Length; i++)
            {
                byte[] counter = [.. nonce, 0, 0, 0, (byte)((i / 16) + 1)];
                block.Encrypt(new byte[16], counter, counter);
                expected[i] ^= counter[i % 16];
            }

            using ICipher cipher = row.CreateCipher(key);
            byte[] ciphertext = new byte[plaintext.Length];
            cipher.Encrypt(nonce, plaintext, ciphertext);

            ciphertext.Should().Equal(expected);
        });

    [TestCaseSource(nameof(CounterRows))]
    public void A_counter_message_can_be_longer_than_all_before_and_end_within_a_block(EncryptionAlgorithm row)
    {
        using ICipher cipher = row.CreateCipher(new byte[row.KeySize]);
        byte[] nonce = new byte[12];
        byte[] whole = new byte[65521];
        cipher.Encrypt(nonce, whole, whole);

        foreach (int length in (int[])[0, 1, 15, 16, 17, 31, 33, 2047, 2049])
        {
            byte[] part = new byte[length];
            cipher.Encrypt(nonce, part, part);
            part.Should().Equal(whole[..length]);
        }
    }

    [TestCaseSource(nameof(Rows))]
    public void Works_in_place(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.NonceSize], Gen.Int[0, 60].SelectMany(n => Gen.Byte.Array[n * row.PaddingUnit]))
            .Sample((key, nonce, plaintext) =>
            {
                using ICipher cipher = row.CreateCipher(key);
                byte[] expected = new byte[plaintext.Length];
                cipher.Encrypt(nonce, plaintext, expected);

                byte[] buffer = [.. plaintext];
                cipher.Encrypt(nonce, buffer, buffer);
                buffer.Should().Equal(expected);
                cipher.Decrypt(nonce, buffer, buffer);
                buffer.Should().Equal(plaintext);
            });

    [TestCaseSource(nameof(Rows))]
    public void Wrong_sizes_are_refused_both_ways(EncryptionAlgorithm row)
    {
        using ICipher cipher = row.CreateCipher(CbcTests.KeyOf(row));
        foreach ((int nonce, int output) in ((int, int)[])[(1, 0), (0, 16), (0, -16)])
        {
            Action encrypt = () => cipher.Encrypt(new byte[row.NonceSize + nonce], new byte[32], new byte[32 + output]);
            Action decrypt = () => cipher.Decrypt(new byte[row.NonceSize + nonce], new byte[32], new byte[32 + output]);

            encrypt.Should().Throw<ArgumentException>();
            decrypt.Should().Throw<ArgumentException>();
        }
    }
}
