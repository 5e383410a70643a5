// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class EspInspectorTests
{
    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void The_same_packet_can_be_opened_again_and_again(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters, firstSequenceNumber: 12);
        var payload = TestSa.Bytes(61);
        var packet = sender.Protect(payload, nextHeader: 17);
        for (var time = 0; time < 3; time++)
        {
            EspInspector.TryOpen(parameters, packet, out var inspection, out var problem).Should().BeTrue();
            problem.Should().Be(EspOutcome.Ok);
            inspection!.Spi.Should().Be(TestSa.Spi);
            inspection.SequenceNumber.Should().Be(12);
            inspection.NextHeader.Should().Be(17);
            inspection.IsIcvValid.Should().BeTrue();
            inspection.Payload.ToArray().Should().Equal(payload);
            inspection.Iv.ToArray().Should().Equal(packet[8..(8 + parameters.EncryptionAlgorithm.IvSize)]);
            inspection.Icv.ToArray().Should().Equal(packet[^parameters.IcvSize..]);
        }
    }

    [Test]
    public void A_wrong_icv_is_reported_and_the_plaintext_shown_where_the_cipher_allows_it()
    {
        using var sender = TestSa.Sender(TestSa.Cbc);
        var packet = sender.Protect(TestSa.Bytes(20));
        packet[^1] ^= 1;

        EspInspector.TryOpen(TestSa.Cbc, packet, out var inspection, out _).Should().BeTrue();

        inspection!.IsIcvValid.Should().BeFalse();
        inspection.Payload.ToArray().Should().Equal(TestSa.Bytes(20));
    }

    [Test]
    public void An_aead_shows_nothing_that_is_not_authentic()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        var packet = sender.Protect(TestSa.Bytes(20));
        packet[^1] ^= 1;

        EspInspector.TryOpen(TestSa.Gcm, packet, out var inspection, out var problem).Should().BeFalse();

        inspection.Should().BeNull();
        problem.Should().Be(EspOutcome.IntegrityFailure);
    }

    [Test]
    public void A_packet_of_another_sa_is_not_opened()
    {
        using var sender = TestSa.Sender(TestSa.Gcm with { Spi = TestSa.Spi + 1 });

        EspInspector.TryOpen(TestSa.Gcm, sender.Protect([1]), out _, out var problem).Should().BeFalse();

        problem.Should().Be(EspOutcome.UnknownSpi);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void An_impossible_pad_length_is_shown(EspSaParameters parameters)
    {
        var plaintext = EspComposer.Plaintext(TestSa.Bytes(14), 0, 4);
        plaintext[^2] = 99;
        var packet = EspComposer.Compose(parameters, 1, new byte[parameters.EncryptionAlgorithm.IvSize], plaintext);

        EspInspector.TryOpen(parameters, packet, out var inspection, out _).Should().BeTrue();

        inspection!.Trailer.Should().Be(EspOutcome.BadPadLength);
        inspection.PadLength.Should().Be(99);
        inspection.Padding.Length.Should().Be(0);
        inspection.Payload.ToArray().Should().Equal(TestSa.Bytes(14));
    }

    [Test]
    public void Wrong_padding_is_shown()
    {
        var packet = EspComposer.Compose(TestSa.Gcm, 1, new byte[8], [1, 2, 3, 4, 9, 9, 2, 4]);

        EspInspector.TryOpen(TestSa.Gcm, packet, out var inspection, out _).Should().BeTrue();

        inspection!.Trailer.Should().Be(EspOutcome.BadPadding);
        inspection.Payload.ToArray().Should().Equal(1, 2, 3, 4);
        inspection.Padding.ToArray().Should().Equal(9, 9);
    }

    [Test]
    public void The_high_half_of_an_extended_number_is_the_observers_to_know()
    {
        using var sender = TestSa.Sender(TestSa.Cbc.Esn(), firstSequenceNumber: 0x3_0000_0009);
        var packet = sender.Protect([1]);

        EspInspector.TryOpen(TestSa.Cbc.Esn(), packet, out var right, out _, sequenceNumberHigh: 3).Should().BeTrue();
        EspInspector.TryOpen(TestSa.Cbc.Esn(), packet, out var wrong, out _, sequenceNumberHigh: 4).Should().BeTrue();

        right!.IsIcvValid.Should().BeTrue();
        wrong!.IsIcvValid.Should().BeFalse();
    }
}
