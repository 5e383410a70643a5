// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

internal sealed class GoldenPayloadTests
{
    private static IReadOnlyList<GoldenPayload> Payloads => GoldenPayload.All;

    [TestCaseSource(nameof(Payloads))]
    public void Is_written_as_laid_out(GoldenPayload golden)
    {
        var writer = new WireWriter();

        golden.Model.Write(writer, PayloadType.None);

        Hex.Text(writer.Written).Should().Be(Hex.Text(golden.Bytes));
    }

    [TestCaseSource(nameof(Payloads))]
    public void Is_read_into_the_model(GoldenPayload golden)
    {
        var read = Read(golden.Model.Type, golden.Bytes);

        read.Should().BeOfType(golden.Model.GetType());
        read.Type.Should().Be(golden.Model.Type);
        read.Raw.ToArray().Should().Equal(golden.Bytes);

        // Without Raw the fields alone count, so that fields swapped by the reader would show.
        (read with { }).Should().Be(golden.Model);
    }

    [TestCaseSource(nameof(Payloads))]
    public void Has_the_octets_after_the_generic_header_as_body(GoldenPayload golden)
    {
        golden.Model.Body.ToArray().Should().Equal(golden.Bytes[4..]);
        Read(golden.Model.Type, golden.Bytes).Body.ToArray().Should().Equal(golden.Bytes[4..]);
    }

    [TestCaseSource(nameof(Payloads))]
    public void Truncated_anywhere_is_an_error(GoldenPayload golden)
    {
        for (var length = 0; length < golden.Bytes.Length; length++)
        {
            ReadInvariants.HoldForChain(golden.Model.Type, golden.Bytes[..length], baseOffset: 28).Should().BeFalse();
        }
    }

    [TestCaseSource(nameof(Payloads))]
    public void Truncated_anywhere_with_a_length_that_agrees_is_an_error_or_a_shorter_payload(GoldenPayload golden)
    {
        for (var length = 4; length < golden.Bytes.Length; length++)
        {
            var cut = golden.Bytes[..length];
            cut[2] = (byte)(length >> 8);
            cut[3] = (byte)length;

            ReadInvariants.HoldForChain(golden.Model.Type, cut, baseOffset: 28);
        }
    }

    [TestCaseSource(nameof(Payloads))]
    public void Any_flipped_bit_is_an_error_or_read_as_it_stands(GoldenPayload golden)
    {
        for (var bit = 0; bit < golden.Bytes.Length * 8; bit++)
        {
            var flipped = golden.Bytes;
            flipped[bit / 8] ^= (byte)(0x80 >> (bit % 8));

            ReadInvariants.HoldForChain(golden.Model.Type, flipped, baseOffset: 28);
        }
    }

    [TestCaseSource(nameof(Payloads))]
    public void Read_as_any_other_type_is_an_error_or_read_as_it_stands(GoldenPayload golden)
    {
        for (var type = 1; type <= byte.MaxValue; type++)
        {
            ReadInvariants.HoldForChain((PayloadType)type, golden.Bytes, baseOffset: 0);
        }
    }

    private static Payload Read(PayloadType type, byte[] bytes)
    {
        PayloadChain.TryRead(type, bytes, 28, out var payloads, out var consumed, out var error)
            .Should().BeTrue("{0}", error);
        consumed.Should().Be(bytes.Length);
        return payloads.Should().ContainSingle().Subject;
    }
}
