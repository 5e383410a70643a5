// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>Diffie-Hellman on Curve25519 (RFC 7748 section 5, RFC 8031).</summary>
internal sealed class X25519Group : IKeyExchangeGroup
{
    /// <summary>Octets in private value, public value and shared secret.</summary>
    public const int Size = 32;

    // Whatever the octets are, the function itself sets and clears the bits that make a scalar of them.
    public IKeyExchange Generate(KeyExchangeMethod method, IRandomSource random)
    {
        byte[] privateValue = new byte[Size];
        random.Fill(privateValue);
        return new X25519KeyExchange(method, privateValue);
    }

    /// <param name="method">The row that the result reports.</param>
    /// <param name="privateValue"><see cref="Size"/> octets in the order of RFC 7748: little endian, unlike other groups.</param>
    public IKeyExchange FromPrivateValue(KeyExchangeMethod method, ReadOnlySpan<byte> privateValue) =>
        new X25519KeyExchange(method, privateValue.ToArray());
}
