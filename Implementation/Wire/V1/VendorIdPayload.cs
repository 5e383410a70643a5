// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                        Vendor ID (VID)                        |  4
// +---------------------------------------------------------------+

/// <summary>Vendor ID payload (RFC 2408 section 3.16).</summary>
/// <param name="Id">Opaque octets, customarily a hash of a vendor's text.</param>
public sealed record VendorIdPayload(ReadOnlyMemory<byte> Id) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.VendorId;

    /// <inheritdoc/>
    public bool Equals(VendorIdPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Id.Span);
    }
}
