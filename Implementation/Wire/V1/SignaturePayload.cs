// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                        Signature data                         |  4
// +---------------------------------------------------------------+

/// <summary>Signature payload (RFC 2408 section 3.12).</summary>
/// <param name="Signature">The signature, in the layout of its authentication method.</param>
public sealed record SignaturePayload(ReadOnlyMemory<byte> Signature) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Signature;

    /// <inheritdoc/>
    public bool Equals(SignaturePayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Signature.Span);
    }
}
