// SPDX-License-Identifier: Apache-2.0
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |             Hash of cookies, IP address and port              |  4
// +---------------------------------------------------------------+

/// <summary>NAT Discovery payload, NAT-D (RFC 3947 section 3.2).</summary>
/// <param name="Hash">HASH(CKY-I | CKY-R | IP | Port) with the negotiated hash.</param>
public sealed record NatDiscoveryPayload(ReadOnlyMemory<byte> Hash) : Payload
{
    /// <summary>True for type 130 of draft-ietf-ipsec-nat-t-ike-02 and -03 instead of 20; the layout is the same.</summary>
    public bool IsDraft { get; init; }

    /// <inheritdoc/>
    public override PayloadType Type => IsDraft ? PayloadType.NatDiscoveryDraft : PayloadType.NatDiscovery;

    /// <inheritdoc/>
    public bool Equals(NatDiscoveryPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Hash.Span);
    }
}
