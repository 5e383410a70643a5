// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

internal sealed class GoldenMessageTests
{
    private static IReadOnlyList<GoldenMessage> Messages => GoldenMessage.All;

    [TestCaseSource(nameof(Messages))]
    public void Is_written_as_laid_out(GoldenMessage golden)
    {
        Hex.Text(golden.Model.Encode(keepHeader: true)).Should().Be(Hex.Text(golden.Bytes));
    }

    [TestCaseSource(nameof(Messages))]
    public void Next_payload_and_length_of_the_header_follow_the_payloads(GoldenMessage golden)
    {
        var header = golden.Model.Header with { NextPayload = PayloadType.Fragment, Length = 1 };

        Hex.Text((golden.Model with { Header = header }).Encode()).Should().Be(Hex.Text(golden.Bytes));
    }

    [TestCaseSource(nameof(Messages))]
    public void Is_read_into_the_model(GoldenMessage golden)
    {
        IsakmpMessage.TryReadClear(golden.Bytes, out var message, out var error).Should().BeTrue("{0}", error);

        ReadInvariants.WithoutRaw(message!).Should().Be(golden.Model);
        message!.Payloads.SelectMany(payload => payload.Raw.ToArray()).Should().Equal(golden.Bytes[IsakmpHeader.Size..]);
    }

    [TestCaseSource(nameof(Messages))]
    public void Truncated_anywhere_is_an_error(GoldenMessage golden)
    {
        for (var length = 0; length < golden.Bytes.Length; length++)
        {
            ReadInvariants.Hold(golden.Bytes[..length]).Should().BeFalse();
        }
    }

    [TestCaseSource(nameof(Messages))]
    public void Truncated_anywhere_with_a_header_that_agrees_is_an_error(GoldenMessage golden)
    {
        for (var length = IsakmpHeader.Size; length < golden.Bytes.Length; length++)
        {
            var cut = WithLength(golden.Bytes[..length]);

            ReadInvariants.Hold(cut).Should().BeFalse();
        }
    }

    [TestCaseSource(nameof(Messages))]
    public void Any_flipped_bit_is_an_error_or_read_as_it_stands(GoldenMessage golden)
    {
        var read = 0;
        for (var bit = 0; bit < golden.Bytes.Length * 8; bit++)
        {
            var flipped = golden.Bytes;
            flipped[bit / 8] ^= (byte)(0x80 >> (bit % 8));
            read += ReadInvariants.Hold(flipped) ? 1 : 0;
        }

        // Cookies, version, exchange, flags and message id alone are 184 bits that change no layout.
        read.Should().BeInRange(184, (golden.Bytes.Length * 8) - 32);
    }

    [Test]
    public void Octets_after_the_declared_length_are_trailing()
    {
        byte[] longer = [.. GoldenMessage.MainModeThird.Bytes, 0];

        IsakmpMessage.TryReadClear(longer, out _, out var error).Should().BeFalse();

        error.Kind.Should().Be(WireErrorKind.TrailingBytes);
        error.Offset.Should().Be(84);
        error.Field.Should().Be("ISAKMP header > length");
    }

    [Test]
    public void Octets_after_the_last_payload_are_trailing()
    {
        var longer = WithLength([.. GoldenMessage.MainModeThird.Bytes, 0, 0, 0]);

        IsakmpMessage.TryReadClear(longer, out _, out var error).Should().BeFalse();

        error.Should().Be(new WireError(WireErrorKind.TrailingBytes, 84, "end", "3 octets after the last payload"));
    }

    [TestCase(0u, WireErrorKind.BadLength)]
    [TestCase(27u, WireErrorKind.BadLength)]
    [TestCase(28u, WireErrorKind.TrailingBytes)]
    [TestCase(85u, WireErrorKind.Truncated)]
    [TestCase(0x80000000u, WireErrorKind.Truncated)]
    [TestCase(uint.MaxValue, WireErrorKind.Truncated)]
    public void A_header_length_other_than_the_datagrams_is_an_error(uint length, WireErrorKind kind)
    {
        var golden = GoldenMessage.MainModeThird;
        var lying = golden.Model with { Header = golden.Model.Header with { Length = length } };

        IsakmpMessage.TryReadClear(lying.Encode(keepHeader: true), out _, out var error).Should().BeFalse();

        error.Kind.Should().Be(kind);
        error.Field.Should().Be("ISAKMP header > length");
    }

    [Test]
    public void A_chain_may_leave_padding_for_the_caller_to_judge()
    {
        byte[] padded = [.. GoldenMessage.QuickModeFirst.Bytes[IsakmpHeader.Size..], 0, 0, 0, 0, 0];

        PayloadChain.TryRead(PayloadType.Hash, padded, IsakmpHeader.Size, out var payloads, out var consumed, out _).Should().BeTrue();

        payloads.Should().HaveCount(5);
        consumed.Should().Be(padded.Length - 5);
    }

    [Test]
    public void Payloads_are_found_by_kind()
    {
        var message = GoldenMessage.QuickModeFirst.Model;

        message.Find<NoncePayload>()!.Nonce.Length.Should().Be(16);
        message.Find<KeyExchangePayload>().Should().BeNull();
        message.All<IdentificationPayload>().Select(id => id.ToString()).Should().Equal("198.18.1.0/24", "198.18.2.0/24");
    }

    [Test]
    public void A_trace_shows_exchange_cookies_and_payloads()
    {
        GoldenMessage.Deletion.Model.ToString().Should().Be(
            "Informational 1f2e3d4c5b6a7988-8897a6b5c4d3e2f1: N(InitialContact), D(Isakmp 0x1f2e3d4c5b6a79888897a6b5c4d3e2f1)");
    }

    private static byte[] WithLength(byte[] datagram)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
            datagram.AsSpan(IsakmpHeader.LengthOffset), (uint)datagram.Length);
        return datagram;
    }
}
