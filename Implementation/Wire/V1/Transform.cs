// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// |    3 or 0     |   RESERVED    |       Length, octets          |  0
// +---------------+---------------+-------------------------------+
// |  Transform #  | Transform-ID  |           RESERVED2           |  4
// +---------------+---------------+-------------------------------+
// |                       Data attributes                         |  8
// +---------------------------------------------------------------+

/// <summary>A Transform inside a Proposal: one set of algorithms on offer (RFC 2408 section 3.6).</summary>
/// <param name="Number">Transform #, counted up within the proposal.</param>
/// <param name="TransformId">Transform-ID; what it means depends on the proposal's protocol.</param>
/// <param name="Attributes">SA attributes in their order.</param>
public sealed record Transform(byte Number, byte TransformId, ImmutableArray<DataAttribute> Attributes)
{
    /// <summary>RESERVED, the second octet, as read or to be written.</summary>
    public byte Reserved { get; init; }

    /// <summary>RESERVED2, octets 6 and 7, as read or to be written.</summary>
    public ushort Reserved2 { get; init; }

    /// <summary>Length to write instead of the true one, in octets.</summary>
    public ushort? LengthOverride { get; init; }

    /// <summary>Next Payload to write instead of 3 or, in the last transform, 0.</summary>
    public PayloadType? NextPayloadOverride { get; init; }

    /// <summary>Finds the first attribute of a class.</summary>
    public bool TryGet(ushort type, [NotNullWhen(true)] out DataAttribute? attribute)
    {
        attribute = Attributes.FirstOrDefault(candidate => candidate.Type == type);
        return attribute is not null;
    }

    /// <summary>Finds the first attribute of a phase 1 class.</summary>
    public bool TryGet(Phase1Attribute type, [NotNullWhen(true)] out DataAttribute? attribute) => TryGet((ushort)type, out attribute);

    /// <summary>Finds the first attribute of an IPsec class.</summary>
    public bool TryGet(Phase2Attribute type, [NotNullWhen(true)] out DataAttribute? attribute) => TryGet((ushort)type, out attribute);

    /// <summary>Writes the transform.</summary>
    /// <param name="writer">Receives the octets.</param>
    /// <param name="next"><see cref="PayloadType.Transform"/> when another follows, else <see cref="PayloadType.None"/>.</param>
    public void Write(WireWriter writer, PayloadType next)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var start = GenericHeader.Begin(writer, NextPayloadOverride ?? next, Reserved);
        writer.U8(Number);
        writer.U8(TransformId);
        writer.U16(Reserved2);
        foreach (var attribute in Attributes)
        {
            attribute.Write(writer);
        }

        GenericHeader.End(writer, start, LengthOverride);
    }

    /// <summary>Equal when both write the same octets.</summary>
    public bool Equals(Transform? other) =>
        other is not null
        && Number == other.Number
        && TransformId == other.TransformId
        && Reserved == other.Reserved
        && Reserved2 == other.Reserved2
        && LengthOverride == other.LengthOverride
        && NextPayloadOverride == other.NextPayloadOverride
        && Attributes.SequenceEqual(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, TransformId, Attributes.Length);

    /// <summary>"T1 id 12 (5=2 6=128)".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"T{Number} id {TransformId} ({string.Join(' ', Attributes)})");

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(
        GenericHeader header, ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Transform? transform, out WireError error)
    {
        transform = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("transform number", out var number, out error)
            || !reader.TryU8("transform id", out var id, out error)
            || !reader.TryU16("reserved2", out var reserved2, out error)
            || !DataAttribute.TryReadAll(body[reader.Position..], reader.Offset, out var attributes, out error))
        {
            return false;
        }

        transform = new Transform(number, id, attributes) { Reserved = header.Reserved, Reserved2 = reserved2 };
        return true;
    }
}
