// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire;

/// <summary>
/// Reads big-endian fields one after the other. No read goes past the end: it fails with the offset and name of the field instead.
/// </summary>
public ref struct WireReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly int baseOffset;
    private int position;

    /// <summary>Starts at the first of the given octets.</summary>
    /// <param name="bytes">The octets to read.</param>
    /// <param name="baseOffset">Where these octets begin in the whole datagram; added to the offsets in errors.</param>
    public WireReader(ReadOnlySpan<byte> bytes, int baseOffset = 0)
    {
        this.bytes = bytes;
        this.baseOffset = baseOffset;
    }

    /// <summary>Offset of the next octet from the start of the datagram.</summary>
    public readonly int Offset => baseOffset + position;

    /// <summary>Number of octets read so far.</summary>
    public readonly int Position => position;

    /// <summary>Number of octets not read yet.</summary>
    public readonly int Remaining => bytes.Length - position;

    /// <summary>Reads one octet.</summary>
    public bool TryU8(string field, out byte value, out WireError error)
    {
        var read = TryBytes(field, sizeof(byte), out var octets, out error);
        value = read ? octets[0] : default;
        return read;
    }

    /// <summary>Reads two octets.</summary>
    public bool TryU16(string field, out ushort value, out WireError error)
    {
        var read = TryBytes(field, sizeof(ushort), out var octets, out error);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(octets) : default;
        return read;
    }

    /// <summary>Reads four octets.</summary>
    public bool TryU32(string field, out uint value, out WireError error)
    {
        var read = TryBytes(field, sizeof(uint), out var octets, out error);
        value = read ? BinaryPrimitives.ReadUInt32BigEndian(octets) : default;
        return read;
    }

    /// <summary>Reads eight octets.</summary>
    public bool TryU64(string field, out ulong value, out WireError error)
    {
        var read = TryBytes(field, sizeof(ulong), out var octets, out error);
        value = read ? BinaryPrimitives.ReadUInt64BigEndian(octets) : default;
        return read;
    }

    /// <summary>Reads the given number of octets.</summary>
    public bool TryBytes(string field, int length, out ReadOnlySpan<byte> value, out WireError error)
    {
        if (length < 0 || length > Remaining)
        {
            value = default;
            return new WireError(WireErrorKind.Truncated, Offset, field, $"{length} octets needed, {Remaining} left").Fail(out error);
        }

        value = bytes.Slice(position, length);
        position += length;
        error = default;
        return true;
    }

    /// <summary>Hands the given number of octets to a reader of their own, which cannot read past them.</summary>
    public bool TrySub(string field, int length, out WireReader sub, out WireError error)
    {
        var start = Offset;
        var read = TryBytes(field, length, out var octets, out error);
        sub = new WireReader(octets, start);
        return read;
    }
}
