// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Backends;

using NUnit.Framework;

using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace Ipsec.Crypto.Tests.Backends;

public sealed class ModpGroupTests
{
    // RFC 5114 section 2, the three groups that have not 2 for a generator.
    private static readonly IEnumerable<KeyExchangeMethod> SubgroupRows = KeyExchangeMethod.All.Where(row => row.Id is 22 or 23 or 24);

    private static readonly IEnumerable<KeyExchangeMethod> SafeRows =
        KeyExchangeMethod.All.Where(row => row.Name.StartsWith("MODP", StringComparison.Ordinal)).Except(SubgroupRows);

    private static readonly IEnumerable<KeyExchangeMethod> Rows = SafeRows.Concat(SubgroupRows);

    // 2^n - 2^(n-64) - 1 + 2^64 * ([2^(n-130) pi] + k): RFC 2409 sections 6.1 and 6.2, RFC 3526 sections 2 to 7.
    [TestCase("MODP-768", 149686)]
    [TestCase("MODP-1024", 129093)]
    [TestCase("MODP-1536", 741804)]
    [TestCase("MODP-2048", 124476)]
    [TestCase("MODP-3072", 1690314)]
    [TestCase("MODP-4096", 240904)]
    [TestCase("MODP-6144", 929484)]
    [TestCase("MODP-8192", 4743158)]
    public void Prime_is_made_of_the_digits_of_pi(string name, int k)
    {
        KeyExchangeMethod method = KeyExchangeMethod.Named(name);
        int bits = method.PublicValueSize * 8;
        BigInteger expected = BigInteger.Pow(2, bits) - BigInteger.Pow(2, bits - 64) - 1
            + (BigInteger.Pow(2, 64) * (FloorOfPiTimesTwoTo(bits - 130) + k));

        Prime(method).Should().Be(expected);
    }

    [TestCaseSource(nameof(SafeRows))]
    public void Prime_is_safe(KeyExchangeMethod method)
    {
        var p = new BouncyInteger(1, Octets(Prime(method), method.PublicValueSize));

        p.IsProbablePrime(certainty: 2).Should().BeTrue();
        p.ShiftRight(1).IsProbablePrime(certainty: 2).Should().BeTrue();
    }

    [TestCaseSource(nameof(SubgroupRows))]
    public void A_subgroup_has_its_prime_order_and_the_modulus_is_prime(KeyExchangeMethod method)
    {
        BigInteger p = Prime(method);
        BigInteger q = Order(method);

        new BouncyInteger(1, Octets(p, method.PublicValueSize)).IsProbablePrime(certainty: 10).Should().BeTrue();
        new BouncyInteger(1, Octets(q, 32)).IsProbablePrime(certainty: 10).Should().BeTrue();
        ((p - 1) % q).IsZero.Should().BeTrue();
        BigInteger.ModPow(Generator(method), q, p).IsOne.Should().BeTrue();
        method.Name.Should().EndWith($"-{q.GetBitLength()}");
    }

    // RFC 6989 section 2.2.
    [TestCaseSource(nameof(SubgroupRows))]
    public void A_value_outside_the_subgroup_is_refused(KeyExchangeMethod method)
    {
        BigInteger p = Prime(method);
        using IKeyExchange side = method.Generate(new SeededRandomSource(1));
        BigInteger inside = Number(side.PublicValue.Span);

        // 2 generates far more, and the order of p - x is twice that of x.
        foreach (BigInteger outside in (BigInteger[])[2, p - inside])
        {
            BigInteger.ModPow(outside, Order(method), p).IsOne.Should().BeFalse();
            side.TryComputeSharedSecret(Octets(outside, method.PublicValueSize), out byte[] secret, out string error).Should().BeFalse();
            secret.Should().BeEmpty();
            error.Should().Be($"the public value is not in the subgroup of {method} (RFC 6989 section 2.2)");
        }

        side.TryComputeSharedSecret(Octets(inside, method.PublicValueSize), out _, out _).Should().BeTrue();
    }

    [TestCaseSource(nameof(Rows))]
    public void Another_implementation_of_powers_agrees(KeyExchangeMethod method)
    {
        BigInteger p = Prime(method);
        Gen.Select(Gen.Byte.Array[40], Gen.Byte.Array[40]).Sample(
            (privateValue, peer) =>
            {
                using IKeyExchange side = method.FromPrivateValue(privateValue);
                BigInteger g = Generator(method);
                BigInteger x = Number(privateValue);
                BigInteger y = BigInteger.ModPow(g, Number(peer) + 1, p);

                side.PublicValue.ToArray().Should().Equal(Octets(BigInteger.ModPow(g, x, p), method.PublicValueSize));
                KeyExchangeTests.Agree(side, Octets(y, method.PublicValueSize))
                    .Should().Equal(Octets(BigInteger.ModPow(y, x, p), method.SharedSecretSize));
            },
            iter: 4);
    }

    [TestCaseSource(nameof(SafeRows))]
    public void Small_numbers_are_padded_at_the_front(KeyExchangeMethod method)
    {
        using IKeyExchange three = method.FromPrivateValue([3]);
        using IKeyExchange five = method.FromPrivateValue([5]);

        three.PublicValue.ToArray().Should().Equal(Octets(8, method.PublicValueSize));
        five.PublicValue.ToArray().Should().Equal(Octets(32, method.PublicValueSize));
        KeyExchangeTests.Agree(three, five.PublicValue.Span).Should().Equal(Octets(1 << 15, method.SharedSecretSize));
    }

