// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class IntegrityAlgorithmTests
{
    // RFC 2403, 2404, 4868; IANA registries; the texts of Wireshark 4.0, tried with ESP packets of every row.
    [TestCase("HMAC-MD5-96", 1, 2, 1, 16, 12, "HMAC-MD5-96 [RFC2403]", "HMAC_MD5_96 [RFC2403]")]
    [TestCase("HMAC-SHA1-96", 2, 3, 2, 20, 12, "HMAC-SHA-1-96 [RFC2404]", "HMAC_SHA1_96 [RFC2404]")]
    [TestCase("HMAC-SHA2-256-128", 5, 5, 12, 32, 16, "HMAC-SHA-256-128 [RFC4868]", "HMAC_SHA2_256_128 [RFC4868]")]
    [TestCase("HMAC-SHA2-384-192", 6, 6, 13, 48, 24, "HMAC-SHA-384-192 [RFC4868]", "HMAC_SHA2_384_192 [RFC4868]")]
    [TestCase("HMAC-SHA2-512-256", 7, 7, 14, 64, 32, "HMAC-SHA-512-256 [RFC4868]", "HMAC_SHA2_512_256 [RFC4868]")]
    public void Row_is_what_the_registries_say(
        string name, int auth, int ah, int ikeV2, int key, int icv, string wiresharkEsp, string wiresharkIkeV2)
    {
        IntegrityAlgorithm.TryFind(name, out IntegrityAlgorithm? row).Should().BeTrue();

        ((int)row!.IkeV1AuthId).Should().Be(auth);
        ((int)row.IkeV1AhId).Should().Be(ah);
        ((int)row.IkeV2Id).Should().Be(ikeV2);
        row.KeySize.Should().Be(key);
        row.IcvSize.Should().Be(icv);
        row.WiresharkEspName.Should().Be(wiresharkEsp);
        row.WiresharkIkeV2Name.Should().Be(wiresharkIkeV2);
        IntegrityAlgorithm.FindIkeV1((ushort)auth).Should().BeSameAs(row);
        IntegrityAlgorithm.Named(name.ToLowerInvariant()).Should().BeSameAs(row);
    }

    [Test]
    public void Kpdk_is_no_row() => IntegrityAlgorithm.FindIkeV1(4).Should().BeNull();

    [TestCaseSource(typeof(IntegrityVector), nameof(IntegrityVector.All))]
    public void Icv_is_as_published(IntegrityVector vector)
    {
        using IIntegrity integrity = IntegrityAlgorithm.Named(vector.Algorithm).Create(vector.Key);
        byte[] icv = new byte[integrity.IcvSize];

        for (int cut = 0; cut <= vector.Data.Length; cut++)
        {
            Array.Clear(icv);
            integrity.Compute(vector.Data.AsSpan(0, cut), vector.Data.AsSpan(cut), icv);
            icv.Should().Equal(vector.Icv);
            integrity.Verify(vector.Data.AsSpan(0, cut), vector.Data.AsSpan(cut), icv).Should().BeTrue();
        }
    }

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void Any_flipped_bit_is_refused(IntegrityAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[1, 100], Gen.Byte.Array[1, 10], Gen.Int[0, 10_000])
            .Sample((key, a, b, where) =>
            {
                using IIntegrity integrity = row.Create(key);
                byte[] icv = new byte[row.IcvSize];
                integrity.Compute(a, b, icv);

                foreach (byte[] part in (byte[][])[a, b, icv])
                {
                    int bit = where % (part.Length * 8);
                    part[bit / 8] ^= (byte)(1 << (bit % 8));
                    integrity.Verify(a, b, icv).Should().BeFalse();
                    part[bit / 8] ^= (byte)(1 << (bit % 8));
                }

                integrity.Verify(a, b, icv).Should().BeTrue();
            });

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void An_icv_of_another_length_is_refused_though_its_octets_are_right(IntegrityAlgorithm row)
    {
        byte[] key = new byte[row.KeySize];
        byte[] data = [1, 2, 3];
        byte[] full = [.. PrfAlgorithm.All.Single(prf => prf.OutputSize == row.KeySize).Compute(key, data), 0];
        using IIntegrity integrity = row.Create(key);

        integrity.Verify(data, [], full.AsSpan(0, row.IcvSize)).Should().BeTrue();
        for (int length = 0; length <= full.Length; length++)
        {
            integrity.Verify(data, [], full.AsSpan(0, length)).Should().Be(length == row.IcvSize);
        }
    }

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void Wrong_sizes_of_our_own_are_refused(IntegrityAlgorithm row)
    {
        using IIntegrity integrity = row.Create(new byte[row.KeySize]);
        Action shortKey = () => row.Create(new byte[row.KeySize - 1]);
        Action longIcv = () => integrity.Compute([], [], new byte[row.IcvSize + 1]);

        shortKey.Should().Throw<ArgumentException>().WithMessage($"{row.Name} takes a key of {row.KeySize} octets*");
        longIcv.Should().Throw<ArgumentException>();
    }
}
