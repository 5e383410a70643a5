// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

public sealed class KeyExchangeMethodTests
{
    // IANA registry "Transform Type 4"; sizes from RFC 2409 section 6, RFC 3526, RFC 5903 section 7, RFC 5114, RFC 6932, RFC 8031.
    [TestCase(1, "MODP-768", 96, 96)]
    [TestCase(2, "MODP-1024", 128, 128)]
    [TestCase(5, "MODP-1536", 192, 192)]
    [TestCase(14, "MODP-2048", 256, 256)]
    [TestCase(15, "MODP-3072", 384, 384)]
    [TestCase(16, "MODP-4096", 512, 512)]
    [TestCase(19, "ECP-256", 64, 32)]
    [TestCase(20, "ECP-384", 96, 48)]
    [TestCase(17, "MODP-6144", 768, 768)]
    [TestCase(18, "MODP-8192", 1024, 1024)]
    [TestCase(21, "ECP-521", 132, 66)]
    [TestCase(22, "MODP-1024-160", 128, 128)]
    [TestCase(23, "MODP-2048-224", 256, 256)]
    [TestCase(24, "MODP-2048-256", 256, 256)]
    [TestCase(27, "BRAINPOOL-224", 56, 28)]
    [TestCase(28, "BRAINPOOL-256", 64, 32)]
    [TestCase(29, "BRAINPOOL-384", 96, 48)]
    [TestCase(30, "BRAINPOOL-512", 128, 64)]
    [TestCase(31, "CURVE25519", 32, 32)]
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