    [TestCaseSource(nameof(Rows))]
    public void Values_outside_the_legal_range_are_refused(KeyExchangeMethod method)
    {
        BigInteger p = Prime(method);
        BigInteger largest = (BigInteger.One << (method.PublicValueSize * 8)) - 1;
        using IKeyExchange side = method.Generate(new SeededRandomSource(1));

        foreach ((BigInteger value, string name) in ((BigInteger, string)[])
            [(0, "0"), (1, "1"), (p - 1, "p-1"), (p, "p"), (p + 1, "above p"), (p + 2, "above p"), (largest, "above p")])
        {
            side.TryComputeSharedSecret(Octets(value, method.PublicValueSize), out byte[] secret, out string error).Should().BeFalse();
            secret.Should().BeEmpty();
            error.Should().Be($"the public value {name} is not in the range 1 < r < p-1 of {method} (RFC 6989 section 2.1)");
        }
    }

    [TestCaseSource(nameof(SafeRows))]
    public void The_ends_of_the_legal_range_are_accepted(KeyExchangeMethod method)
    {
        BigInteger p = Prime(method);
        using IKeyExchange side = method.FromPrivateValue([2]);

        KeyExchangeTests.Agree(side, Octets(2, method.PublicValueSize)).Should().Equal(Octets(4, method.SharedSecretSize));
        KeyExchangeTests.Agree(side, Octets(p - 2, method.PublicValueSize)).Should().Equal(Octets(4, method.SharedSecretSize));
    }

    // RFC 3526 section 8 gives twice the estimated strength as exponent size; nothing below 256 bits for group 14.
    [TestCase("MODP-1024", 160)]
    [TestCase("MODP-1536", 240)]
    [TestCase("MODP-2048", 320)]
    [TestCase("MODP-3072", 260)]
    [TestCase("MODP-4096", 480)]
    [TestCase("MODP-6144", 540)]
    [TestCase("MODP-8192", 620)]
    public void Private_values_are_long_enough(string name, int bits)
    {
        var source = new CountingSource();
        using IKeyExchange side = KeyExchangeMethod.Named(name).Generate(source);

        (source.Drawn * 8).Should().BeGreaterThanOrEqualTo(Math.Max(bits, 256));
    }

    private static BigInteger Generator(KeyExchangeMethod method) => method.Id switch
    {
        22 => Number(Convert.FromHexString(SubgroupNumbers.Modp1024With160Generator)),
        23 => Number(Convert.FromHexString(SubgroupNumbers.Modp2048With224Generator)),
        24 => Number(Convert.FromHexString(SubgroupNumbers.Modp2048With256Generator)),
        _ => 2,
    };

    private static BigInteger Order(KeyExchangeMethod method) => Number(Convert.FromHexString(method.Id switch
    {
        22 => SubgroupNumbers.Modp1024With160Order,
        23 => SubgroupNumbers.Modp2048With224Order,
        24 => SubgroupNumbers.Modp2048With256Order,
        _ => throw new ArgumentException($"{method} has no subgroup", nameof(method)),
    }));

    private static BigInteger Prime(KeyExchangeMethod method) => Number(Convert.FromHexString(method.Id switch
    {
        1 => ModpPrimes.Modp768,
        2 => ModpPrimes.Modp1024,
        5 => ModpPrimes.Modp1536,
        14 => ModpPrimes.Modp2048,
        15 => ModpPrimes.Modp3072,
        16 => ModpPrimes.Modp4096,
        17 => ModpPrimes.Modp6144,
        18 => ModpPrimes.Modp8192,
        22 => SubgroupNumbers.Modp1024With160Prime,
        23 => SubgroupNumbers.Modp2048With224Prime,
        24 => SubgroupNumbers.Modp2048With256Prime,
        _ => throw new ArgumentException($"{method} has no prime here", nameof(method)),
    }));

    /// <summary>Machin: pi = 16 arctan(1/5) - 4 arctan(1/239), with 64 bits more than wanted.</summary>
    private static BigInteger FloorOfPiTimesTwoTo(int exponent)
    {
        BigInteger one = BigInteger.One << (exponent + 64);
        return ((16 * ArcTangentOfInverse(5, one)) - (4 * ArcTangentOfInverse(239, one))) >> 64;
    }

    private static BigInteger ArcTangentOfInverse(int x, BigInteger one)
    {
        BigInteger power = one / x;
        BigInteger sum = power;
        for (int n = 3, sign = -1; !power.IsZero; n += 2, sign = -sign)
        {
            power /= x * x;
            sum += sign * (power / n);
        }

        return sum;
    }

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static byte[] Octets(BigInteger number, int size)
    {
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - digits.Length], .. digits];
    }

    private sealed class CountingSource : IRandomSource
    {
        private readonly SeededRandomSource _source = new(1);

        public int Drawn { get; private set; }

        public void Fill(Span<byte> destination)
        {
            Drawn += destination.Length;
            _source.Fill(destination);
        }
    }
}
