// SPDX-License-Identifier: Apache-2.0
using FluentAssertions;
using Ipsec.Wire.V1;
using NUnit.Framework;
using DataAttribute = Ipsec.Wire.V1.DataAttribute;

namespace Ipsec.Wire.Tests.V1;

public sealed class DataAttributeTests
{
    [TestCase("7080", 28800ul)]
    [TestCase("05", 5ul)]
    [TestCase("015180", 86400ul)]
    [TestCase("00015180", 86400ul)]
    [TestCase("ffffffffffffffff", ulong.MaxValue)]
    public void A_value_of_1_to_8_octets_is_a_number(string value, ulong number)
    {
        DataAttribute.Variable(2, Hex.Bytes(value)).TryGetNumber(out var read).Should().BeTrue();

        read.Should().Be(number);
    }

    [TestCase("")]
    [TestCase("000000000000000001")]
    public void Other_sizes_are_no_number(string value)
    {
        DataAttribute.Variable(2, Hex.Bytes(value)).TryGetNumber(out _).Should().BeFalse();
    }

    [Test]
    public void TV_and_TLV_of_the_same_number_differ_as_attributes_but_not_as_numbers()
    {
        var basic = DataAttribute.Basic(Phase1Attribute.LifeDuration, 28800);
        var variable = DataAttribute.Variable(Phase1Attribute.LifeDuration, 28800u);

        basic.Should().NotBe(variable);
        basic.TryGetNumber(out var a).Should().BeTrue();
        variable.TryGetNumber(out var b).Should().BeTrue();
        a.Should().Be(b);
    }

    [Test]
    public void Attributes_with_the_same_octets_are_equal()
    {
        var one = DataAttribute.Variable(6, Hex.Bytes("010203"));
        var other = DataAttribute.Variable(6, Hex.Bytes("010203"));

        one.Should().Be(other);
        one.GetHashCode().Should().Be(other.GetHashCode());
        one.Should().NotBe(other with { LengthOverride = 3 });
    }

    [Test]
    public void Text_shows_numbers_as_numbers_and_longer_values_as_octets()
    {
        DataAttribute.Basic(Phase2Attribute.KeyLength, 256).ToString().Should().Be("6=256");
        DataAttribute.Variable(6, Hex.Bytes("ffffffffffffffffc9")).ToString().Should().Be("6=0xffffffffffffffffc9");
    }

    [Test]
    public void A_transform_finds_the_first_attribute_of_a_class()
    {
        var transform = Transforms.Phase1Aes256(1);

        transform.TryGet(Phase1Attribute.KeyLength, out var found).Should().BeTrue();
        found.Should().Be(DataAttribute.Basic(14, 256));
        transform.TryGet(Phase1Attribute.Prf, out _).Should().BeFalse();
        Transforms.AhSha256(1).TryGet(Phase2Attribute.SaLifeDuration, out var life).Should().BeTrue();
        life.Should().Be(DataAttribute.Basic(2, 3600));
    }

    [Test]
    public void Proposals_and_transforms_are_equal_by_content()
    {
        var one = new Proposal(1, ProtocolId.Esp, Hex.Bytes("c1c2c3c4"), [Transforms.EspAesCbc256(1)]);
        var same = new Proposal(1, ProtocolId.Esp, Hex.Bytes("c1c2c3c4"), [Transforms.EspAesCbc256(1)]);

        one.Should().Be(same);
        one.GetHashCode().Should().Be(same.GetHashCode());
        one.Should().NotBe(same with { Spi = Hex.Bytes("c1c2c3c5") });
        one.Should().NotBe(same with { Transforms = [Transforms.EspAesCbc256(2)] });
        Transforms.EspAesCbc256(1).GetHashCode().Should().Be(Transforms.EspAesCbc256(1).GetHashCode());
    }
}
