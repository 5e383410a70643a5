// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class EncryptionAlgorithmTests
{
    private const string EspGcm = "AES-GCM with 16 octet ICV [RFC4106]";

    // Names and numbers: RFC 2409 appendix A, RFC 3602 section 5, RFC 4106 section 8, the IANA registries of IKEv1, IPsec DOI and IKEv2;
    // the last two columns are the texts of Wireshark 4.0, tried with ESP packets of every row.
    [TestCase("AES-CBC-128", 7, 12, 12, 16, 16, 0, 0, "AES-CBC [RFC3602]", "AES-CBC-128 [RFC3602]")]
    [TestCase("AES-CBC-192", 7, 12, 12, 24, 16, 0, 0, "AES-CBC [RFC3602]", "AES-CBC-192 [RFC3602]")]
    [TestCase("AES-CBC-256", 7, 12, 12, 32, 16, 0, 0, "AES-CBC [RFC3602]", "AES-CBC-256 [RFC3602]")]
    [TestCase("AES-GCM-16-128", null, 20, 20, 16, 8, 4, 16, EspGcm, "AES-GCM-128 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-16-192", null, 20, 20, 24, 8, 4, 16, EspGcm, "AES-GCM-192 with 16 octet ICV [RFC5282]")]
    [TestCase("AES-GCM-16-256", null, 20, 20, 32, 8, 4, 16, EspGcm, "AES-GCM-256 with 16 octet ICV [RFC5282]")]
    public void Row_is_what_the_registries_say(
        string name, int? phase1, int esp, int ikeV2, int key, int iv, int salt, int icv, string wiresharkEsp, string wiresharkIkeV2)
    {
        EncryptionAlgorithm row = EncryptionAlgorithm.Named(name);

        ((int?)row.IkeV1Phase1Id).Should().Be(phase1);
        ((int?)row.IkeV1EspId).Should().Be(esp);
        ((int)row.IkeV2Id).Should().Be(ikeV2);
        row.HasKeyLengthAttribute.Should().BeTrue();
        row.KeySize.Should().Be(key);
        row.KeyBits.Should().Be(key * 8);
        row.KeyMaterialSize.Should().Be(key + salt);
        row.BlockSize.Should().Be(16);
        row.IvSize.Should().Be(iv);
        row.SaltSize.Should().Be(salt);
        row.IcvSize.Should().Be(icv);
        row.IsAead.Should().Be(icv > 0);
        row.WiresharkEspName.Should().Be(wiresharkEsp);
        row.WiresharkIkeV2Name.Should().Be(wiresharkIkeV2);
        row.ToString().Should().Be(name);
    }

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
    [TestCase(5, null, null, TestName = "phase 1: 3DES is no row")]
    [TestCase(20, 128, null, TestName = "phase 1: there is no AEAD")]
    public void Phase_1_attributes_name_a_row(int id, int? keyBits, string? expected) =>
        (EncryptionAlgorithm.FindPhase1((ushort)id, keyBits)?.Name).Should().Be(expected);

    [TestCase(12, 192, "AES-CBC-192")]
    [TestCase(20, 256, "AES-GCM-16-256")]
    [TestCase(20, null, null, TestName = "ESP: AES-GCM without Key Length is no row")]
    [TestCase(19, 128, null, TestName = "ESP: AES-GCM with 12 octets of ICV is another algorithm")]
    public void Esp_transforms_name_a_row(int id, int? keyBits, string? expected) =>
        (EncryptionAlgorithm.FindEsp((byte)id, keyBits)?.Name).Should().Be(expected);

    [Test]
    public void Every_row_is_found_by_its_own_numbers()
    {
        foreach (EncryptionAlgorithm row in EncryptionAlgorithm.All)
        {
            EncryptionAlgorithm.FindEsp(row.IkeV1EspId!.Value, row.KeyBits).Should().BeSameAs(row);
            if (row.IkeV1Phase1Id is ushort phase1)
            {
                EncryptionAlgorithm.FindPhase1(phase1, row.KeyBits).Should().BeSameAs(row);
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
                using IDisposable cipher = row.IsAead ? row.CreateAead(key) : row.CreateCbc(key);
            };

            act.Should().Throw<ArgumentException>().WithMessage($"{row.Name} takes a key of {row.KeySize} octets*");
        }
    }

    [Test]
    public void A_row_makes_only_its_own_kind_of_cipher()
    {
        Action cbcOfAead = () => EncryptionAlgorithm.Named("AES-GCM-16-128").CreateCbc(new byte[16]);
        Action aeadOfCbc = () => EncryptionAlgorithm.Named("AES-CBC-128").CreateAead(new byte[16]);

        cbcOfAead.Should().Throw<InvalidOperationException>();
        aeadOfCbc.Should().Throw<InvalidOperationException>();
    }
}
