// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class PaddingTests
{
    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void Every_pad_length_that_fits_is_sent_and_taken(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var payload = TestSa.Bytes(61);
        var least = EspComposer.LeastPadLength(parameters, payload.Length);
        var alignment = EspComposer.LeastPadLength(parameters, 0) + 2;
        var room = new byte[600];
        var taken = 0;
        for (var padLength = 0; padLength <= 255; padLength++)
        {
            var outcome = sender.TryProtect(payload, 17, new EspPadding(PadLength: padLength), room, out var written);
            if ((padLength - least) % alignment != 0 || padLength < least)
            {
                outcome.Should().Be(EspOutcome.BadPadLength);
                continue;
            }

            outcome.Should().Be(EspOutcome.Ok);
            EspInspector.TryOpen(parameters, room.AsSpan(0, written), out var inspection, out _).Should().BeTrue();
            inspection!.PadLength.Should().Be((byte)padLength);
            inspection.Trailer.Should().Be(EspOutcome.Ok);
            receiver.Unprotect(room.AsSpan(0, written), out var restored, out _).Should().Be(EspOutcome.Ok);
            restored.Should().Equal(payload);
            taken++;
        }

        taken.Should().BeGreaterThanOrEqualTo(15);
        sender.TryProtect(payload, 17, new EspPadding(PadLength: 256), room, out _).Should().Be(EspOutcome.BadPadLength);
        sender.TryProtect(payload, 17, new EspPadding(PadLength: -1), room, out _).Should().Be(EspOutcome.BadPadLength);
        sender.TryProtect(payload, 17, new EspPadding(TfcLength: -1), room, out _).Should().Be(EspOutcome.BadPadLength);
        sender.TryProtect(payload, 17, new EspPadding(TfcLength: int.MaxValue), room, out _).Should().Be(EspOutcome.BadPadLength);
    }

    [Test]
    public void Tfc_padding_makes_packets_of_one_length_and_is_cut_off()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());
        var options = new TunnelOptions { PadTo = 1200 };
        var lengths = new HashSet<int>();
        foreach (var size in new[] { 0, 1, 500, 1180 })
        {
            var packet = TestPackets.WestToEast(size);
            var wire = sender.Encapsulate(packet, options);
            lengths.Add(wire.Length);
            receiver.Decapsulate(wire, out var restored).Should().Be(EspOutcome.Ok);
            restored.Should().Equal(packet);
        }

        lengths.Should().ContainSingle();
        sender.Encapsulate(TestPackets.WestToEast(1400), options).Length.Should().BeGreaterThan(lengths.Single());
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    public void A_dummy_packet_is_discarded_without_being_an_error(int length)
    {
        using var sender = TestSa.Sender(TestSa.Cbc);
        using var receiver = new EspInboundSa(TestSa.Cbc);
        var room = new byte[1200];

        sender.TryProtectDummy(length, room, out var written).Should().Be(EspOutcome.Ok);

        receiver.Unprotect(room.AsSpan(0, written), out var payload, out _).Should().Be(EspOutcome.DummyPacket);
        payload.Should().BeEmpty();
        receiver.Unprotect(room.AsSpan(0, written)).Should().Be(EspOutcome.Replayed, "a dummy has its number like any other");
    }

    [Test]
    public void A_batch_is_the_same_as_one_by_one()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var alone = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm);
        var input = TestSa.Bytes(300);
        var output = new byte[1000];
        var items = new EspBatchItem[4];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = new EspBatchItem { InputOffset = i * 50, InputLength = 50 + i, OutputOffset = i * 200, OutputLength = i == 2 ? 20 : 200, NextHeader = 17 };
        }

        sender.ProtectBatch(input, output, items).Should().Be(3);

        items.Select(item => item.Outcome).Should().Equal(EspOutcome.Ok, EspOutcome.Ok, EspOutcome.BufferTooSmall, EspOutcome.Ok);
        foreach (var item in items.Where(item => item.Outcome == EspOutcome.Ok))
        {
            output.AsSpan(item.OutputOffset, item.OutputLength).ToArray()
                .Should().Equal(alone.Protect(input.AsSpan(item.InputOffset, item.InputLength), 17));
        }

        var plain = new byte[1000];
        var back = items.Select(item => new EspBatchItem
        {
            InputOffset = item.OutputOffset,
            InputLength = item.OutputLength,
            OutputOffset = item.OutputOffset,
            OutputLength = 200,
        }).ToArray();
        receiver.UnprotectBatch(output, plain, back).Should().Be(3);
        back[3].NextHeader.Should().Be(17);
        plain.AsSpan(back[3].OutputOffset, back[3].OutputLength).SequenceEqual(input.AsSpan(150, 53)).Should().BeTrue();
        back[2].Outcome.Should().Be(EspOutcome.TooShort);
    }

    [Test]
    public void An_sa_that_is_used_up_carries_nothing_more()
    {
        var parameters = TestSa.Gcm with { Lifetime = new SaLifetime(SoftPackets: 1, HardPackets: 2) };
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var room = new byte[200];
        ((IOutboundSa)sender).IsReplacementDue(default).Should().BeFalse();
        receiver.Unprotect(sender.Protect(TestSa.Bytes(10))).Should().Be(EspOutcome.Ok);
        ((IOutboundSa)sender).IsReplacementDue(default).Should().BeTrue();
        receiver.Unprotect(sender.Protect(TestSa.Bytes(10))).Should().Be(EspOutcome.Ok);

        sender.TryProtect(TestSa.Bytes(10), 4, room, out _).Should().Be(EspOutcome.LifetimeEnded);

        using var endless = TestSa.Sender(TestSa.Gcm, 3);
        receiver.Unprotect(endless.Protect(TestSa.Bytes(10))).Should().Be(EspOutcome.LifetimeEnded);
        receiver.ReplayWindow!.Highest.Should().Be(2);
    }
}
