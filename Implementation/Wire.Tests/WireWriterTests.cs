// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Wire.Tests;

public sealed class WireWriterTests
{
    [Test]
    public void Appends_fields_big_endian()
    {
        var writer = new WireWriter();

        writer.U8(0x01);
        writer.U16(0x0203);
        writer.U32(0x04050607);
        writer.U64(0x08090a0b0c0d0e0f);
        writer.Bytes([0xaa, 0xbb]);

        writer.ToArray().Should().Equal(Hex.Bytes("01 0203 04050607 08090a0b0c0d0e0f aabb"));
        writer.Length.Should().Be(17);
    }

    [Test]
    public void Patches_overwrite_only_their_field()
    {
        var writer = new WireWriter();
        writer.Bytes(new byte[10]);

        writer.PatchU8(0, 0x11);
        writer.PatchU16(2, 0x2233);
        writer.PatchU32(6, 0x44556677);

        writer.ToArray().Should().Equal(Hex.Bytes("11 00 2233 0000 44556677"));
    }

    [Test]
    public void A_patch_beyond_what_is_written_is_our_own_mistake()
    {
        var writer = new WireWriter(capacity: 64);
        writer.U16(1);

        var patch = () => writer.PatchU32(0, 1);

        patch.Should().Throw<ArgumentOutOfRangeException>();
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void Grows_from_any_capacity_without_losing_octets(int capacity)
    {
        var writer = new WireWriter(capacity);
        var expected = Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray();

        foreach (var octet in expected)
        {
            writer.U8(octet);
        }

        writer.Bytes(expected);

        writer.ToArray().Should().Equal([.. expected, .. expected]);
    }

    [Test]
    public void ToArray_is_a_copy()
    {
        var writer = new WireWriter();
        writer.U8(1);
        var copy = writer.ToArray();

        writer.PatchU8(0, 2);

        copy.Should().Equal(1);
        writer.Written.ToArray().Should().Equal(2);
    }
}
