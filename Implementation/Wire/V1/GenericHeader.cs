// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

/// <summary>
/// The 4 octets before every payload, Proposal and Transform (RFC 2408 section 3.2; diagram at <see cref="Payload"/>).
/// </summary>
/// <param name="NextPayload">Type of what follows.</param>
/// <param name="Reserved">RESERVED octet as read.</param>
/// <param name="Length">Declared length in octets, these four included.</param>
internal readonly record struct GenericHeader(PayloadType NextPayload, byte Reserved, ushort Length)
{
    /// <summary>Reads the header and makes sure that the declared length covers it and ends within what is left.</summary>
    public static bool TryRead(ref WireReader reader, out GenericHeader header, out WireError error)
    {
        header = default;
        if (!reader.TryU8("next payload", out var next, out error)
            || !reader.TryU8("reserved", out var reserved, out error))
        {
            return false;
        }

        var lengthOffset = reader.Offset;
        if (!reader.TryU16("length", out var length, out error))
        {
            return false;
        }

        if (length < Payload.HeaderSize || length - Payload.HeaderSize > reader.Remaining)
        {
            var there = Payload.HeaderSize + reader.Remaining;
            var detail = string.Create(
                CultureInfo.InvariantCulture, $"{length} declared, at least {Payload.HeaderSize} needed, {there} there");
            return new WireError(WireErrorKind.BadLength, lengthOffset, "length", detail).Fail(out error);
        }

        header = new GenericHeader((PayloadType)next, reserved, length);
        return true;
    }

    /// <summary>Writes a header whose length <see cref="End"/> fills in; returns where it starts.</summary>
    public static int Begin(WireWriter writer, PayloadType next, byte reserved)
    {
        var start = writer.Length;
        writer.U8((byte)next);
        writer.U8(reserved);
        writer.U16(0);
        return start;
    }

    /// <summary>
    /// Fills in the length: the given one, or the true one (its low 16 bits, should the body be larger than the field allows).
    /// </summary>
    public static void End(WireWriter writer, int start, ushort? lengthOverride) =>
        writer.PatchU16(start + 2, lengthOverride ?? unchecked((ushort)(writer.Length - start)));
}
