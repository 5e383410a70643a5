// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |                 Domain of Interpretation (DOI)                |  4
// +---------------+---------------+-------------------------------+
// |  Protocol-Id  |   SPI Size    |           # of SPIs           |  8
// +---------------+---------------+-------------------------------+
// |           SPIs: # of SPIs times SPI Size octets               | 12
// +---------------------------------------------------------------+

/// <summary>Delete payload (RFC 2408 section 3.15): SAs that the sender has removed.</summary>
/// <param name="Doi">Domain of Interpretation, 4 octets.</param>
/// <param name="ProtocolId">The protocol of all the SAs.</param>
/// <param name="SpiSize">Declared size of each SPI in octets: 16 for ISAKMP (both cookies), 4 for ESP and AH.</param>
/// <param name="Spis">The SPIs.</param>
public sealed record DeletePayload(uint Doi, ProtocolId ProtocolId, byte SpiSize, ImmutableArray<ReadOnlyMemory<byte>> Spis) : Payload
{
    /// <summary>Number of SPIs to write instead of the true one.</summary>
    public ushort? SpiCountOverride { get; init; }

    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Delete;

    /// <inheritdoc/>
    public bool Equals(DeletePayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U32(Doi);
        writer.U8((byte)ProtocolId);
        writer.U8(SpiSize);
        writer.U16(SpiCountOverride ?? unchecked((ushort)Spis.Length));
        foreach (var spi in Spis)
        {
            writer.Bytes(spi.Span);
        }
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        $"D({ProtocolId}{string.Concat(Spis.Select(spi => $" 0x{Convert.ToHexStringLower(spi.Span)}"))})";

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU32("DOI", out var doi, out error)
            || !reader.TryU8("protocol id", out var protocol, out error)
            || !reader.TryU8("SPI size", out var spiSize, out error)
            || !reader.TryU16("number of SPIs", out var count, out error)
            || !CheckSize(offset, spiSize, count, reader.Remaining, out error))
        {
            return false;
        }

        var spis = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(count);
        for (var i = 0; i < count; i++)
        {
            spis.Add(body.Slice(reader.Position + (i * spiSize), spiSize));
        }

        payload = new DeletePayload(doi, (ProtocolId)protocol, spiSize, spis.MoveToImmutable());
        return true;
    }

    private static bool CheckSize(int offset, byte spiSize, ushort count, int there, out WireError error)
    {
        // 65535 SPIs of no octets would fit any payload and cost memory, but name no SA.
        if (spiSize == 0 && count > 0)
        {
            return new WireError(WireErrorKind.BadValue, offset + 5, "SPI size", "0, but SPIs are declared").Fail(out error);
        }

        var needed = spiSize * count;
        if (needed > there)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{count} of {spiSize} octets declared, {there} octets there");
            return new WireError(WireErrorKind.BadLength, offset + 6, "number of SPIs", detail).Fail(out error);
        }

        if (needed < there)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{there - needed} octets after the last SPI");
            return new WireError(WireErrorKind.TrailingBytes, offset + 8 + needed, "end", detail).Fail(out error);
        }

        error = default;
        return true;
    }
}
