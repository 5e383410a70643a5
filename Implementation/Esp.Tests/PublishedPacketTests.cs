// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

/// <summary>
/// Whole ESP packets that others published, from SPI to ICV: RFC 7634 appendix A, and the AES-GMAC case of draft-mcgrew-gcm-test-01.
/// </summary>
public sealed class PublishedPacketTests
{
    private const string ChaCha20Inner =
        "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f1011121314151617"
        + "18191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637";

    private const string ChaCha20Packet =
        "0102030400000005101112131415161724039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099"
        + "d52844eb61aa95dfab4c02f72aa71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e0"
        + "76aaa8266b7fb0f7b11b369907e1ad43";

    private const string GmacInner =
        "45000030da3a00008001df3bc0a80005c0a800010800c6cd020007006162636465666768696a6b6c6d6e6f7071727374";

    [Test]
    public void ChaCha20_poly1305_of_rfc_7634_appendix_a()
    {
        var parameters = Parameters(
            "CHACHA20-POLY1305",
            "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3",
            0x01020304);
        var inner = Convert.FromHexString(ChaCha20Inner);
        var plaintext = EspComposer.Plaintext(inner, 2, 4);

        var packet = EspComposer.Compose(parameters, 5, Convert.FromHexString("1011121314151617"), plaintext);

        Convert.ToHexStringLower(packet).Should().Be(ChaCha20Packet);
        Receives(parameters, ChaCha20Packet).Should().Equal(inner);
    }

    [Test]
    public void Aes_gmac_of_the_test_cases_of_its_author()
    {
        var parameters = Parameters("AES-GMAC-128", "4c80cdefbb5d10da906ac73c3613a63422433c64", 0x00004321);
        var inner = Convert.FromHexString(GmacInner);

        // The published plaintext announces an inner packet of protocol 1 although an IP packet follows.
        var plaintext = EspComposer.Plaintext(inner, 2, 1);
        var packet = EspComposer.Compose(parameters, 7, new byte[8], plaintext);

        Convert.ToHexStringLower(packet).Should().Be(
            "00004321000000070000000000000000" + GmacInner + "01020201" + "f2a9a836e155106aa8dcd618e4099aaa");
        using var receiver = new EspInboundSa(parameters);
        receiver.Unprotect(packet, out var restored, out var nextHeader).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(inner);
        nextHeader.Should().Be(1);
    }

    [TestCase("AES-GCM-16-128")]
    [TestCase("AES-CCM-8-256")]
    [TestCase("CHACHA20-POLY1305")]
    public void An_implicit_iv_is_the_sequence_number_and_is_not_sent(string encryption)
    {
        foreach (var extended in new[] { false, true })
        {
            var number = extended ? 0x5_0000_0007ul : 7ul;
            var explicitly = TestSa.Parameters(encryption, null) with { ExtendedSequenceNumbers = extended };
            var implicitly = explicitly with { ImplicitIv = true };
            using var sender = TestSa.Sender(explicitly, number);
            using var shorter = TestSa.Sender(implicitly, number);
            using var receiver = new EspInboundSa(implicitly, number - 1);
            var payload = TestSa.Bytes(50);

            var withIv = sender.Protect(payload);
            var without = shorter.Protect(payload);

            // The sender with an explicit IV happens to take the sequence number too, so only the 8 bytes are missing.
            without.Should().Equal([.. withIv[..8], .. withIv[16..]]);
            receiver.Unprotect(without, out var restored, out _).Should().Be(EspOutcome.Ok);
            restored.Should().Equal(payload);
            EspLayout.Of(implicitly, without.Length).Sections.Should().NotContain(section => section.Name == EspSection.Iv);
        }
    }

    [TestCase("NULL")]
    [TestCase("AES-CTR-128")]
    public void Nothing_but_cbc_does_without_integrity(string encryption) =>
        TestSa.Parameters(encryption, null).Invoking(parameters => parameters.EnsureUsable()).Should().Throw<ArgumentException>();

    [Test]
    public void Gmac_for_ah_is_not_for_esp() =>
        TestSa.Parameters("AES-CBC-128", "AES-GMAC-128")
            .Invoking(parameters => parameters.EnsureUsable()).Should().Throw<ArgumentException>();

    [TestCase("AES-GMAC-128")]
    [TestCase("AES-CCM-16-128")]
    public void An_implicit_iv_is_only_for_the_ciphers_that_have_one(string encryption) =>
        (TestSa.Parameters(encryption, null) with { ImplicitIv = true })
            .Invoking(parameters => parameters.EnsureUsable()).Should().Throw<ArgumentException>();

    private static byte[] Receives(EspSaParameters parameters, string packet)
    {
        using var receiver = new EspInboundSa(parameters);
        receiver.Unprotect(Convert.FromHexString(packet), out var restored, out var nextHeader).Should().Be(EspOutcome.Ok);
        nextHeader.Should().Be(4);
        return restored;
    }

    private static EspSaParameters Parameters(string encryption, string keyMaterial, uint spi) => EspSaParameters.FromKeyMaterial(
        encryption,
        spi,
        TestSa.West,
        TestSa.East,
        EncryptionAlgorithm.Named(encryption),
        null,
        Convert.FromHexString(keyMaterial),
        SaMode.Tunnel,
        SelectorPair.Any);
}
