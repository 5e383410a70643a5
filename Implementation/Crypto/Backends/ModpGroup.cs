// SPDX-License-Identifier: Apache-2.0

using Org.BouncyCastle.Math;

namespace Ipsec.Crypto.Backends;

/// <summary>
/// Diffie-Hellman in a group of integers modulo a safe prime. The numbers are Bouncy Castle's: its Montgomery exponentiation
/// is about a third faster than System.Numerics, and the platform offers no finite-field Diffie-Hellman.
/// </summary>
internal sealed class ModpGroup : IKeyExchangeGroup
{
    private readonly int _privateValueSize;

    /// <param name="prime">The modulus in hexadecimal.</param>
    /// <param name="privateValueSize">Octets in a generated exponent.</param>
    public ModpGroup(string prime, int privateValueSize)
        : this(new BigInteger(prime, 16), BigInteger.Two, privateValueSize)
    {
    }

    /// <summary>A group with another generator than 2, which every group of RFC 2409 and RFC 3526 has.</summary>
    public ModpGroup(BigInteger prime, BigInteger generator, int privateValueSize)
    {
        Prime = prime;
        PrimeMinusOne = prime.Subtract(BigInteger.One);
        Generator = generator;
        ElementSize = (prime.BitLength + 7) / 8;
        _privateValueSize = privateValueSize;
    }

    public BigInteger Prime { get; }

    public BigInteger PrimeMinusOne { get; }

    public BigInteger Generator { get; }

    /// <summary>Octets in a public value and in the shared secret.</summary>
    public int ElementSize { get; }

    public IKeyExchange Generate(KeyExchangeMethod method, IRandomSource random)
    {
        Span<byte> privateValue = stackalloc byte[_privateValueSize];
        random.Fill(privateValue);
        // The exponent has its full length whatever the source gave, and so is never 0 or 1.
        privateValue[0] |= 0x80;
        return FromPrivateValue(method, privateValue);
    }

    public IKeyExchange FromPrivateValue(KeyExchangeMethod method, ReadOnlySpan<byte> privateValue) =>
        new ModpKeyExchange(method, this, new BigInteger(1, privateValue));

    /// <summary>Big endian, padded with zeros at the front to <see cref="ElementSize"/> (RFC 2409 section 5).</summary>
    public byte[] Encode(BigInteger element)
    {
        byte[] encoded = new byte[ElementSize];
        element.ToByteArrayUnsigned(encoded.AsSpan(ElementSize - element.GetLengthofByteArrayUnsigned()));
        return encoded;
    }
}
