// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                Nonce data: 8 to 256 octets                    |  4
// +---------------------------------------------------------------+

/// <summary>Nonce payload (RFC 2408 section 3.13).</summary>
/// <param name="Nonce">Random octets; RFC 2409 section 5 allows 8 to 256.</param>
public sealed record NoncePayload(ReadOnlyMemory<byte> Nonce) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Nonce;

    /// <inheritdoc/>
    public bool Equals(NoncePayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Nonce.Span);
    }
}
