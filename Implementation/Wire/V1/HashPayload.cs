// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                          Hash data                            |  4
// +---------------------------------------------------------------+

/// <summary>Hash payload (RFC 2408 section 3.11).</summary>
/// <param name="Hash">Output of the negotiated prf or hash.</param>
public sealed record HashPayload(ReadOnlyMemory<byte> Hash) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Hash;

    /// <inheritdoc/>
    public bool Equals(HashPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Hash.Span);
    }
}
