// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

public sealed class EspSaParametersTests
{
    [TestCase("AES-CBC-128", "HMAC-SHA1-96", 16, 0, 20)]
    [TestCase("AES-CBC-192", "HMAC-SHA2-256-128", 24, 0, 32)]
    [TestCase("AES-CBC-256", "HMAC-SHA2-512-256", 32, 0, 64)]
    [TestCase("AES-CBC-256", null, 32, 0, 0)]
    [TestCase("AES-GCM-16-128", null, 16, 4, 0)]
    [TestCase("AES-GCM-16-256", null, 32, 4, 0)]
    public void Keys_are_cut_in_the_order_cipher_salt_integrity(string encryption, string? integrity, int key, int salt, int integrityKey)
    {
        var cipher = EncryptionAlgorithm.Named(encryption);
        var mac = integrity is null ? null : IntegrityAlgorithm.Named(integrity);
        var material = Enumerable.Range(0, key + salt + integrityKey).Select(i => (byte)i).ToArray();

        var parameters = EspSaParameters.FromKeyMaterial(
            "net", 1000, TestSa.West, TestSa.East, cipher, mac, material, SaMode.Tunnel, TestSa.Networks, mac is null && !cipher.IsAead);

        EspSaParameters.KeyMaterialLength(cipher, mac).Should().Be(material.Length);
        parameters.EncryptionKey.ToArray().Should().Equal(material[..key]);
        parameters.Salt.ToArray().Should().Equal(material[key..(key + salt)]);
        parameters.IntegrityKey.ToArray().Should().Equal(material[(key + salt)..]);
        parameters.Invoking(made => made.EnsureUsable()).Should().NotThrow();
    }

    [Test]
    public void Key_material_is_copied()
    {
        var material = TestSa.Bytes(20);
        var cipher = EncryptionAlgorithm.Named("AES-GCM-16-128");
        var parameters = EspSaParameters.FromKeyMaterial(
            "net", 1000, TestSa.West, TestSa.East, cipher, null, material, SaMode.Tunnel, TestSa.Networks);
        var before = parameters.EncryptionKey.ToArray();

        Array.Clear(material);

        parameters.EncryptionKey.ToArray().Should().Equal(before);
    }

    [TestCase(19)]
    [TestCase(21)]
    [TestCase(0)]
    public void Key_material_of_another_length_is_refused(int length) =>
        FluentActions.Invoking(() => EspSaParameters.FromKeyMaterial(
                "net",
                1000,
                TestSa.West,
                TestSa.East,
                EncryptionAlgorithm.Named("AES-GCM-16-128"),
                null,
                new byte[length],
                SaMode.Tunnel,
                TestSa.Networks))
            .Should().Throw<ArgumentException>();

    [Test]
    public void The_window_is_64_wide_unless_there_is_no_integrity()
    {
        TestSa.Gcm.ReplayWindowSize.Should().Be(64);
        TestSa.Cbc.ReplayWindowSize.Should().Be(64);
        TestSa.Parameters("AES-CBC-128", null).ReplayWindowSize.Should().Be(0);
        TestSa.Gcm.ExtendedSequenceNumbers.Should().BeFalse();
    }

    [Test]
    public void Parameters_that_no_sa_can_have_are_refused()
    {
        var sha = IntegrityAlgorithm.Named("HMAC-SHA2-256-128");
        EspSaParameters[] impossible =
        [
            TestSa.Gcm with { EncryptionKey = new byte[15] },
            TestSa.Gcm with { Salt = new byte[3] },
            TestSa.Gcm with { IntegrityAlgorithm = sha, IntegrityKey = new byte[32] },
            TestSa.Gcm with { IntegrityKey = new byte[32] },
            TestSa.Gcm with { ExtendedSequenceNumbers = true, ReplayWindowSize = 0 },
            TestSa.Cbc with { Salt = new byte[4] },
            TestSa.Cbc with { IntegrityKey = new byte[20] },
            TestSa.Parameters("AES-CBC-128", null) with { ReplayWindowSize = 64 },
            TestSa.Parameters("AES-CBC-128", null) with { ConfidentialityOnly = false },
            TestSa.Cbc with { ImplicitIv = true },
            TestSa.Cbc with { Source = IPAddress.Parse("2001:db8::1") },
        ];
        foreach (var parameters in impossible)
        {
            parameters.Invoking(wrong => wrong.EnsureUsable()).Should().Throw<ArgumentException>();
            FluentActions.Invoking(() => new EspInboundSa(parameters)).Should().Throw<ArgumentException>();
            FluentActions.Invoking(() => TestSa.Sender(parameters)).Should().Throw<ArgumentException>();
        }
    }

    [TestCase(16)]
    [TestCase(65)]
    [TestCase(8192)]
    public void A_window_of_another_size_is_refused(int size) =>
        FluentActions.Invoking(() => new EspInboundSa(TestSa.Gcm with { ReplayWindowSize = size })).Should().Throw<ArgumentException>();

    [Test]
    public void Text_names_the_sa_and_keeps_its_keys()
    {
        TestSa.Cbc.ToString().Should().Be(
            "net: ESP 0xc0ffee01 198.51.100.1 -> 198.51.100.2 AES-CBC-128 / HMAC-SHA2-256-128 tunnel");
        (TestSa.Gcm with { Mode = SaMode.Transport }).ToString().Should().EndWith("AES-GCM-16-128 transport");
    }
}
