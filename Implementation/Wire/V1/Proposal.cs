// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// |    2 or 0     |   RESERVED    |    Length with transforms     |  0
// +---------------+---------------+---------------+---------------+
// |  Proposal #   |  Protocol-Id  |   SPI Size    | # Transforms  |  4
// +---------------+---------------+---------------+---------------+
// |                    SPI: SPI Size octets                       |  8
// +---------------------------------------------------------------+
// |                         Transforms                            |  8 + SPI Size
// +---------------------------------------------------------------+

/// <summary>A Proposal inside an SA payload (RFC 2408 section 3.5). Proposals with the same number belong together (section 4.2).</summary>
/// <param name="Number">Proposal #.</param>
/// <param name="ProtocolId">The protocol to negotiate.</param>
/// <param name="Spi">The sender's SPI: empty or cookies in phase 1, 4 octets for ESP and AH, 2 or 4 for IPComp.</param>
/// <param name="Transforms">Alternatives in order of preference.</param>
public sealed record Proposal(byte Number, ProtocolId ProtocolId, ReadOnlyMemory<byte> Spi, ImmutableArray<Transform> Transforms)
{
    /// <summary>RESERVED, the second octet, as read or to be written.</summary>
    public byte Reserved { get; init; }

    /// <summary>Length to write instead of the true one, in octets.</summary>
    public ushort? LengthOverride { get; init; }

    /// <summary>Next Payload to write instead of 2 or, in the last proposal, 0.</summary>
    public PayloadType? NextPayloadOverride { get; init; }

    /// <summary>Number of transforms to write instead of the true one.</summary>
    public byte? TransformCountOverride { get; init; }

    /// <summary>SPI Size to write instead of the true one, in octets.</summary>
    public byte? SpiSizeOverride { get; init; }

    /// <summary>Writes the proposal with its transforms.</summary>
    /// <param name="writer">Receives the octets.</param>
    /// <param name="next"><see cref="PayloadType.Proposal"/> when another follows, else <see cref="PayloadType.None"/>.</param>
    public void Write(WireWriter writer, PayloadType next)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var start = GenericHeader.Begin(writer, NextPayloadOverride ?? next, Reserved);
        writer.U8(Number);
        writer.U8((byte)ProtocolId);
        writer.U8(SpiSizeOverride ?? unchecked((byte)Spi.Length));
        writer.U8(TransformCountOverride ?? unchecked((byte)Transforms.Length));
        writer.Bytes(Spi.Span);
        for (var i = 0; i < Transforms.Length; i++)
        {
            Transforms[i].Write(writer, i + 1 < Transforms.Length ? PayloadType.Transform : PayloadType.None);
        }

        GenericHeader.End(writer, start, LengthOverride);
    }

    /// <summary>Equal when both write the same octets.</summary>
    public bool Equals(Proposal? other) =>
        other is not null
        && Number == other.Number
        && ProtocolId == other.ProtocolId
        && Reserved == other.Reserved
        && LengthOverride == other.LengthOverride
        && NextPayloadOverride == other.NextPayloadOverride
        && TransformCountOverride == other.TransformCountOverride
        && SpiSizeOverride == other.SpiSizeOverride
        && Spi.Span.SequenceEqual(other.Spi.Span)
        && Transforms.SequenceEqual(other.Transforms);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Number);
        hash.Add(ProtocolId);
        hash.AddBytes(Spi.Span);
        hash.Add(Transforms.Length);
        return hash.ToHashCode();
    }

    /// <summary>"P1 Esp 0x0a0b0c0d {T1 id 12 (..)}".</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"P{Number} {ProtocolId}{(Spi.IsEmpty ? "" : " 0x")}{Convert.ToHexStringLower(Spi.Span)} {{{string.Join("; ", Transforms)}}}");

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(
        GenericHeader header, ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Proposal? proposal, out WireError error)
    {
        proposal = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("proposal number", out var number, out error)
            || !reader.TryU8("protocol id", out var protocol, out error)
            || !reader.TryU8("SPI size", out var spiSize, out error)
            || !reader.TryU8("number of transforms", out var count, out error))
        {
            return false;
        }

        if (spiSize > reader.Remaining)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{spiSize} declared, {reader.Remaining} there");
            return new WireError(WireErrorKind.BadLength, offset + 2, "SPI size", detail).Fail(out error);
        }

        var spi = body.Slice(reader.Position, spiSize);
        var start = reader.Position + spiSize;
        if (!Substructures.TryReadAll<Transform>(
            body[start..], offset + start, PayloadType.Transform, Transform.TryReadBody, out var transforms, out error))
        {
            return false;
        }

        if (count != transforms.Length)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{count} declared, {transforms.Length} there");
            return new WireError(WireErrorKind.BadValue, offset + 3, "number of transforms", detail).Fail(out error);
        }

        proposal = new Proposal(number, (ProtocolId)protocol, spi, transforms) { Reserved = header.Reserved };
        return true;
    }
}
