// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Wire.Tests;

public sealed class WireReaderTests
{
    [Test]
    public void Reads_fields_big_endian_one_after_the_other()
    {
        var reader = new WireReader(Hex.Bytes("01 0203 04050607 08090a0b0c0d0e0f aabb"));

        reader.TryU8("a", out var u8, out _).Should().BeTrue();
        reader.TryU16("b", out var u16, out _).Should().BeTrue();
        reader.TryU32("c", out var u32, out _).Should().BeTrue();
        reader.TryU64("d", out var u64, out _).Should().BeTrue();
        reader.TryBytes("e", 2, out var rest, out _).Should().BeTrue();

        u8.Should().Be(0x01);
        u16.Should().Be(0x0203);
        u32.Should().Be(0x04050607);
        u64.Should().Be(0x08090a0b0c0d0e0f);
        rest.ToArray().Should().Equal(0xaa, 0xbb);
        reader.Remaining.Should().Be(0);
        reader.Position.Should().Be(17);
    }

    [Test]
    public void A_read_past_the_end_names_field_and_offset_in_the_datagram_and_consumes_nothing()
    {
        var reader = new WireReader(new byte[3], baseOffset: 28);
        reader.TryU16("first", out _, out _).Should().BeTrue();

        reader.TryU32("second", out var value, out var error).Should().BeFalse();

        value.Should().Be(0);
        error.Should().Be(new WireError(WireErrorKind.Truncated, 30, "second", "4 octets needed, 1 left"));
        reader.Remaining.Should().Be(1);
        reader.TryU8("third", out _, out _).Should().BeTrue();
    }

    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(4, 3)]
    [TestCase(8, 7)]
    public void Every_width_needs_all_its_octets(int width, int there)
    {
        var reader = new WireReader(new byte[there]);

        var read = width switch
        {
            1 => reader.TryU8("f", out _, out _),
            2 => reader.TryU16("f", out _, out _),
            4 => reader.TryU32("f", out _, out _),
            _ => reader.TryU64("f", out _, out _),
        };

        read.Should().BeFalse();
    }

    [TestCase(-1)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    [TestCase(5)]
    public void Impossible_lengths_are_truncations(int length)
    {
        var reader = new WireReader(new byte[4]);

        reader.TryBytes("f", length, out _, out var error).Should().BeFalse();

        error.Kind.Should().Be(WireErrorKind.Truncated);
    }

    [Test]
    public void A_sub_reader_stops_at_its_end_and_keeps_the_offset()
    {
        var reader = new WireReader(Hex.Bytes("aa 0102 bb"), baseOffset: 10);
        reader.TryU8("a", out _, out _).Should().BeTrue();

        reader.TrySub("inner", 2, out var sub, out _).Should().BeTrue();

        sub.Offset.Should().Be(11);
        sub.TryU16("b", out var inner, out _).Should().BeTrue();
        inner.Should().Be(0x0102);
        sub.TryU8("c", out _, out var error).Should().BeFalse();
        error.Offset.Should().Be(13);
        reader.TryU8("d", out var after, out _).Should().BeTrue();
        after.Should().Be(0xbb);
    }

    [Test]
    public void An_error_reads_as_a_sentence_with_its_path()
    {
        var error = new WireError(WireErrorKind.BadLength, 42, "length", "3 declared").Within("Transform 2").Within("SA");

        error.ToString().Should().Be("BadLength at offset 42, field SA > Transform 2 > length: 3 declared");
    }
}
