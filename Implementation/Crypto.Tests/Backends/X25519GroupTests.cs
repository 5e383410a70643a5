// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests.Backends;

public sealed class X25519GroupTests
{
    private static readonly KeyExchangeMethod Method = KeyExchangeMethod.Named("CURVE25519");

    // 0, 1 and p-1, and the first two in another writing (RFC 7748 section 6.1; p is 2^255 - 19): points whose order divides 8.
    [TestCase("0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("0100000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_point_of_small_order_is_refused(string publicValue)
    {
        using IKeyExchange side = Method.Generate(new SeededRandomSource(1));

        side.TryComputeSharedSecret(Convert.FromHexString(publicValue), out byte[] secret, out string error).Should().BeFalse();
        secret.Should().BeEmpty();
        error.Should().Be("the public value is a point of small order of CURVE25519: the shared secret is zero (RFC 7748 section 6.1)");
    }

    // RFC 8031 section 3.2.
    [Test]
    public void The_top_bit_is_masked() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample(
            (seed, peerSeed) =>
            {
                using IKeyExchange side = Method.Generate(new SeededRandomSource(seed));
                using IKeyExchange peer = Method.Generate(new SeededRandomSource(peerSeed));
                byte[] value = peer.PublicValue.ToArray();
                byte[] secret = KeyExchangeTests.Agree(side, value);
                value[31] |= 0x80;

                KeyExchangeTests.Agree(side, value).Should().Equal(secret);
            },
            iter: 20);

    // RFC 8031 section 3.2: p + 9 is the base point 9 in another writing.
    [Test]
    public void A_value_beyond_the_prime_is_taken()
    {
        using IKeyExchange side = Method.Generate(new SeededRandomSource(1));
        byte[] beyond = [0xf6, .. Enumerable.Repeat((byte)0xff, 30), 0x7f];

        KeyExchangeTests.Agree(side, beyond).Should().Equal(side.PublicValue.ToArray());
    }
}
