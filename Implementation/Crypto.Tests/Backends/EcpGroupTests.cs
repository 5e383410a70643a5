// SPDX-License-Identifier: Apache-2.0

using System.Numerics;

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Backends;

public sealed class EcpGroupTests
{
    private const string NotOnCurve = "the public value is not a point of";
    private const string NotInField = "a coordinate of the public value is not below the prime of";

    private static readonly IEnumerable<KeyExchangeMethod> Rows =
        KeyExchangeMethod.All.Where(row => row.Id is (>= 19 and <= 21) or (>= 27 and <= 30));

    [TestCaseSource(nameof(Rows))]
    public void A_flipped_bit_takes_the_point_off_the_curve(KeyExchangeMethod method) =>
        Gen.Select(Gen.ULong, Gen.Int[0, 10_000]).Sample(
            (seed, where) =>
            {
                using IKeyExchange side = method.Generate(new SeededRandomSource(seed));
                byte[] value = side.PublicValue.ToArray();
                int bit = where % (value.Length * 8);
                value[bit / 8] ^= (byte)(1 << (bit % 8));

                side.TryComputeSharedSecret(value, out byte[] secret, out string error).Should().BeFalse();
                secret.Should().BeEmpty();
                error.Should().MatchRegex($"^({NotOnCurve}|{NotInField}) {method} ");
            },
            iter: 50);

    [TestCaseSource(nameof(Rows))]
    public void Coordinates_exchanged_are_another_point_off_the_curve(KeyExchangeMethod method)
    {
        using IKeyExchange side = method.Generate(new SeededRandomSource(9));
        byte[] value = side.PublicValue.ToArray();
        byte[] exchanged = [.. value[(value.Length / 2)..], .. value[..(value.Length / 2)]];

        Refusal(side, exchanged).Should().StartWith(NotOnCurve);
    }

    [TestCaseSource(nameof(Rows))]
    public void The_origin_is_not_on_the_curve(KeyExchangeMethod method)
    {
        using IKeyExchange side = method.Generate(new SeededRandomSource(9));

        Refusal(side, new byte[method.PublicValueSize]).Should().StartWith(NotOnCurve);
    }

    [TestCaseSource(nameof(Rows))]
    public void Coordinates_beyond_the_prime_are_refused(KeyExchangeMethod method)
    {
        int size = method.SharedSecretSize;
        using IKeyExchange side = method.Generate(new SeededRandomSource(9));
        byte[] value = side.PublicValue.ToArray();
        byte[] prime = Octets(Prime(method), size);

        Refusal(side, [.. prime, .. value[size..]]).Should().StartWith(NotInField);
        Refusal(side, [.. value[..size], .. prime]).Should().StartWith(NotInField);
        Refusal(side, [.. Enumerable.Repeat((byte)0xff, 2 * size)]).Should().StartWith(NotInField);
    }

    // 66 octets have room for x + p, which satisfies the equation modulo p; an encoding of the right point, but not the right encoding.
    [Test]
    public void A_point_with_the_prime_added_to_a_coordinate_is_refused()
    {
        KeyExchangeMethod method = KeyExchangeMethod.Named("ECP-521");
        using IKeyExchange side = method.Generate(new SeededRandomSource(9));
        byte[] value = side.PublicValue.ToArray();
        BigInteger x = new(value.AsSpan(0, 66), isUnsigned: true, isBigEndian: true);

        Refusal(side, [.. Octets(x + Prime(method), 66), .. value[66..]]).Should().StartWith(NotInField);
    }

    [TestCaseSource(nameof(Rows))]
    public void Leading_zeros_of_coordinates_and_secrets_are_kept(KeyExchangeMethod method)
    {
        using IKeyExchange one = method.FromPrivateValue([1]);
        bool found = false;
        for (int k = 2; k < 3000 && !found; k++)
        {
            using IKeyExchange side = method.FromPrivateValue([(byte)(k >> 8), (byte)k]);
            ReadOnlySpan<byte> value = side.PublicValue.Span;
            if (value[0] == 0)
            {
                // The other side's scalar is 1, so the common point is this very point.
                found = true;
                value.Length.Should().Be(method.PublicValueSize);
                KeyExchangeTests.Agree(one, value).Should().Equal(value[..method.SharedSecretSize].ToArray());
                KeyExchangeTests.Agree(side, one.PublicValue.Span).Should().Equal(value[..method.SharedSecretSize].ToArray());
            }
        }

        found.Should().BeTrue("one x coordinate in 256 begins with a zero octet");
    }

    [Test]
    public void The_negated_point_gives_the_same_secret_as_only_x_is_taken()
    {
        KeyExchangeVector vector = KeyExchangeVector.All.Single(candidate => candidate.Algorithm == "ECP-256");
        KeyExchangeMethod method = KeyExchangeMethod.Named(vector.Algorithm);
        using IKeyExchange side = method.FromPrivateValue(vector.PrivateI);
        BigInteger y = new(vector.PublicR.AsSpan(32), isUnsigned: true, isBigEndian: true);

        KeyExchangeTests.Agree(side, [.. vector.PublicR[..32], .. Octets(Prime(method) - y, 32)]).Should().Equal(vector.Shared);
    }

    private static string Refusal(IKeyExchange side, byte[] value)
    {
        side.TryComputeSharedSecret(value, out byte[] secret, out string error).Should().BeFalse();
        secret.Should().BeEmpty();
        return error;
    }

    // RFC 5903 sections 3.1 to 3.3, RFC 6932 sections 2.1 to 2.4.
    private static BigInteger Prime(KeyExchangeMethod method) => method.Id switch
    {
        19 => BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1,
        20 => BigInteger.Pow(2, 384) - BigInteger.Pow(2, 128) - BigInteger.Pow(2, 96) + BigInteger.Pow(2, 32) - 1,
        21 => BigInteger.Pow(2, 521) - 1,
        27 => Number("D7C134AA264366862A18302575D1D787B09F075797DA89F57EC8C0FF"),
        28 => Number("A9FB57DBA1EEA9BC3E660A909D838D726E3BF623D52620282013481D1F6E5377"),
        29 => Number("8CB91E82A3386D280F5D6F7E50E641DF152F7109ED5456B412B1DA197FB71123ACD3A729901D1A71874700133107EC53"),
        30 => Number(
            "AADD9DB8DBE9C48B3FD4E6AE33C9FC07CB308DB3B3C9D20ED6639CCA70330871" +
            "7D4D9B009BC66842AECDA12AE6A380E62881FF2F2D82C68528AA6056583A7830"),
        _ => throw new ArgumentException($"{method} has no prime here", nameof(method)),
    };

    private static BigInteger Number(string hexadecimal) => new(Convert.FromHexString(hexadecimal), isUnsigned: true, isBigEndian: true);

    private static byte[] Octets(BigInteger number, int size)
    {
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - digits.Length], .. digits];
    }
}
