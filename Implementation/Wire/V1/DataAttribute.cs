// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-+-----------------------------+-------------------------------+
// |1|       Attribute Type        |        Attribute Value        |  TV: AF = 1, always 4 octets
// +-+-----------------------------+-------------------------------+
// +-+-----------------------------+-------------------------------+
// |0|       Attribute Type        |    Attribute Length, octets   |  TLV: AF = 0
// +-+-----------------------------+-------------------------------+
// |              Attribute Value: length octets, not padded       |  4
// +---------------------------------------------------------------+

/// <summary>A data attribute of a Transform or of an Attributes payload (RFC 2408 section 3.3).</summary>
/// <param name="Type">Attribute class, 15 bits.</param>
/// <param name="IsBasic">The AF bit: the value is the 2 octets after the type, without a length.</param>
/// <param name="Value">The value; 2 octets when basic.</param>
public sealed record DataAttribute(ushort Type, bool IsBasic, ReadOnlyMemory<byte> Value)
{
    private const ushort BasicBit = 0x8000;

    /// <summary>Attribute Length to write instead of the true one, in octets; a basic attribute has no such field and ignores it.</summary>
    public ushort? LengthOverride { get; init; }

    /// <summary>A basic attribute (TV).</summary>
    public static DataAttribute Basic(ushort type, ushort value)
    {
        var octets = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(octets, value);
        return new DataAttribute(type, IsBasic: true, octets);
    }

    /// <summary>A basic attribute (TV) of a phase 1 transform.</summary>
    public static DataAttribute Basic(Phase1Attribute type, ushort value) => Basic((ushort)type, value);

    /// <summary>A basic attribute (TV) of an IPsec transform.</summary>
    public static DataAttribute Basic(Phase2Attribute type, ushort value) => Basic((ushort)type, value);

    /// <summary>A variable attribute (TLV).</summary>
    public static DataAttribute Variable(ushort type, ReadOnlyMemory<byte> value) => new(type, IsBasic: false, value);

    /// <summary>A variable attribute (TLV) of 4 octets, the customary form of a life duration.</summary>
    public static DataAttribute Variable(ushort type, uint value)
    {
        var octets = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return new DataAttribute(type, IsBasic: false, octets);
    }

    /// <summary>A variable attribute (TLV) of 4 octets of a phase 1 transform.</summary>
    public static DataAttribute Variable(Phase1Attribute type, uint value) => Variable((ushort)type, value);

    /// <summary>A variable attribute (TLV) of 4 octets of an IPsec transform.</summary>
    public static DataAttribute Variable(Phase2Attribute type, uint value) => Variable((ushort)type, value);

    /// <summary>The value as a number, whether it came as TV or as TLV of 1 to 8 octets.</summary>
    public bool TryGetNumber(out ulong number)
    {
        number = 0;
        if (Value.Length is 0 or > sizeof(ulong))
        {
            return false;
        }

        foreach (var octet in Value.Span)
        {
            number = (number << 8) | octet;
        }

        return true;
    }

    /// <summary>Writes type, length where there is one, and value.</summary>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U16(IsBasic ? (ushort)(Type | BasicBit) : Type);
        if (!IsBasic)
        {
            writer.U16(LengthOverride ?? unchecked((ushort)Value.Length));
        }

        writer.Bytes(Value.Span);
    }

    /// <summary>Equal when both write the same octets.</summary>
    public bool Equals(DataAttribute? other) =>
        other is not null
        && Type == other.Type
        && IsBasic == other.IsBasic
        && LengthOverride == other.LengthOverride
        && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.Add(IsBasic);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }

    /// <summary>"14=256" for numbers, "6=0xffff.." for longer values.</summary>
    public override string ToString() => TryGetNumber(out var number)
        ? string.Create(CultureInfo.InvariantCulture, $"{Type}={number}")
        : string.Create(CultureInfo.InvariantCulture, $"{Type}=0x{Convert.ToHexStringLower(Value.Span)}");

    /// <summary>Reads an attribute list that stands alone, as in the data of RESPONDER-LIFETIME (RFC 2407 section 4.6.3.1).</summary>
    /// <param name="list">The attributes, nothing before and behind them.</param>
    /// <param name="attributes">The attributes; empty when they cannot be read.</param>
    /// <returns>Whether the list is well formed.</returns>
    public static bool TryReadList(ReadOnlyMemory<byte> list, out ImmutableArray<DataAttribute> attributes) =>
        TryReadAll(list, 0, out attributes, out _);

    /// <summary>Reads attributes until the region ends; it must end with the last of them.</summary>
    internal static bool TryReadAll(
        ReadOnlyMemory<byte> region, int offset, out ImmutableArray<DataAttribute> attributes, out WireError error)
    {
        attributes = [];
        error = default;
        var found = ImmutableArray.CreateBuilder<DataAttribute>();
        var reader = new WireReader(region.Span, offset);
        while (reader.Remaining > 0)
        {
            if (!TryRead(region, ref reader, out var attribute, out error))
            {
                error = error.Within(string.Create(CultureInfo.InvariantCulture, $"Attribute {found.Count + 1}"));
                return false;
            }

            found.Add(attribute);
        }

        attributes = found.ToImmutable();
        return true;
    }

    private static bool TryRead(
        ReadOnlyMemory<byte> region,
        ref WireReader reader,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DataAttribute? attribute,
        out WireError error)
    {
        attribute = null;
        if (!reader.TryU16("type", out var type, out error))
        {
            return false;
        }

        var isBasic = (type & BasicBit) != 0;
        ushort length = sizeof(ushort);
        var lengthOffset = reader.Offset;
        if (!isBasic && !reader.TryU16("length", out length, out error))
        {
            return false;
        }

        if (!isBasic && length > reader.Remaining)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{length} declared, {reader.Remaining} there");
            return new WireError(WireErrorKind.BadLength, lengthOffset, "length", detail).Fail(out error);
        }

        var start = reader.Position;
        if (!reader.TryBytes("value", length, out _, out error))
        {
            return false;
        }

        attribute = new DataAttribute((ushort)(type & ~BasicBit), isBasic, region.Slice(start, length));
        return true;
    }
}
