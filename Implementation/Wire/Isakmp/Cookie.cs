// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Isakmp;

/// <summary>An anti-clogging cookie of 8 octets; two of them name an ISAKMP SA (RFC 2408 sections 2.5.3 and 3.1).</summary>
/// <param name="Value">The octets as a big-endian number.</param>
public readonly record struct Cookie(ulong Value)
{
    /// <summary>Size in octets.</summary>
    public const int Size = 8;

    /// <summary>True for the responder cookie of a first message, which is not chosen yet.</summary>
    public bool IsZero => Value == 0;

    /// <summary>Reads the first 8 octets of a span that holds at least so many.</summary>
    public static Cookie Read(ReadOnlySpan<byte> source) => new(BinaryPrimitives.ReadUInt64BigEndian(source));

    /// <summary>Writes 8 octets.</summary>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, Value);

    /// <summary>The 8 octets.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>16 lower case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
