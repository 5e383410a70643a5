// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

/// <summary>Groups that two peers agree on themselves (RFC 2409 section 5.6).</summary>
public sealed class PrivateGroupTests
{
    // The largest safe prime below 2^512.
    private static readonly BigInteger Prime = (BigInteger.One << 512) - 38117;

    [Test]
    public void Both_sides_compute_the_same_and_it_is_the_modular_power()
    {
        var method = Make(KeyExchangeMethod.FirstPrivateId, Prime, 3);
        using var west = method.Generate(new SeededRandomSource(1));
        using var east = method.FromPrivateValue([5]);

        east.PublicValue.ToArray().Should().Equal(Bytes(243, 64));
        west.TryComputeSharedSecret(east.PublicValue.Span, out var one, out _).Should().BeTrue();
        east.TryComputeSharedSecret(west.PublicValue.Span, out var other, out _).Should().BeTrue();
        one.Should().Equal(other).And.HaveCount(method.SharedSecretSize);
        other.Should().Equal(Bytes(BigInteger.ModPow(new(west.PublicValue.Span, true, true), 5, Prime), 64));
        method.Name.Should().Be("PRIVATE-32768-MODP-512");
        KeyExchangeMethod.Find(KeyExchangeMethod.FirstPrivateId).Should().BeNull("it is in no table");
    }

    [TestCase(32767, 0, 2, "number")]
    [TestCase(32768, 2, 2, "not a prime")]
    [TestCase(32768, 1, 2, "not a prime")]
    [TestCase(32768, 0, 0, "generator")]
    [TestCase(32768, 0, 1, "generator")]
    [TestCase(32768, 0, -1, "generator")]
    public void What_is_no_group_is_refused(int id, int above, int generator, string word)
    {
        var g = generator < 0 ? Prime + generator : generator;
        KeyExchangeMethod.TryCreateModp((ushort)id, Bytes(Prime + above), Bytes(g), 512, 1024, out var method, out var problem).Should().BeFalse();
        method.Should().BeNull();
        problem.Should().Contain(word);
    }

    [Test]
    public void A_prime_that_is_not_safe_is_refused()
    {
        KeyExchangeMethod.TryCreateModp(40000, Bytes((BigInteger.One << 521) - 1), [2], 512, 1024, out _, out var problem).Should().BeFalse();
        problem.Should().Contain("safe prime");
    }

    [TestCase(513, 1024)]
    [TestCase(256, 511)]
    public void A_modulus_of_another_size_is_refused(int fewest, int most)
    {
        KeyExchangeMethod.TryCreateModp(40000, Bytes(Prime), [2], fewest, most, out _, out var problem).Should().BeFalse();
        problem.Should().Contain("512 bits");
    }

    [Test]
    public void Nothing_at_all_is_refused() =>
        KeyExchangeMethod.TryCreateModp(40000, default, default, 0, 1024, out _, out _).Should().BeFalse();

    private static KeyExchangeMethod Make(ushort id, BigInteger prime, BigInteger generator)
    {
        KeyExchangeMethod.TryCreateModp(id, Bytes(prime), Bytes(generator), 512, 1024, out var method, out var problem).Should().BeTrue(problem);
        return method!;
    }

    private static byte[] Bytes(BigInteger number, int size = 0)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Math.Max(0, size - bytes.Length)], .. bytes];
    }
}
