// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using CsCheck;
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

/// <summary>What holds for all messages and all octets, tried on many.</summary>
public sealed class PropertyTests
{
    [Test]
    public void A_message_written_and_read_is_the_same_message()
    {
        MessageGen.Message.Sample(
            message =>
            {
                var octets = message.Encode();

                IsakmpMessage.TryReadClear(octets, out var read, out var error).Should().BeTrue("{0}", error);

                read!.Header.Should().Be(message.Header with
                {
                    NextPayload = message.Payloads.IsEmpty ? PayloadType.None : message.Payloads[0].Type,
                    Length = (uint)octets.Length,
                });
                ReadInvariants.WithoutRaw(read).Payloads.Should().Equal(message.Payloads);
                read.Encode(keepHeader: true).Should().Equal(octets);
            },
            iter: 2000);
    }

    [Test]
    public void Bodies_are_the_same_before_writing_and_after_reading()
    {
        MessageGen.Message.Sample(
            message =>
            {
                IsakmpMessage.TryReadClear(message.Encode(), out var read, out _).Should().BeTrue();

                for (var i = 0; i < message.Payloads.Length; i++)
                {
                    read!.Payloads[i].Body.Span.SequenceEqual(message.Payloads[i].Body.Span).Should().BeTrue();
                }
            },
            iter: 500);
    }

    [Test]
    public void Any_message_with_some_octets_changed_is_an_error_or_read_as_it_stands()
    {
        var change = Gen.Select(Gen.Int[0, 1000], Gen.Byte);
        Gen.Select(MessageGen.Message, change.Array[1, 6]).Sample(
            (message, changes) =>
            {
                var octets = message.Encode();
                foreach (var (position, value) in changes)
                {
                    octets[position % octets.Length] = value;
                }

                ReadInvariants.Hold(octets);
            },
            iter: 20_000);
    }

    [Test]
    public void Any_message_cut_anywhere_with_lengths_that_agree_is_an_error_or_read_as_it_stands()
    {
        Gen.Select(MessageGen.Message, Gen.Int[0, 1000]).Sample(
            (message, at) =>
            {
                var octets = message.Encode();
                var cut = octets[..(at % octets.Length)];
                if (cut.Length >= IsakmpHeader.Size)
                {
                    BinaryPrimitives.WriteUInt32BigEndian(cut.AsSpan(IsakmpHeader.LengthOffset), (uint)cut.Length);
                }

                ReadInvariants.Hold(cut).Should().BeFalse();
            },
            iter: 5000);
    }

    [Test]
    public void Any_octets_are_an_error_or_read_as_they_stand()
    {
        Gen.Byte.Array[0, 300].Sample(octets => { ReadInvariants.Hold(octets); }, iter: 20_000);
    }

    [Test]
    public void Any_octets_after_any_payload_type_are_an_error_or_read_as_they_stand()
    {
        // Small numbers make lengths, counts and types that fit more often than chance would.
        var octet = Gen.Frequency((3, Gen.Byte[0, 16]), (1, Gen.Byte));
        Gen.Select(Gen.Byte, octet.Array[0, 120]).Sample(
            (first, octets) => { ReadInvariants.HoldForChain((PayloadType)first, octets, baseOffset: 28); },
            iter: 50_000);
    }

    [Test]
    public void A_long_chain_of_the_smallest_payloads_is_read_whole()
    {
        var octets = new byte[65_500];
        for (var i = 0; i < octets.Length; i += 4)
        {
            octets[i] = (byte)(i + 4 < octets.Length ? PayloadType.VendorId : PayloadType.None);
            octets[i + 3] = 4;
        }

        PayloadChain.TryRead(PayloadType.VendorId, octets, 28, out var payloads, out var consumed, out _).Should().BeTrue();

        payloads.Should().HaveCount(octets.Length / 4);
        consumed.Should().Be(octets.Length);
    }
}
