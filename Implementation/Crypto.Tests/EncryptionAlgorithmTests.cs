// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class EncryptionAlgorithmTests
{
    // Names and numbers: RFC 2409 appendix A, the RFC of each row, the IANA registries of IKEv1, IPsec DOI and IKEv2; the last two columns
    // are the texts of Wireshark 4.0.
    [TestCase("AES-CBC-128", 7, 12, 12, null, true, 16, 16, 16, 0, 0, true, "AES-CBC [RFC3602]", "AES-CBC-128 [RFC3602]")]
    [TestCase("AES-CBC-192", 7, 12, 12, null, true, 24, 16, 16, 0, 0, true, "AES-CBC [RFC3602]", "AES-CBC-192 [RFC3602]")]
    [TestCase("AES-CBC-256", 7, 12, 12, null, true, 32, 16, 16, 0, 0, true, "AES-CBC [RFC3602]", "AES-CBC-256 [RFC3602]")]
    [TestCase("3DES-CBC", 5, 3, 3, null, false, 24, 8, 8, 0, 0, true, "TripleDES-CBC [RFC2451]", "3DES [RFC2451]")]
    [TestCase("CAMELLIA-CBC-128", 8, 22, 23, null, true, 16, 16, 16, 0, 0, true, null, null)]
    [TestCase("CAMELLIA-CBC-192", 8, 22, 23, null, true, 24, 16, 16, 0, 0, true, null, null)]
    [TestCase("CAMELLIA-CBC-256", 8, 22, 23, null, true, 32, 16, 16, 0, 0, true, null, null)]
    [TestCase("AES-CTR-128", null, 13, 13, null, true, 16, 16, 8, 4, 0, true, "AES-CTR [RFC3686]", "AES-CTR-128 [RFC5930]")]
    [TestCase("AES-CTR-192", null, 13, 13, null, true, 24, 16, 8, 4, 0, true, "AES-CTR [RFC3686]", "AES-CTR-192 [RFC5930]")]
    [TestCase("AES-CTR-256", null, 13, 13, null, true, 32, 16, 8, 4, 0, true, "AES-CTR [RFC3686]", "AES-CTR-256 [RFC5930]")]
    [TestCase("NULL", null, 11, 11, null, false, 0, 1, 0, 0, 0, false, "NULL", "NULL [RFC2410]")]
    [TestCase("AES-GCM-16-128", null, 20, 20, 30, true, 16, 16, 8, 4, 16, true, "AES-GCM with 16 octet ICV [RFC4106]", "AES-GCM-128 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-16-192", null, 20, 20, 30, true, 24, 16, 8, 4, 16, true, "AES-GCM with 16 octet ICV [RFC4106]", "AES-GCM-192 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-16-256", null, 20, 20, 30, true, 32, 16, 8, 4, 16, true, "AES-GCM with 16 octet ICV [RFC4106]", "AES-GCM-256 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-12-128", null, 19, 19, null, true, 16, 16, 8, 4, 12, true, "AES-GCM with 12 octet ICV [RFC4106]", "AES-GCM-128 with 12 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-12-192", null, 19, 19, null, true, 24, 16, 8, 4, 12, true, "AES-GCM with 12 octet ICV [RFC4106]", "AES-GCM-192 with 12 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-12-256", null, 19, 19, null, true, 32, 16, 8, 4, 12, true, "AES-GCM with 12 octet ICV [RFC4106]", "AES-GCM-256 with 12 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-8-128", null, 18, 18, null, true, 16, 16, 8, 4, 8, true, "AES-GCM with 8 octet ICV [RFC4106]", "AES-GCM-128 with 8 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-8-192", null, 18, 18, null, true, 24, 16, 8, 4, 8, true, "AES-GCM with 8 octet ICV [RFC4106]", "AES-GCM-192 with 8 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-8-256", null, 18, 18, null, true, 32, 16, 8, 4, 8, true, "AES-GCM with 8 octet ICV [RFC4106]", "AES-GCM-256 with 8 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-16-128", null, 16, 16, null, true, 16, 16, 8, 3, 16, true, null, "AES-CCM-128 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-16-192", null, 16, 16, null, true, 24, 16, 8, 3, 16, true, null, "AES-CCM-192 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-16-256", null, 16, 16, null, true, 32, 16, 8, 3, 16, true, null, "AES-CCM-256 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-12-128", null, 15, 15, null, true, 16, 16, 8, 3, 12, true, null, "AES-CCM-128 with 12 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-12-192", null, 15, 15, null, true, 24, 16, 8, 3, 12, true, null, "AES-CCM-192 with 12 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-12-256", null, 15, 15, null, true, 32, 16, 8, 3, 12, true, null, "AES-CCM-256 with 12 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-8-128", null, 14, 14, 29, true, 16, 16, 8, 3, 8, true, null, "AES-CCM-128 with 8 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-8-192", null, 14, 14, 29, true, 24, 16, 8, 3, 8, true, null, "AES-CCM-192 with 8 octet ICV [RFC5282]")]
    [TestCase("AES-CCM-8-256", null, 14, 14, 29, true, 32, 16, 8, 3, 8, true, null, "AES-CCM-256 with 8 octet ICV [RFC5282]")]
    [TestCase("AES-GMAC-128", null, 23, 21, null, true, 16, 16, 8, 4, 16, false, null, null)]
    [TestCase("AES-GMAC-192", null, 23, 21, null, true, 24, 16, 8, 4, 16, false, null, null)]
    [TestCase("AES-GMAC-256", null, 23, 21, null, true, 32, 16, 8, 4, 16, false, null, null)]
    [TestCase("CHACHA20-POLY1305", null, null, 28, 31, false, 32, 64, 8, 4, 16, true, null, null)]
    public void Row_is_what_the_registries_say(
        string name,
        int? phase1,
        int? esp,
        int ikeV2,
        int? implicitIv,
        bool keyLength,
        int key,
        int block,
        int iv,
        int salt,
        int icv,
        bool confidential,
        string? wiresharkEsp,
        string? wiresharkIkeV2)
    {
        EncryptionAlgorithm row = EncryptionAlgorithm.Named(name);

        ((int?)row.IkeV1Phase1Id).Should().Be(phase1);
        ((int?)row.IkeV1EspId).Should().Be(esp);
        ((int)row.IkeV2Id).Should().Be(ikeV2);
        ((int?)row.IkeV2ImplicitIvId).Should().Be(implicitIv);
        row.HasKeyLengthAttribute.Should().Be(keyLength);
        row.KeySize.Should().Be(key);
        row.KeyBits.Should().Be(key * 8);
        row.KeyMaterialSize.Should().Be(key + salt);
        row.BlockSize.Should().Be(block);
        row.IvSize.Should().Be(iv);
        row.SaltSize.Should().Be(salt);
        row.NonceSize.Should().Be(salt + iv);
        row.IcvSize.Should().Be(icv);
        row.IsAead.Should().Be(icv > 0);
        row.IsConfidential.Should().Be(confidential);
        row.PaddingUnit.Should().Be(row.Mode == EncryptionMode.Cbc ? block : 1);
        row.HasCounterIv.Should().Be(row.Mode is EncryptionMode.Aead or EncryptionMode.Counter);
        row.WiresharkEspName.Should().Be(wiresharkEsp);
        row.WiresharkIkeV2Name.Should().Be(wiresharkIkeV2);
        row.ToString().Should().Be(name);
    }

    [Test]
    public void The_registries_were_asked_about_every_row() =>
        typeof(EncryptionAlgorithmTests).GetMethod(nameof(Row_is_what_the_registries_say))!
            .GetCustomAttributes(typeof(TestCaseAttribute), inherit: false)
            .Select(attribute => ((TestCaseAttribute)attribute).Arguments[0])
            .Should().Equal(EncryptionAlgorithm.All.Select(row => row.Name));

    [Test]
    public void Names_are_found_in_any_case_and_only_whole()
    {
        EncryptionAlgorithm.TryFind("aes-cbc-256", out EncryptionAlgorithm? row).Should().BeTrue();
        row!.Name.Should().Be("AES-CBC-256");
        EncryptionAlgorithm.TryFind("AES-CBC", out row).Should().BeFalse();
        row.Should().BeNull();
    }

    [Test]
    public void An_unknown_name_is_answered_with_the_known_ones()
    {
        Action act = () => EncryptionAlgorithm.Named("ROT13");

        act.Should().Throw<ArgumentException>().WithMessage("*'ROT13'*AES-CBC-128*AES-GCM-16-256*");
    }

    [TestCase(7, 128, "AES-CBC-128")]
    [TestCase(7, 256, "AES-CBC-256")]
    [TestCase(7, null, null, TestName = "phase 1: AES without Key Length is no row")]
    [TestCase(7, 100, null)]
    [TestCase(5, null, "3DES-CBC")]
    [TestCase(5, 192, null, TestName = "phase 1: 3DES takes no Key Length")]
    [TestCase(8, 192, "CAMELLIA-CBC-192")]
    [TestCase(20, 128, null, TestName = "phase 1: there is no AEAD")]
    public void Phase_1_attributes_name_a_row(int id, int? keyBits, string? expected) =>
        (EncryptionAlgorithm.FindPhase1((ushort)id, keyBits)?.Name).Should().Be(expected);

    [TestCase(12, 192, "AES-CBC-192")]
    [TestCase(20, 256, "AES-GCM-16-256")]
    [TestCase(20, null, null, TestName = "ESP: AES-GCM without Key Length is no row")]
    [TestCase(19, 128, "AES-GCM-12-128")]
    [TestCase(14, 256, "AES-CCM-8-256")]
    [TestCase(11, null, "NULL")]
    [TestCase(11, 128, null, TestName = "ESP: NULL takes no Key Length")]
    [TestCase(23, 128, "AES-GMAC-128")]
    [TestCase(28, null, null, TestName = "ESP under IKEv1 has no ChaCha20")]
    public void Esp_transforms_name_a_row(int id, int? keyBits, string? expected) =>
        (EncryptionAlgorithm.FindEsp((byte)id, keyBits)?.Name).Should().Be(expected);

    [Test]
    public void Every_row_is_found_by_its_own_numbers()
    {
        foreach (EncryptionAlgorithm row in EncryptionAlgorithm.All)
        {
            int? keyLength = row.HasKeyLengthAttribute ? row.KeyBits : null;
            if (row.IkeV1EspId is byte esp)
            {
                EncryptionAlgorithm.FindEsp(esp, keyLength).Should().BeSameAs(row);
            }

            if (row.IkeV1Phase1Id is ushort phase1)
            {
                EncryptionAlgorithm.FindPhase1(phase1, keyLength).Should().BeSameAs(row);
            }
        }
    }

    [Test]
    public void Names_are_unique() => EncryptionAlgorithm.All.Select(row => row.Name).Should().OnlyHaveUniqueItems();

    [Test]
    public void A_key_of_another_size_is_refused()
    {
        foreach (EncryptionAlgorithm row in EncryptionAlgorithm.All)
        {
            Action act = () =>
            {
                byte[] key = new byte[row.KeySize + 1];
                using IDisposable cipher = row.IsAead ? row.CreateAead(key) : row.CreateCipher(key);
            };

            act.Should().Throw<ArgumentException>().WithMessage($"{row.Name} takes a key of {row.KeySize} octets*");
        }
    }

    [Test]
    public void A_row_makes_only_its_own_kind_of_cipher()
    {
        Action cbcOfAead = () => EncryptionAlgorithm.Named("AES-GCM-16-128").CreateCbc(new byte[16]);
        Action aeadOfCbc = () => EncryptionAlgorithm.Named("AES-CBC-128").CreateAead(new byte[16]);

        Action cbcOfCounter = () => EncryptionAlgorithm.Named("AES-CTR-128").CreateCbc(new byte[16]);
        Action cipherOfAead = () => EncryptionAlgorithm.Named("AES-GCM-16-128").CreateCipher(new byte[16]);

        cbcOfAead.Should().Throw<InvalidOperationException>();
        cbcOfCounter.Should().Throw<InvalidOperationException>();
        cipherOfAead.Should().Throw<InvalidOperationException>();
        aeadOfCbc.Should().Throw<InvalidOperationException>();
    }
}
