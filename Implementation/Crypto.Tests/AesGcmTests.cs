// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class AesGcmTests
{
    private static readonly IEnumerable<EncryptionAlgorithm> Rows = EncryptionAlgorithm.All.Where(row => row.IsAead);

    [TestCaseSource(typeof(GcmVector), nameof(GcmVector.All))]
    public void Seals_as_published(GcmVector vector)
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateAead(vector.Key);
        byte[] ciphertext = new byte[vector.Plaintext.Length];
        byte[] tag = new byte[cipher.TagSize];

        cipher.Seal(vector.Nonce, vector.Aad, vector.Plaintext, ciphertext, tag);

        ciphertext.Should().Equal(vector.Ciphertext);
        tag.Should().Equal(vector.Tag);
    }

    [TestCaseSource(typeof(GcmVector), nameof(GcmVector.All))]
    public void Opens_as_published(GcmVector vector)
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateAead(vector.Key);
        byte[] plaintext = new byte[vector.Ciphertext.Length];

        cipher.TryOpen(vector.Nonce, vector.Aad, vector.Ciphertext, vector.Tag, plaintext).Should().BeTrue();

        plaintext.Should().Equal(vector.Plaintext);
    }

    [TestCaseSource(nameof(Rows))]
    public void What_was_sealed_opens_in_place(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[12], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 1600])
            .Sample((key, nonce, aad, plaintext) =>
            {
                using IAeadCipher cipher = row.CreateAead(key);
                byte[] buffer = [.. plaintext];
                byte[] tag = new byte[cipher.TagSize];

                cipher.Seal(nonce, aad, buffer, buffer, tag);
                cipher.TryOpen(nonce, aad, buffer, tag, buffer).Should().BeTrue();
                buffer.Should().Equal(plaintext);
            });

    [TestCaseSource(nameof(Rows))]
    public void Any_flipped_bit_is_refused_and_gives_no_plaintext(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[12], Gen.Byte.Array[1, 24], Gen.Byte.Array[1, 100], Gen.Int[0, 10_000])
            .Sample((key, nonce, aad, plaintext, where) =>
            {
                using IAeadCipher cipher = row.CreateAead(key);
                byte[] ciphertext = new byte[plaintext.Length];
                byte[] tag = new byte[cipher.TagSize];
                cipher.Seal(nonce, aad, plaintext, ciphertext, tag);

                foreach (byte[] part in (byte[][])[nonce, aad, ciphertext, tag])
                {
                    byte[] opened = [.. Enumerable.Repeat((byte)0xff, plaintext.Length)];
                    int bit = where % (part.Length * 8);
                    part[bit / 8] ^= (byte)(1 << (bit % 8));
                    cipher.TryOpen(nonce, aad, ciphertext, tag, opened).Should().BeFalse();
                    opened.Should().OnlyContain(octet => octet == 0);
                    part[bit / 8] ^= (byte)(1 << (bit % 8));
                }

                cipher.TryOpen(nonce, aad, ciphertext, tag, new byte[plaintext.Length]).Should().BeTrue();
            });

    [TestCase(0)]
    [TestCase(12)]
    [TestCase(15)]
    [TestCase(17)]
    public void A_tag_of_another_length_is_refused_though_its_octets_are_right(int length)
    {
        GcmVector vector = GcmVector.All[0];
        using IAeadCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateAead(vector.Key);
        byte[] tag = new byte[length];
        vector.Tag.AsSpan(0, Math.Min(length, 16)).CopyTo(tag);

        byte[] opened = [.. vector.Plaintext];

        cipher.TryOpen(vector.Nonce, vector.Aad, vector.Ciphertext, tag, opened).Should().BeFalse();
        opened.Should().OnlyContain(octet => octet == 0);
    }

    [TestCase(11, 8, 16)]
    [TestCase(13, 8, 16)]
    [TestCase(12, 7, 16)]
    [TestCase(12, 8, 12)]
    public void Wrong_sizes_of_our_own_are_refused(int nonce, int ciphertext, int tag)
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named("AES-GCM-16-128").CreateAead(new byte[16]);
        Action act = () => cipher.Seal(new byte[nonce], [], new byte[8], new byte[ciphertext], new byte[tag]);

        act.Should().Throw<ArgumentException>();
    }

    [Test]
    public void Nonce_and_tag_have_the_sizes_of_RFC_4106()
    {
        foreach (EncryptionAlgorithm row in Rows)
        {
            using IAeadCipher cipher = row.CreateAead(new byte[row.KeySize]);
            cipher.NonceSize.Should().Be(row.SaltSize + row.IvSize);
            cipher.TagSize.Should().Be(row.IcvSize);
        }
    }
}
