// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class RoundTripTests
{
    private const int MaxPayload = 1500;

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Any_payload_comes_out_as_it_went_in(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);

        Gen.Select(Gen.Byte.Array[0, MaxPayload], Gen.Byte.Where(next => next != 59)).Sample(
            (payload, nextHeader) =>
            {
                var packet = sender.Protect(payload, nextHeader);
                receiver.Unprotect(packet, out var restored, out var restoredNext).Should().Be(EspOutcome.Ok);
                restored.Should().Equal(payload);
                restoredNext.Should().Be(nextHeader);
            },
            iter: 200,
            threads: 1);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Every_size_is_padded_to_the_least_that_is_aligned(EspSaParameters parameters)
    {
        var alignment = Math.Max(4, parameters.EncryptionAlgorithm.PaddingUnit);
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var payload = TestSa.Bytes(MaxPayload);
        for (var size = 0; size <= MaxPayload; size++)
        {
            var packet = sender.Protect(payload.AsSpan(0, size));

            EspLayout.TryOf(parameters, packet.Length, out var layout, out _).Should().BeTrue();
            var ciphertext = layout!.Sections.Single(section => section.Name == EspSection.Ciphertext).Bytes;
            (ciphertext % alignment).Should().Be(0);
            ciphertext.Should().BeInRange(size + 2, size + 1 + alignment);
            (packet.Length - size).Should().BeLessThanOrEqualTo(sender.MaxOverhead);
            receiver.Unprotect(packet, out var restored, out _).Should().Be(EspOutcome.Ok);
            restored.AsSpan().SequenceEqual(payload.AsSpan(0, size)).Should().BeTrue();
        }
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Extended_numbers_enter_the_icv_and_not_the_packet(EspSaParameters parameters)
    {
        var extended = parameters.Esn();
        var payload = TestSa.Bytes(100);
        using var sender = TestSa.Sender(extended, firstSequenceNumber: 0x5_0000_0007);
        using var receiver = new EspInboundSa(extended, 0x5_0000_0006);
        using var ignorant = new EspInboundSa(parameters);

        var packet = sender.Protect(payload);

        packet.Should().HaveCount(EspLayout.ForPayload(parameters, payload.Length).Length);
        packet[4..8].Should().Equal(0, 0, 0, 7);
        ignorant.Unprotect(packet).Should().Be(EspOutcome.IntegrityFailure);
        receiver.Unprotect(packet, out var restored, out _).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(payload);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Keys_of_another_sa_open_nothing(EspSaParameters parameters)
    {
        var otherKey = parameters with { EncryptionKey = TestSa.Bytes(parameters.EncryptionKey.Length, seed: 5) };
        using var sender = TestSa.Sender(parameters);
        var packet = sender.Protect(TestSa.Bytes(64));
        if (parameters.IntegrityAlgorithm is { } integrity)
        {
            using var other = new EspInboundSa(parameters with { IntegrityKey = TestSa.Bytes(integrity.KeySize, seed: 5) });
            other.Unprotect(packet).Should().Be(EspOutcome.IntegrityFailure);
        }
        else
        {
            using var other = new EspInboundSa(otherKey);
            other.Unprotect(packet).Should().Be(EspOutcome.IntegrityFailure);
        }
    }

    [Test]
    public void Without_integrity_nothing_is_appended_and_nothing_refused()
    {
        var parameters = TestSa.Parameters("AES-CBC-256", null);
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);

        var packet = sender.Protect(TestSa.Bytes(14));

        packet.Should().HaveCount(8 + 16 + 16);
        receiver.ReplayWindow.Should().BeNull();
        receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
        receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Usage_counts_packets_and_enciphered_bytes_at_both_ends(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var expected = 0;
        foreach (var size in new[] { 0, 1, 14, 15, 1400 })
        {
            var packet = sender.Protect(TestSa.Bytes(size));
            expected += receiver.PlaintextLength(packet.Length);
            receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
        }

        sender.Usage.Packets.Should().Be(5);
        receiver.Usage.Packets.Should().Be(5);
        sender.Usage.Bytes.Should().Be(expected);
        receiver.Usage.Bytes.Should().Be(expected);
    }
}
