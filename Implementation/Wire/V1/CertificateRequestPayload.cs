// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |  Cert. Type   |            Certificate authority              |  4
// +---------------+-----------------------------------------------+

/// <summary>Certificate Request payload (RFC 2408 section 3.10).</summary>
/// <param name="CertificateType">Kind of certificate wanted: a <see cref="CertificateEncoding"/>.</param>
/// <param name="Authority">Name of an acceptable authority, for X.509 a distinguished name in DER; empty for any.</param>
public sealed record CertificateRequestPayload(byte CertificateType, ReadOnlyMemory<byte> Authority) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.CertificateRequest;

    /// <inheritdoc/>
    public bool Equals(CertificateRequestPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U8(CertificateType);
        writer.Bytes(Authority.Span);
    }

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("certificate type", out var first, out error))
        {
            return false;
        }

        payload = new CertificateRequestPayload(first, body[reader.Position..]);
        return true;
    }
}
