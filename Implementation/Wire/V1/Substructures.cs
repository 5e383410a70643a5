// SPDX-License-Identifier: Apache-2.0
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

/// <summary>
/// Reads the Proposals of an SA or the Transforms of a Proposal: a chain whose Next Payload is its own type, or 0 at the end (RFC 2408
/// sections 3.5 and 3.6), and which must fill the enclosing structure exactly.
/// </summary>
internal static class Substructures
{
    /// <summary>Reads the octets after the generic header of one structure.</summary>
    public delegate bool TryReadBody<T>(
        GenericHeader header, ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out T? item, out WireError error)
        where T : class;

    /// <summary>Reads all structures of the chain. No octets at all are an empty chain.</summary>
    /// <param name="region">What is left of the enclosing structure.</param>
    /// <param name="offset">Where the region begins in the datagram.</param>
    /// <param name="type">Type of the structures.</param>
    /// <param name="tryReadBody">Reads one of them.</param>
    /// <param name="items">The structures in their order.</param>
    /// <param name="error">The first defect.</param>
    public static bool TryReadAll<T>(
        ReadOnlyMemory<byte> region,
        int offset,
        PayloadType type,
        TryReadBody<T> tryReadBody,
        out ImmutableArray<T> items,
        out WireError error)
        where T : class
    {
        items = [];
        error = default;
        var found = ImmutableArray.CreateBuilder<T>();
        var position = 0;
        while (position < region.Length)
        {
            var reader = new WireReader(region.Span[position..], offset + position);
            if (!GenericHeader.TryRead(ref reader, out var header, out error)
                || !tryReadBody(header, Body(region, position, header), reader.Offset, out var item, out error)
                || !CheckNext(header, offset + position, type, region.Length - position - header.Length, out error))
            {
                error = error.Within(string.Create(CultureInfo.InvariantCulture, $"{type} {found.Count + 1}"));
                return false;
            }

            found.Add(item);
            position += header.Length;
        }

        items = found.ToImmutable();
        return true;
    }

    private static ReadOnlyMemory<byte> Body(ReadOnlyMemory<byte> region, int position, GenericHeader header) =>
        region.Slice(position + Payload.HeaderSize, header.Length - Payload.HeaderSize);

    private static bool CheckNext(GenericHeader header, int start, PayloadType type, int left, out WireError error)
    {
        const string Field = "next payload";
        error = default;
        if (header.NextPayload == PayloadType.None)
        {
            if (left == 0)
            {
                return true;
            }

            var detail = string.Create(CultureInfo.InvariantCulture, $"{left} octets after the last {type}");
            return new WireError(WireErrorKind.TrailingBytes, start + header.Length, "end", detail).Fail(out error);
        }

        if (header.NextPayload != type)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{(byte)header.NextPayload} where {(byte)type} or 0 must stand");
            return new WireError(WireErrorKind.BadValue, start, Field, detail).Fail(out error);
        }

        return left > 0
            || new WireError(WireErrorKind.BadValue, start, Field, $"another {type} announced where the enclosing structure ends")
                .Fail(out error);
    }
}
