// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class TamperingTests
{
    private const int SpiSize = 4;

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_changed_bit_anywhere_is_noticed_and_the_window_stays(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters, firstSequenceNumber: 1000);
        using var receiver = new EspInboundSa(parameters);
        var packet = sender.Protect(TestSa.Bytes(50));
        for (var position = 0; position < packet.Length; position++)
        {
            var tampered = packet.ToArray();
            tampered[position] ^= (byte)(1 << (position % 8));

            receiver.Unprotect(tampered, out var payload, out var nextHeader)
                .Should().Be(position < SpiSize ? EspOutcome.UnknownSpi : EspOutcome.IntegrityFailure, "byte {0} was changed", position);

            payload.Should().BeEmpty();
            nextHeader.Should().Be(0);
            receiver.ReplayWindow!.Highest.Should().Be(0);
        }

        receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
        receiver.Counters[EspOutcome.UnknownSpi].Should().Be(SpiSize);
        receiver.Counters[EspOutcome.IntegrityFailure].Should().Be(packet.Length - SpiSize);
        receiver.Counters.Total.Should().Be(packet.Length + 1);
        receiver.Usage.Packets.Should().Be(1);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_cut_packet_is_refused_at_every_length(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var packet = sender.Protect(TestSa.Bytes(100));
        var plaintext = new byte[packet.Length];
        for (var length = 0; length < packet.Length; length++)
        {
            var cut = packet.AsSpan(0, length);
            receiver.TryUnprotect(cut, plaintext, out var written, out _, out var sequenceNumber)
                .Should().BeOneOf(EspOutcome.TooShort, EspOutcome.BadLength, EspOutcome.IntegrityFailure);
            written.Should().Be(0);
            sequenceNumber.Should().Be(length < 8 ? 0u : 1u);
            if (EspInspector.TryOpen(parameters, cut, out var inspection, out var problem))
            {
                inspection!.IsIcvValid.Should().BeFalse();
            }
            else
            {
                problem.Should().BeOneOf(EspOutcome.TooShort, EspOutcome.BadLength, EspOutcome.IntegrityFailure);
            }
        }

        receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Shorter_than_the_shortest_packet_is_too_short_and_half_a_block_a_bad_length(EspSaParameters parameters)
    {
        using var receiver = new EspInboundSa(parameters);
        using var sender = TestSa.Sender(parameters);
        var shortest = sender.Protect([]);
        var overhead = shortest.Length - receiver.PlaintextLength(shortest.Length);

        receiver.Unprotect(shortest.AsSpan(0, overhead + 1)).Should().Be(EspOutcome.TooShort);
        receiver.Unprotect(shortest.AsSpan(0, overhead + 2)).Should().Be(EspOutcome.BadLength);
        receiver.Unprotect([.. shortest, 0]).Should().Be(EspOutcome.BadLength);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Arbitrary_bytes_are_refused_without_a_fuss(EspSaParameters parameters)
    {
        using var receiver = new EspInboundSa(parameters);
        Gen.Byte.Array[0, 300].Sample(
            bytes =>
            {
                // Half of them with our SPI, so that they get past the first check.
                byte[] packet = bytes.Length % 2 == 0 ? bytes : [0xC0, 0xFF, 0xEE, 0x01, .. bytes];
                receiver.Unprotect(packet).Should().NotBe(EspOutcome.Ok);
                receiver.ReplayWindow!.Highest.Should().Be(0);
            },
            iter: 300,
            threads: 1);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_buffer_that_is_too_small_changes_nothing(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var payload = TestSa.Bytes(33);
        var room = new byte[sender.ProtectedLength(payload.Length)];

        sender.TryProtect(payload, 4, room.AsSpan(1), out var written).Should().Be(EspOutcome.BufferTooSmall);
        written.Should().Be(0);
        sender.SequenceNumber.Should().Be(0);
        room.Should().NotContain(value => value != 0);

        var packet = sender.Protect(payload);
        packet[7].Should().Be(1);
        var plaintext = new byte[receiver.PlaintextLength(packet.Length) - 1];
        receiver.TryUnprotect(packet, plaintext, out _, out _, out _).Should().Be(EspOutcome.BufferTooSmall);
        receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
    }

    [Test]
    public void What_does_not_fit_an_ip_packet_is_too_long()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        var room = new byte[70000];

        sender.TryProtect(new byte[65535], 4, room, out _).Should().Be(EspOutcome.TooLong);
        sender.TryProtect(new byte[65535 - 20 - 8 - 8 - 16 - 2], 4, room, out _).Should().Be(EspOutcome.TooLong);

        // 65515 is 3 more than a multiple of 4, which packets of this SA are.
        sender.TryProtect(new byte[65512 - 8 - 8 - 16 - 2], 4, room, out var written).Should().Be(EspOutcome.Ok);
        written.Should().Be(65512);
        sender.SequenceNumber.Should().Be(1);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_deleted_sa_takes_no_packets(bool combined)
    {
        var parameters = combined ? TestSa.Gcm : TestSa.Cbc;
        var sender = TestSa.Sender(parameters);
        var receiver = new EspInboundSa(parameters);
        var packet = sender.Protect(TestSa.Bytes(10));

        sender.Dispose();
        receiver.Dispose();

        sender.TryProtect(TestSa.Bytes(10), 4, new byte[200], out _).Should().Be(EspOutcome.UnknownSpi);
        sender.SequenceNumber.Should().Be(1);
        receiver.Unprotect(packet).Should().Be(EspOutcome.UnknownSpi);
    }
}
