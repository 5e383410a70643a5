// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class SequenceNumberTests
{
    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Numbers_start_at_one_and_rise_by_one(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        for (var number = 1u; number <= 20; number++)
        {
            var packet = sender.Protect(TestSa.Bytes(20));
            BinaryPrimitives.ReadUInt32BigEndian(packet).Should().Be(TestSa.Spi);
            BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4)).Should().Be(number);
        }
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void The_last_number_is_sent_and_none_after_it(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters, firstSequenceNumber: uint.MaxValue - 1);
        using var receiver = new EspInboundSa(parameters, uint.MaxValue - 2);
        receiver.Unprotect(sender.Protect([1])).Should().Be(EspOutcome.Ok);
        receiver.Unprotect(sender.Protect([2])).Should().Be(EspOutcome.Ok);

        var room = new byte[200];
        for (var attempt = 0; attempt < 3; attempt++)
        {
            sender.TryProtect([3], 4, room, out var written).Should().Be(EspOutcome.SequenceExhausted);
            written.Should().Be(0);
        }

        room.Should().NotContain(value => value != 0);
        sender.SequenceNumber.Should().Be(uint.MaxValue);
        sender.Counters[EspOutcome.SequenceExhausted].Should().Be(3);
        sender.Usage.Packets.Should().Be(2);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Extended_numbers_go_on_into_the_next_subspace(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters.Esn(), firstSequenceNumber: uint.MaxValue - 40);
        using var receiver = new EspInboundSa(parameters.Esn(), uint.MaxValue - 41);
        var packets = Enumerable.Range(0, 80).Select(_ => sender.Protect(TestSa.Bytes(8))).ToList();

        // Backwards within groups, so that the high half has to be found on both sides of the wrap.
        foreach (var packet in packets.Chunk(20).SelectMany(group => group.Reverse()))
        {
            receiver.Unprotect(packet).Should().Be(EspOutcome.Ok);
        }

        receiver.ReplayWindow!.Highest.Should().Be((ulong)uint.MaxValue + 39);
        foreach (var packet in packets.TakeLast(64))
        {
            receiver.Unprotect(packet).Should().Be(EspOutcome.Replayed, "a replay is one across the wrap as well");
        }
    }

    [Test]
    public void Extended_numbers_end_as_well()
    {
        using var sender = TestSa.Sender(TestSa.Gcm.Esn(), firstSequenceNumber: ulong.MaxValue);
        sender.Protect([1]);

        sender.TryProtect([2], 4, new byte[200], out _).Should().Be(EspOutcome.SequenceExhausted);
    }

    [TestCase(0ul)]
    [TestCase(0x1_0000_0000ul)]
    public void A_first_number_that_cannot_be_is_refused(ulong first) =>
        FluentActions.Invoking(() => TestSa.Sender(TestSa.Gcm, first)).Should().Throw<ArgumentOutOfRangeException>();

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Duplicates_and_old_packets_are_refused_whatever_the_order(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var packets = Enumerable.Range(0, 200).Select(index => sender.Protect([(byte)index])).ToList();

        receiver.Unprotect(packets[99]).Should().Be(EspOutcome.Ok);
        receiver.Unprotect(packets[99]).Should().Be(EspOutcome.Replayed);
        receiver.Unprotect(packets[99 - 64]).Should().Be(EspOutcome.TooOld);
        receiver.Unprotect(packets[99 - 63]).Should().Be(EspOutcome.Ok);
        receiver.Unprotect(packets[98]).Should().Be(EspOutcome.Ok);
        receiver.Unprotect(packets[98]).Should().Be(EspOutcome.Replayed);
        receiver.Unprotect(packets[199]).Should().Be(EspOutcome.Ok);
        receiver.Unprotect(packets[99]).Should().Be(EspOutcome.TooOld);
        receiver.Unprotect(packets[150]).Should().Be(EspOutcome.Ok);
        receiver.Counters.ToString().Should().Be("Ok 5, TooOld 2, Replayed 2");
    }

    [Test]
    public void A_forged_high_number_does_not_push_the_window()
    {
        using var sender = TestSa.Sender(TestSa.Cbc);
        using var receiver = new EspInboundSa(TestSa.Cbc);
        receiver.Unprotect(sender.Protect([1])).Should().Be(EspOutcome.Ok);
        var forged = sender.Protect([2]);
        BinaryPrimitives.WriteUInt32BigEndian(forged.AsSpan(4), 1_000_002);

        receiver.Unprotect(forged).Should().Be(EspOutcome.IntegrityFailure);

        receiver.ReplayWindow!.Highest.Should().Be(1);
        receiver.Unprotect(sender.Protect([3])).Should().Be(EspOutcome.Ok);
    }

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Number_zero_is_refused_even_with_a_right_icv(EspSaParameters parameters)
    {
        var packet = EspComposer.Compose(
            parameters, 0, new byte[parameters.EncryptionAlgorithm.IvSize], EspComposer.Plaintext(new byte[14], 0, 4));
        using var receiver = new EspInboundSa(parameters);
        using var indifferent = new EspInboundSa(parameters with { ReplayWindowSize = 0 });

        receiver.Unprotect(packet).Should().Be(EspOutcome.SequenceZero);
        indifferent.Unprotect(packet).Should().Be(EspOutcome.Ok);
    }

    [Test]
    public void Without_a_window_numbers_are_not_looked_at()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm with { ReplayWindowSize = 0 });
        var first = sender.Protect([1]);
        for (var i = 0; i < 100; i++)
        {
            receiver.Unprotect(sender.Protect([2])).Should().Be(EspOutcome.Ok);
            receiver.Unprotect(first).Should().Be(EspOutcome.Ok);
        }
    }

    [Test]
    public void Gcm_ivs_count_with_the_packets()
    {
        using var sender = TestSa.Sender(TestSa.Gcm.Esn(), firstSequenceNumber: uint.MaxValue);
        BinaryPrimitives.ReadUInt64BigEndian(sender.Protect([1]).AsSpan(8)).Should().Be(uint.MaxValue);
        BinaryPrimitives.ReadUInt64BigEndian(sender.Protect([1]).AsSpan(8)).Should().Be((ulong)uint.MaxValue + 1);
    }

    [Test]
    public void Cbc_ivs_come_from_the_random_source()
    {
        var source = new SeededRandomSource(1);
        using var sender = TestSa.Sender(TestSa.Cbc);
        var ivs = Enumerable.Range(0, 200).Select(_ => Convert.ToHexString(sender.Protect([1]).AsSpan(8, 16))).ToList();

        var expected = new byte[16];
        foreach (var iv in ivs)
        {
            source.Fill(expected);
            iv.Should().Be(Convert.ToHexString(expected));
        }

        ivs.Should().OnlyHaveUniqueItems();
    }
}
