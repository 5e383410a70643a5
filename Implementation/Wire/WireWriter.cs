// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire;

/// <summary>
/// Appends big-endian fields to a buffer that grows. It checks nothing about their meaning: illegal packets are written with it too.
/// </summary>
public sealed class WireWriter
{
    private byte[] buffer;

    /// <summary>Starts empty.</summary>
    /// <param name="capacity">Octets to reserve at first.</param>
    public WireWriter(int capacity = 256)
    {
        buffer = new byte[capacity];
    }

    /// <summary>Number of octets written.</summary>
    public int Length { get; private set; }

    /// <summary>The octets written so far; valid until the next one is appended.</summary>
    public Span<byte> Written => buffer.AsSpan(0, Length);

    /// <summary>Appends one octet.</summary>
    public void U8(byte value) => Reserve(sizeof(byte))[0] = value;

    /// <summary>Appends two octets.</summary>
    public void U16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(sizeof(ushort)), value);

    /// <summary>Appends four octets.</summary>
    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(sizeof(uint)), value);

    /// <summary>Appends eight octets.</summary>
    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(sizeof(ulong)), value);

    /// <summary>Appends octets as they are.</summary>
    public void Bytes(ReadOnlySpan<byte> octets) => octets.CopyTo(Reserve(octets.Length));

    /// <summary>Overwrites the octet at the offset.</summary>
    public void PatchU8(int offset, byte value) => Written[offset] = value;

    /// <summary>Overwrites two octets at the offset.</summary>
    public void PatchU16(int offset, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Written[offset..], value);

    /// <summary>Overwrites four octets at the offset.</summary>
    public void PatchU32(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(Written[offset..], value);

    /// <summary>A copy of the octets written so far.</summary>
    public byte[] ToArray() => Written.ToArray();

    private Span<byte> Reserve(int count)
    {
        var start = Length;
        if (buffer.Length - start < count)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, start + count));
        }

        Length = start + count;
        return buffer.AsSpan(start, count);
    }
}
