// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class EspLayoutTests
{
    [TestCase("AES-CBC-128", "HMAC-SHA1-96", 84, "ESP header 8, IV 16, ciphertext 96, ICV 12")]
    [TestCase("AES-CBC-256", "HMAC-SHA2-256-128", 84, "ESP header 8, IV 16, ciphertext 96, ICV 16")]
    [TestCase("AES-CBC-256", "HMAC-SHA2-512-256", 14, "ESP header 8, IV 16, ciphertext 16, ICV 32")]
    [TestCase("AES-CBC-128", null, 15, "ESP header 8, IV 16, ciphertext 32")]
    [TestCase("AES-GCM-16-128", null, 84, "ESP header 8, IV 8, ciphertext 88, ICV 16")]
    [TestCase("AES-GCM-16-256", null, 86, "ESP header 8, IV 8, ciphertext 88, ICV 16")]
    [TestCase("AES-GCM-16-256", null, 87, "ESP header 8, IV 8, ciphertext 92, ICV 16")]
    public void Packet_is_laid_out_as_the_algorithms_demand(string encryption, string? integrity, int payload, string expected)
    {
        var parameters = TestSa.Parameters(encryption, integrity);
        using var sender = TestSa.Sender(parameters);

        var packet = sender.Protect(TestSa.Bytes(payload));

        EspLayout.Of(parameters, packet.Length).ToString().Should().Be(expected);
        EspLayout.ForPayload(parameters, payload).ToString().Should().Be(expected);
        EspLayout.Of(parameters, packet.Length).Length.Should().Be(packet.Length);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Lengths_that_no_packet_has_are_told_apart(EspSaParameters parameters)
    {
        var shortest = EspLayout.ForPayload(parameters, 0).Length;

        EspLayout.TryOf(parameters, 0, out _, out var nothing).Should().BeFalse();
        nothing.Should().Be(EspOutcome.TooShort);
        EspLayout.TryOf(parameters, shortest + 1, out var layout, out var odd).Should().BeFalse();
        odd.Should().Be(EspOutcome.BadLength);
        layout.Should().BeNull();
        EspLayout.TryOf(parameters, shortest, out _, out _).Should().BeTrue();
        FluentActions.Invoking(() => EspLayout.Of(parameters, shortest + 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Plaintext_is_payload_padding_pad_length_and_next_header()
    {
        using var sender = TestSa.Sender(TestSa.Cbc);
        EspInspector.TryOpen(TestSa.Cbc, sender.Protect(TestSa.Bytes(84)), out var inspection, out _).Should().BeTrue();

        var layout = EspLayout.OfPlaintext(inspection!);

        layout.ToString().Should().Be("payload 84, padding 10, pad length 1, next header 1");
        layout.Length.Should().Be(inspection!.Layout.Sections.Single(section => section.Name == EspSection.Ciphertext).Bytes);
    }
}
