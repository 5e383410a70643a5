// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class KeyExchangeMethodTests
{
    // IANA registry "Transform Type 4"; sizes from RFC 2409 section 6, RFC 3526, RFC 5903 section 7.
    [TestCase(2, "MODP-1024", 128, 128)]
    [TestCase(5, "MODP-1536", 192, 192)]
    [TestCase(14, "MODP-2048", 256, 256)]
    [TestCase(15, "MODP-3072", 384, 384)]
    [TestCase(16, "MODP-4096", 512, 512)]
    [TestCase(19, "ECP-256", 64, 32)]
    [TestCase(20, "ECP-384", 96, 48)]
    [TestCase(21, "ECP-521", 132, 66)]
    public void Row_is_what_the_registry_says(int id, string name, int publicValue, int sharedSecret)
    {
        KeyExchangeMethod? row = KeyExchangeMethod.Find((ushort)id);

        row.Should().NotBeNull();
        row!.Name.Should().Be(name);
        row.PublicValueSize.Should().Be(publicValue);
        row.SharedSecretSize.Should().Be(sharedSecret);
        row.ToString().Should().Be(name);
    }

    [TestCase("MODP-2048", 14)]
    [TestCase("modp-2048", 14)]
    [TestCase("group 14", 14)]
    [TestCase("Group 19", 19)]
    [TestCase("19", 19)]
    public void A_row_is_found_by_name_and_number(string name, int id)
    {
        KeyExchangeMethod.TryFind(name, out KeyExchangeMethod? row).Should().BeTrue();
        ((int)row!.Id).Should().Be(id);
        KeyExchangeMethod.Named(name).Should().BeSameAs(row);
    }

    [TestCase("")]
    [TestCase("group")]
    [TestCase("group ")]
    [TestCase("group -14")]
    [TestCase(" 14")]
    [TestCase("0")]
    [TestCase("65550", TestName = "a number beyond 16 bits is not taken modulo 65536")]
    [TestCase("MODP-2049")]
    public void Anything_else_is_not_found(string name)
    {
        KeyExchangeMethod.TryFind(name, out KeyExchangeMethod? row).Should().BeFalse();
        row.Should().BeNull();
        Action act = () => KeyExchangeMethod.Named(name);
        act.Should().Throw<ArgumentException>().WithMessage("*MODP-1024*ECP-521*");
    }

    [Test]
    public void Names_and_numbers_are_unique()
    {
        KeyExchangeMethod.All.Select(row => row.Name).Should().OnlyHaveUniqueItems();
        KeyExchangeMethod.All.Select(row => row.Id).Should().OnlyHaveUniqueItems();
    }
}
