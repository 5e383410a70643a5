// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Crypto.Backends;

/// <summary>The arithmetic behind a <see cref="KeyExchangeMethod"/>.</summary>
internal interface IKeyExchangeGroup
{
    IKeyExchange Generate(KeyExchangeMethod method, IRandomSource random);

    /// <param name="method">The row that the result reports.</param>
    /// <param name="privateValue">Big endian, of any length.</param>
    IKeyExchange FromPrivateValue(KeyExchangeMethod method, ReadOnlySpan<byte> privateValue);
}
