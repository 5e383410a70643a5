// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// | Cert Encoding |               Certificate data                |  4
// +---------------+-----------------------------------------------+

/// <summary>Certificate payload (RFC 2408 section 3.9).</summary>
/// <param name="Encoding">Kind of certificate: a <see cref="CertificateEncoding"/>.</param>
/// <param name="Data">The certificate.</param>
public sealed record CertificatePayload(byte Encoding, ReadOnlyMemory<byte> Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Certificate;

    /// <inheritdoc/>
    public bool Equals(CertificatePayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U8(Encoding);
        writer.Bytes(Data.Span);
    }

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("certificate encoding", out var first, out error))
        {
            return false;
        }

        payload = new CertificatePayload(first, body[reader.Position..]);
        return true;
    }
}
