// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+---------------+---------------+
// |          Fragment ID          |    Number     |     Flags     |  4
// +-------------------------------+---------------+---------------+
// |          Octets of the fragmented message, header included    |  8
// +---------------------------------------------------------------+

/// <summary>
/// A piece of an IKE message, itself the only payload of a clear message (a private extension announced by the vendor ID
/// "FRAGMENTATION"). The pieces, put together in the order of their numbers, are the message with its ISAKMP header, encrypted as it was.
/// </summary>
/// <param name="FragmentId">The same in all pieces of one message.</param>
/// <param name="Number">Place of the piece, from 1.</param>
/// <param name="Flags">Bit 0: the last piece.</param>
/// <param name="Data">Octets of the message.</param>
public sealed record FragmentPayload(ushort FragmentId, byte Number, byte Flags, ReadOnlyMemory<byte> Data) : Payload
{
    /// <summary>The flag of the last piece.</summary>
    public const byte LastFlag = 1;

    /// <summary>Octets of the payload before the data: generic header, fragment ID, number and flags.</summary>
    public const int Overhead = HeaderSize + 4;

    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Fragment;

    /// <summary>Whether no piece with a larger number belongs to the message.</summary>
    public bool IsLast => (Flags & LastFlag) != 0;

    /// <inheritdoc/>
    public bool Equals(FragmentPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U16(FragmentId);
        writer.U8(Number);
        writer.U8(Flags);
        writer.Bytes(Data.Span);
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"FRAG({FragmentId}/{Number}{(IsLast ? " last" : string.Empty)})[{Data.Length}]");

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU16("fragment ID", out var id, out error)
            || !reader.TryU8("fragment number", out var number, out error)
            || !reader.TryU8("flags", out var flags, out error))
        {
            return false;
        }

        payload = new FragmentPayload(id, number, flags, body[reader.Position..]);
        return true;
    }
}
