// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class IntegrityAlgorithmTests
{
    private const string Unchecked = "ANY 96 bit authentication [no checking]";

    // RFC 2403, 2404, 4868, 3566, 4494, 4543; IANA registries; the texts of Wireshark 4.0, tried with ESP packets of the rows that ESP uses.
    [TestCase("HMAC-MD5-96", 1, 2, 1, 16, 0, 12, "HMAC-MD5-96 [RFC2403]", "HMAC_MD5_96 [RFC2403]")]
    [TestCase("HMAC-SHA1-96", 2, 3, 2, 20, 0, 12, "HMAC-SHA-1-96 [RFC2404]", "HMAC_SHA1_96 [RFC2404]")]
    [TestCase("HMAC-SHA2-256-128", 5, 5, 12, 32, 0, 16, "HMAC-SHA-256-128 [RFC4868]", "HMAC_SHA2_256_128 [RFC4868]")]
    [TestCase("HMAC-SHA2-384-192", 6, 6, 13, 48, 0, 24, "HMAC-SHA-384-192 [RFC4868]", "HMAC_SHA2_384_192 [RFC4868]")]
    [TestCase("HMAC-SHA2-512-256", 7, 7, 14, 64, 0, 32, "HMAC-SHA-512-256 [RFC4868]", "HMAC_SHA2_512_256 [RFC4868]")]
    [TestCase("AES-XCBC-96", 9, 9, 5, 16, 0, 12, Unchecked, "ANY 96-bits of Authentication [No Checking]")]
    [TestCase("AES-CMAC-96", null, null, 8, 16, 0, 12, Unchecked, "ANY 96-bits of Authentication [No Checking]")]
    [TestCase("AES-GMAC-128", 11, 11, 9, 20, 8, 16, null, null)]
    [TestCase("AES-GMAC-192", 12, 12, 10, 28, 8, 16, null, null)]
    [TestCase("AES-GMAC-256", 13, 13, 11, 36, 8, 16, null, null)]
    public void Row_is_what_the_registries_say(
        string name, int? auth, int? ah, int ikeV2, int key, int iv, int icv, string? wiresharkEsp, string? wiresharkIkeV2)
    {
        IntegrityAlgorithm.TryFind(name, out IntegrityAlgorithm? row).Should().BeTrue();

        ((int?)row!.IkeV1AuthId).Should().Be(auth);
        ((int?)row.IkeV1AhId).Should().Be(ah);
        ((int)row.IkeV2Id).Should().Be(ikeV2);
        row.KeySize.Should().Be(key);
        row.IvSize.Should().Be(iv);
        row.IcvSize.Should().Be(icv);
        row.IsForEsp.Should().Be(iv == 0);
        row.WiresharkEspName.Should().Be(wiresharkEsp);
        row.WiresharkIkeV2Name.Should().Be(wiresharkIkeV2);
        IntegrityAlgorithm.Named(name.ToLowerInvariant()).Should().BeSameAs(row);
        if (auth is int number)
        {
            IntegrityAlgorithm.FindIkeV1((ushort)number).Should().BeSameAs(row);
        }

        using IIntegrity integrity = row.Create(new byte[key]);
        integrity.IvSize.Should().Be(iv);
        integrity.IcvSize.Should().Be(icv);
    }

    [Test]
    public void The_registries_were_asked_about_every_row() =>
        typeof(IntegrityAlgorithmTests).GetMethod(nameof(Row_is_what_the_registries_say))!
            .GetCustomAttributes(typeof(TestCaseAttribute), inherit: false)
            .Select(attribute => ((TestCaseAttribute)attribute).Arguments[0])
            .Should().Equal(IntegrityAlgorithm.All.Select(row => row.Name));

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
            integrity.Compute(vector.Iv, vector.Data.AsSpan(0, cut), vector.Data.AsSpan(cut), icv);
            icv.Should().Equal(vector.Icv);
            integrity.Verify(vector.Iv, vector.Data.AsSpan(0, cut), vector.Data.AsSpan(cut), icv).Should().BeTrue();
            if (vector.Iv is null)
            {
                integrity.Compute(vector.Data.AsSpan(0, cut), vector.Data.AsSpan(cut), icv);
                icv.Should().Equal(vector.Icv);
                integrity.Verify(vector.Data.AsSpan(0, cut), vector.Data.AsSpan(cut), icv).Should().BeTrue();
            }
        }
    }

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void Any_flipped_bit_is_refused(IntegrityAlgorithm row) =>
        Gen.Select(Gen.Byte.Array[row.KeySize], Gen.Byte.Array[row.IvSize], Gen.Byte.Array[1, 100], Gen.Byte.Array[1, 10], Gen.Int[0, 10_000])
            .Sample((key, iv, a, b, where) =>
            {
                using IIntegrity integrity = row.Create(key);
                byte[] icv = new byte[row.IcvSize];
                integrity.Compute(iv, a, b, icv);

                foreach (byte[] part in ((byte[][])[iv, a, b, icv]).Where(part => part.Length > 0))
                {
                    int bit = where % (part.Length * 8);
                    part[bit / 8] ^= (byte)(1 << (bit % 8));
                    integrity.Verify(iv, a, b, icv).Should().BeFalse();
                    part[bit / 8] ^= (byte)(1 << (bit % 8));
                }

                integrity.Verify(iv, a, b, icv).Should().BeTrue();
            });

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void An_icv_of_another_length_is_refused_though_its_octets_are_right(IntegrityAlgorithm row)
    {
        byte[] data = [1, 2, 3];
        byte[] iv = new byte[row.IvSize];
        using IIntegrity integrity = row.Create(new byte[row.KeySize]);
        byte[] right = new byte[row.IcvSize];
        integrity.Compute(iv, data, [], right);

        for (int length = 0; length <= row.IcvSize + 1; length++)
        {
            byte[] icv = new byte[length];
            right.AsSpan(0, Math.Min(length, right.Length)).CopyTo(icv);
            integrity.Verify(iv, data, [], icv).Should().Be(length == row.IcvSize);
        }
    }

    // The whole code of the hash, of which the ICV is the front (RFC 2104 section 5, RFC 4868 section 2.3).
    [Test]
    public void The_icv_of_hmac_is_the_front_of_the_whole_code()
    {
        foreach (IntegrityAlgorithm row in IntegrityAlgorithm.All.Where(row => row.Name.StartsWith("HMAC", StringComparison.Ordinal)))
        {
            byte[] key = new byte[row.KeySize];
            byte[] whole = PrfAlgorithm.All.Single(prf => prf.HashName is not null && prf.OutputSize == row.KeySize).Compute(key, [1, 2, 3]);
            using IIntegrity integrity = row.Create(key);

            integrity.Verify([1, 2, 3], [], whole.AsSpan(0, row.IcvSize)).Should().BeTrue();
        }
    }

    [TestCase("AES-XCBC-96", "AES128-XCBC")]
    [TestCase("AES-CMAC-96", "AES128-CMAC")]
    public void The_icv_of_aes_is_the_front_of_the_prf(string integrityName, string prfName) =>
        Gen.Select(Gen.Byte.Array[16], Gen.Byte.Array[0, 100], Gen.Byte.Array[0, 5000]).Sample(
            (key, a, b) =>
            {
                using IIntegrity integrity = IntegrityAlgorithm.Named(integrityName).Create(key);
                byte[] icv = new byte[12];
                integrity.Compute(b, a, icv);
                integrity.Compute(a, b, icv);

                icv.Should().Equal(PrfAlgorithm.Named(prfName).Compute(key, [.. a, .. b])[..12]);
            },
            iter: 50);

    [Test]
    public void What_takes_an_iv_does_nothing_without_one_and_the_others_take_none()
    {
        foreach (IntegrityAlgorithm row in IntegrityAlgorithm.All)
        {
            using IIntegrity integrity = row.Create(new byte[row.KeySize]);
            byte[] icv = new byte[row.IcvSize];
            Action compute = () => integrity.Compute([1], [2], icv);
            Action verify = () => integrity.Verify([1], [2], icv);
            Action otherIv = () => integrity.Compute(new byte[row.IvSize + 1], [1], [2], icv);
            Action verifyOtherIv = () => integrity.Verify(new byte[row.IvSize + 1], [1], [2], icv);

            otherIv.Should().Throw<ArgumentException>();
            verifyOtherIv.Should().Throw<ArgumentException>();
            if (row.IsForEsp)
            {
                compute.Should().NotThrow();
                verify.Should().NotThrow();
            }
            else
            {
                compute.Should().Throw<InvalidOperationException>();
                verify.Should().Throw<InvalidOperationException>();
            }
        }
    }

    [TestCaseSource(typeof(IntegrityAlgorithm), nameof(IntegrityAlgorithm.All))]
    public void Wrong_sizes_of_our_own_are_refused(IntegrityAlgorithm row)
    {
        using IIntegrity integrity = row.Create(new byte[row.KeySize]);
        Action shortKey = () => row.Create(new byte[row.KeySize - 1]);
        Action longIcv = () => integrity.Compute(new byte[row.IvSize], [], [], new byte[row.IcvSize + 1]);

        shortKey.Should().Throw<ArgumentException>().WithMessage($"{row.Name} takes a key of {row.KeySize} octets*");
        longIcv.Should().Throw<ArgumentException>();
    }
}
