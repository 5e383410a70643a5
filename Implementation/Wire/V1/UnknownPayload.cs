// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                    Octets without a layout                    |  4
// +---------------------------------------------------------------+

/// <summary>
/// A payload whose type has no layout here, or no place at the top of a message (Proposal, Transform): RFC 2408 section 5.3 wants such
/// messages discarded, not unread.
/// </summary>
/// <param name="PayloadType">The type that the field before it gave.</param>
/// <param name="Data">The octets after the generic header.</param>
public sealed record UnknownPayload(PayloadType PayloadType, ReadOnlyMemory<byte> Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType;

    /// <inheritdoc/>
    public bool Equals(UnknownPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Data.Span);
    }
}
