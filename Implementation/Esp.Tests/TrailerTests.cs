// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class TrailerTests
{
    private const byte Ipip = 4;
    private const byte NoNextHeader = 59;

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Padding_of_any_length_is_consumed(EspSaParameters parameters)
    {
        using var receiver = new EspInboundSa(parameters);
        for (var padLength = 0; padLength <= 255; padLength++)
        {
            // The payload makes up what the padding leaves open to the next block.
            var payload = TestSa.Bytes((((padLength + 2 + 15) / 16 * 16) - padLength - 2) + 16);

            var packet = Compose(parameters, (ulong)padLength + 1, EspComposer.Plaintext(payload, padLength, Ipip));

            receiver.Unprotect(packet, out var restored, out _)
                .Should().Be(EspOutcome.Ok, "a pad length of {0} is legal", padLength);

            restored.Should().Equal(payload);
        }
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_wrong_byte_anywhere_in_the_padding_is_noticed_and_the_number_is_used_up(EspSaParameters parameters)
    {
        using var receiver = new EspInboundSa(parameters);
        var sound = EspComposer.Plaintext(TestSa.Bytes(2), 12, Ipip);
        for (var position = 2; position < 14; position++)
        {
            var plaintext = sound.ToArray();
            plaintext[position] ^= 0x80;

            receiver.Unprotect(Compose(parameters, (ulong)position, plaintext), out var payload, out var nextHeader)
                .Should().Be(EspOutcome.BadPadding);

            payload.Should().BeEmpty();
            nextHeader.Should().Be(Ipip);
            receiver.ReplayWindow!.Check((ulong)position).Should().Be(ReplayVerdict.Replayed);
        }
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_pad_length_beyond_the_packet_is_noticed(EspSaParameters parameters)
    {
        using var receiver = new EspInboundSa(parameters);
        var plaintext = EspComposer.Plaintext([], 14, Ipip);
        receiver.Unprotect(Compose(parameters, 1, plaintext)).Should().Be(EspOutcome.Ok);
        foreach (var padLength in new byte[] { 15, 16, 200, 255 })
        {
            plaintext[^2] = padLength;
            receiver.Unprotect(Compose(parameters, padLength, plaintext)).Should().Be(EspOutcome.BadPadLength);
        }
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Dummy_packets_are_discarded_and_count_as_received(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var dummy = sender.Protect(TestSa.Bytes(77), NoNextHeader);

        receiver.Unprotect(dummy, out var payload, out var nextHeader).Should().Be(EspOutcome.DummyPacket);

        payload.Should().BeEmpty();
        nextHeader.Should().Be(NoNextHeader);
        receiver.ReplayWindow!.Highest.Should().Be(1);
        receiver.Unprotect(dummy).Should().Be(EspOutcome.Replayed);
        receiver.Unprotect(sender.Protect([1])).Should().Be(EspOutcome.Ok);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Least_pad_length_is_what_the_sender_adds(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        for (var size = 0; size < 40; size++)
        {
            EspInspector.TryOpen(parameters, sender.Protect(TestSa.Bytes(size)), out var inspection, out _).Should().BeTrue();
            inspection!.Trailer.Should().Be(EspOutcome.Ok);
            inspection.PadLength.Should().Be((byte)EspComposer.LeastPadLength(parameters, size));
            inspection.Padding.ToArray().Should().Equal(Enumerable.Range(1, inspection.PadLength).Select(number => (byte)number));
        }
    }

    [TestCase(-1)]
    [TestCase(256)]
    public void A_pad_length_that_no_field_can_hold_is_refused(int padLength) =>
        FluentActions.Invoking(() => EspComposer.Plaintext([], padLength, Ipip)).Should().Throw<ArgumentOutOfRangeException>();

    [Test]
    public void An_iv_of_another_size_is_refused() =>
        FluentActions.Invoking(() => EspComposer.Compose(TestSa.Gcm, 1, new byte[16], new byte[16])).Should().Throw<ArgumentException>();

    private static byte[] Compose(EspSaParameters parameters, ulong sequenceNumber, byte[] plaintext) =>
        EspComposer.Compose(
            parameters, sequenceNumber, TestSa.Bytes(parameters.EncryptionAlgorithm.IvSize, sequenceNumber), plaintext);
}
