// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class AeadTests
{
    private static readonly IEnumerable<EncryptionAlgorithm> Rows = EncryptionAlgorithm.All.Where(row => row.IsAead);

    private static readonly IEnumerable<AeadVector> OnePerRow = AeadVector.All.DistinctBy(vector => vector.Algorithm);

    [TestCaseSource(typeof(AeadVector), nameof(AeadVector.All))]
    public void Seals_as_published(AeadVector vector)
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateAead(vector.Key);
        byte[] ciphertext = new byte[vector.Plaintext.Length];
        byte[] tag = new byte[cipher.TagSize];

        cipher.Seal(vector.Nonce, vector.Aad, vector.Plaintext, ciphertext, tag);

        ciphertext.Should().Equal(vector.Ciphertext);
        tag.Should().Equal(vector.Tag);
    }

    [TestCaseSource(typeof(AeadVector), nameof(AeadVector.All))]
    public void Opens_as_published(AeadVector vector)
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateAead(vector.Key);
        byte[] plaintext = new byte[vector.Ciphertext.Length];

        cipher.TryOpen(vector.Nonce, vector.Aad, vector.Ciphertext, vector.Tag, plaintext).Should().BeTrue();

        plaintext.Should().Equal(vector.Plaintext);
    }

    [TestCaseSource(nameof(Rows))]
    public void What_was_sealed_opens_in_place(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.NonceSize], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 1600])
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
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.NonceSize], Gen.Byte.Array[1, 24], Gen.Byte.Array[1, 100], Gen.Int[0, 10_000])
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

    [TestCaseSource(nameof(OnePerRow))]
    public void A_tag_of_another_length_is_refused_though_its_octets_are_right(AeadVector vector)
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named(vector.Algorithm).CreateAead(vector.Key);
        for (int length = 0; length <= 17; length++)
        {
            byte[] tag = new byte[length];
            vector.Tag.AsSpan(0, Math.Min(length, vector.Tag.Length)).CopyTo(tag);
            byte[] opened = [.. vector.Plaintext, 0xff];

            bool right = cipher.TryOpen(vector.Nonce, vector.Aad, vector.Ciphertext, tag, opened.AsSpan(0, vector.Plaintext.Length));

            right.Should().Be(length == cipher.TagSize);
            opened[..^1].Should().Equal(right ? vector.Plaintext : new byte[vector.Plaintext.Length]);
        }
    }

    [TestCaseSource(nameof(Rows))]
    public void Wrong_sizes_of_our_own_are_refused(EncryptionAlgorithm row)
    {
        using IAeadCipher cipher = row.CreateAead(new byte[row.KeySize]);
        foreach ((int nonce, int ciphertext, int tag) in ((int, int, int)[])[(-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)])
        {
            byte[] nonceOctets = new byte[row.NonceSize + nonce];
            Action seal = () => cipher.Seal(nonceOctets, [], new byte[8], new byte[8 + ciphertext], new byte[row.IcvSize + tag]);
            Action open = () => cipher.TryOpen(nonceOctets, [], new byte[8], new byte[row.IcvSize], new byte[8 + ciphertext]);

            seal.Should().Throw<ArgumentException>();
            if (tag == 0)
            {
                open.Should().Throw<ArgumentException>();
            }
        }
    }

    [TestCaseSource(nameof(Rows))]
    public void A_message_leaves_no_trace_in_the_next_one(EncryptionAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.NonceSize], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 100], Gen.Byte.Array[0, 5000])
            .Sample(
                (key, nonce, aad, plaintext, other) =>
                {
                    using IAeadCipher used = row.CreateAead(key);
                    using IAeadCipher fresh = row.CreateAead(key);
                    byte[] tag = new byte[row.IcvSize];
                    byte[] freshTag = new byte[row.IcvSize];
                    byte[] ciphertext = new byte[plaintext.Length];
                    byte[] freshCiphertext = new byte[plaintext.Length];
                    used.Seal(nonce, other, other, other, tag);

                    used.Seal(nonce, aad, plaintext, ciphertext, tag);
                    fresh.Seal(nonce, aad, plaintext, freshCiphertext, freshTag);

                    ciphertext.Should().Equal(freshCiphertext);
                    tag.Should().Equal(freshTag);
                },
                iter: 30);

    // Ours is put together from the platform's parts; the platform's own is slower, and says whether ours is right.
    [Test]
    public void Another_implementation_of_ccm_agrees(
        [Values(128, 192, 256)] int keyBits, [Values(8, 12, 16)] int icvSize)
    {
        EncryptionAlgorithm row = EncryptionAlgorithm.Named($"AES-CCM-{icvSize}-{keyBits}");
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[11], Gen.Byte.Array[0, 80], Gen.Byte.Array[0, 3000]).Sample((key, nonce, aad, plaintext) =>
        {
            using IAeadCipher cipher = row.CreateAead(key);
            using var platform = new System.Security.Cryptography.AesCcm(key);
            byte[] expected = new byte[plaintext.Length];
            byte[] expectedTag = new byte[icvSize];
            platform.Encrypt(nonce, plaintext, expected, expectedTag, aad);
            byte[] ciphertext = new byte[plaintext.Length];
            byte[] tag = new byte[icvSize];

            cipher.Seal(nonce, aad, plaintext, ciphertext, tag);

            ciphertext.Should().Equal(expected);
            tag.Should().Equal(expectedTag);
        });
    }

    [Test]
    public void Aad_of_ccm_has_the_short_encoding_up_to_its_limit()
    {
        using IAeadCipher cipher = EncryptionAlgorithm.Named("AES-CCM-16-128").CreateAead(new byte[16]);
        using var platform = new System.Security.Cryptography.AesCcm(new byte[16]);
        byte[] octet = new byte[1];
        byte[] tag = new byte[16];
        byte[] expected = new byte[16];
        platform.Encrypt(new byte[11], new byte[1], octet, expected, new byte[0xfeff]);

        cipher.Seal(new byte[11], new byte[0xfeff], new byte[1], octet, tag);
        Action longer = () => cipher.Seal(new byte[11], new byte[0xff00], [], [], tag);

        tag.Should().Equal(expected);
        longer.Should().Throw<ArgumentException>().WithMessage("65280 octets of AAD*");
    }

    [Test]
    public void Gmac_leaves_the_text_readable()
    {
        AeadVector vector = AeadVector.All.First(candidate => candidate.Algorithm == "AES-GMAC-256");

        vector.Ciphertext.Should().Equal(vector.Plaintext);
        EncryptionAlgorithm.Named("AES-GMAC-256").IsConfidential.Should().BeFalse();
    }

    [Test]
    public void Nonce_and_tag_have_the_sizes_of_their_row()
    {
        foreach (EncryptionAlgorithm row in Rows)
        {
            using IAeadCipher cipher = row.CreateAead(new byte[row.KeySize]);
            cipher.NonceSize.Should().Be(row.SaltSize + row.IvSize).And.Be(row.NonceSize);
            cipher.TagSize.Should().Be(row.IcvSize);
        }
    }
}
