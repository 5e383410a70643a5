// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |              Key exchange data: the public value              |  4
// +---------------------------------------------------------------+

/// <summary>Key Exchange payload (RFC 2408 section 3.7).</summary>
/// <param name="PublicValue">The public value, left-padded to the group's size (RFC 2409 section 5).</param>
public sealed record KeyExchangePayload(ReadOnlyMemory<byte> PublicValue) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.KeyExchange;

    /// <inheritdoc/>
    public bool Equals(KeyExchangePayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(PublicValue.Span);
    }
}
