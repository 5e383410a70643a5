// SPDX-License-Identifier: Apache-2.0

using CsCheck;

using FluentAssertions;

using Ipsec.Crypto.Tests.Vectors;

using NUnit.Framework;

namespace Ipsec.Crypto.Tests;

/// <summary>What holds for every group alike.</summary>
public sealed class KeyExchangeTests
{
    // The largest groups take hundreds of milliseconds an exchange.
    private const int Iterations = 12;
    private const int IterationsOfLargeGroups = 2;
    private const int LargeGroup = 700;

    [TestCaseSource(typeof(KeyExchangeVector), nameof(KeyExchangeVector.All))]
    public void Public_values_are_as_published(KeyExchangeVector vector)
    {
        KeyExchangeMethod method = KeyExchangeMethod.Named(vector.Algorithm);
        using IKeyExchange initiator = method.FromPrivateValue(vector.PrivateI);
        using IKeyExchange responder = method.FromPrivateValue(vector.PrivateR);

        initiator.PublicValue.ToArray().Should().Equal(vector.PublicI);
        responder.PublicValue.ToArray().Should().Equal(vector.PublicR);
        initiator.Method.Should().BeSameAs(method);
    }

    [TestCaseSource(typeof(KeyExchangeVector), nameof(KeyExchangeVector.All))]
    public void Shared_secret_is_as_published(KeyExchangeVector vector)
    {
        KeyExchangeMethod method = KeyExchangeMethod.Named(vector.Algorithm);
        using IKeyExchange initiator = method.FromPrivateValue(vector.PrivateI);
        using IKeyExchange responder = method.FromPrivateValue(vector.PrivateR);

        Agree(initiator, vector.PublicR).Should().Equal(vector.Shared);
        Agree(responder, vector.PublicI).Should().Equal(vector.Shared);
    }

    [TestCaseSource(typeof(KeyExchangeMethod), nameof(KeyExchangeMethod.All))]
    public void Two_sides_agree_and_values_have_their_sizes(KeyExchangeMethod method) =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample(
            (seedI, seedR) =>
            {
                using IKeyExchange initiator = method.Generate(new SeededRandomSource(seedI));
                using IKeyExchange responder = method.Generate(new SeededRandomSource(seedR));

                initiator.PublicValue.Length.Should().Be(method.PublicValueSize);
                byte[] secret = Agree(initiator, responder.PublicValue.Span);
                secret.Should().HaveCount(method.SharedSecretSize);
                Agree(responder, initiator.PublicValue.Span).Should().Equal(secret);
            },
            iter: method.PublicValueSize < LargeGroup ? Iterations : IterationsOfLargeGroups);

    [TestCaseSource(typeof(KeyExchangeMethod), nameof(KeyExchangeMethod.All))]
    public void The_random_source_alone_decides_the_public_value(KeyExchangeMethod method)
    {
        using IKeyExchange first = method.Generate(new SeededRandomSource(1));
        using IKeyExchange again = method.Generate(new SeededRandomSource(1));
        using IKeyExchange other = method.Generate(new SeededRandomSource(2));

        again.PublicValue.ToArray().Should().Equal(first.PublicValue.ToArray());
        other.PublicValue.ToArray().Should().NotEqual(first.PublicValue.ToArray());
    }

    [TestCaseSource(typeof(KeyExchangeMethod), nameof(KeyExchangeMethod.All))]
    public void Even_a_source_of_zeros_or_ones_gives_a_value_that_a_peer_accepts(KeyExchangeMethod method)
    {
        using IKeyExchange zeros = method.Generate(new ConstantSource(0x00));
        using IKeyExchange ones = method.Generate(new ConstantSource(0xff));

        Agree(zeros, ones.PublicValue.Span).Should().Equal(Agree(ones, zeros.PublicValue.Span));
    }

    [TestCaseSource(typeof(KeyExchangeMethod), nameof(KeyExchangeMethod.All))]
    public void A_public_value_of_another_length_is_refused(KeyExchangeMethod method)
    {
        using IKeyExchange side = method.Generate(new SeededRandomSource(3));
        byte[] right = side.PublicValue.ToArray();

        foreach (byte[] wrong in (byte[][])[[], right[1..], [.. right, 0], [0, .. right], right[..(right.Length / 2)]])
        {
            side.TryComputeSharedSecret(wrong, out byte[] secret, out string error).Should().BeFalse();
            secret.Should().BeEmpty();
            error.Should().Be($"a public value of {method} has {method.PublicValueSize} octets, not {wrong.Length}");
        }
    }

    [TestCaseSource(typeof(KeyExchangeMethod), nameof(KeyExchangeMethod.All))]
    public void A_refusal_does_not_spoil_the_exchange(KeyExchangeMethod method)
    {
        using IKeyExchange initiator = method.Generate(new SeededRandomSource(4));
        using IKeyExchange responder = method.Generate(new SeededRandomSource(5));

        initiator.TryComputeSharedSecret(new byte[method.PublicValueSize], out _, out _).Should().BeFalse();
        Agree(initiator, responder.PublicValue.Span).Should().Equal(Agree(responder, initiator.PublicValue.Span));
    }

    internal static byte[] Agree(IKeyExchange side, ReadOnlySpan<byte> peerPublicValue)
    {
        side.TryComputeSharedSecret(peerPublicValue, out byte[] secret, out string error).Should().BeTrue(error);
        error.Should().BeEmpty();
        return secret;
    }

    private sealed class ConstantSource(byte value) : IRandomSource
    {
        public void Fill(Span<byte> destination) => destination.Fill(value);
    }
}
