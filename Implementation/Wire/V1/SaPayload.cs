// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |    Length with proposals      |  0
// +---------------+---------------+-------------------------------+
// |          Domain of Interpretation (DOI), IPsec = 1            |  4
// +---------------------------------------------------------------+
// |       Situation: 1 identity only, 2 secrecy, 4 integrity      |  8
// +---------------------------------------------------------------+
// |        Proposals (security labels first if 2 or 4 is set)     | 12
// +---------------------------------------------------------------+

/// <summary>Security Association payload (RFC 2408 section 3.4; RFC 2407 section 4.6.1).</summary>
/// <param name="Doi">Domain of Interpretation, 4 octets.</param>
/// <param name="Situation">Bitmap of 4 octets (RFC 2407 section 4.2).</param>
/// <param name="Proposals">Proposals in order of preference.</param>
public sealed record SaPayload(uint Doi, uint Situation, ImmutableArray<Proposal> Proposals) : Payload
{
    /// <summary>DOI of IPsec (RFC 2407 section 2).</summary>
    public const uint IpsecDoi = 1;

    /// <summary>SIT_IDENTITY_ONLY (RFC 2407 section 4.2.1).</summary>
    public const uint SituationIdentityOnly = 1;

    /// <summary>SIT_SECRECY (RFC 2407 section 4.2.2).</summary>
    public const uint SituationSecrecy = 2;

    /// <summary>SIT_INTEGRITY (RFC 2407 section 4.2.3).</summary>
    public const uint SituationIntegrity = 4;

    /// <summary>
    /// Octets after the situation whose layout is not ours to know: another DOI, or security labels. Then there are no
    /// <see cref="Proposals"/>, and the answer is DOI-NOT-SUPPORTED or SITUATION-NOT-SUPPORTED. Written before the proposals.
    /// </summary>
    public ReadOnlyMemory<byte> Opaque { get; init; }

    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Sa;

    /// <inheritdoc/>
    public bool Equals(SaPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U32(Doi);
        writer.U32(Situation);
        writer.Bytes(Opaque.Span);
        for (var i = 0; i < Proposals.Length; i++)
        {
            Proposals[i].Write(writer, i + 1 < Proposals.Length ? PayloadType.Proposal : PayloadType.None);
        }
    }

    /// <inheritdoc/>
    protected override string Describe() => $"SA[{string.Join(" | ", Proposals)}]";

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU32("DOI", out var doi, out error) || !reader.TryU32("situation", out var situation, out error))
        {
            return false;
        }

        var rest = body[reader.Position..];
        if (doi != IpsecDoi || (situation & (SituationSecrecy | SituationIntegrity)) != 0)
        {
            payload = new SaPayload(doi, situation, []) { Opaque = rest };
            return true;
        }

        if (!Substructures.TryReadAll<Proposal>(
            rest, reader.Offset, PayloadType.Proposal, Proposal.TryReadBody, out var proposals, out error))
        {
            return false;
        }

        payload = new SaPayload(doi, situation, proposals);
        return true;
    }
}
