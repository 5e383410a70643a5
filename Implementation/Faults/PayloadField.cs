// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Faults;

/// <summary>A field of an encoded payload, as the diagrams of RFC 2408 section 3 and RFC 2407 section 4.6 draw it.</summary>
/// <param name="Name">The RFC's name, with the structure before it where it is not the payload itself: "proposal.SPI size".</param>
/// <param name="Origin">From where the offset counts.</param>
/// <param name="Offset">Offset in octets.</param>
/// <param name="Size">Size in octets, 1 to 4.</param>
public sealed record PayloadField(string Name, FieldOrigin Origin, int Offset, int Size)
{
    private const int FirstProposal = Payload.HeaderSize + 8;
    private const int ProposalHeader = 8;
    private const int SpiSizeAt = FirstProposal + 6;
    private const int TransformHeader = 8;

    /// <summary>Where the field is.</summary>
    /// <param name="payload">The encoded payload, generic header included.</param>
    /// <returns>Offset in octets; -1 when the payload is too short to have it.</returns>
    public int Locate(ReadOnlySpan<byte> payload)
    {
        var start = Origin switch
        {
            FieldOrigin.Payload => 0,
            FieldOrigin.Proposal => FirstProposal,
            _ when payload.Length <= SpiSizeAt => payload.Length,
            FieldOrigin.Transform => FirstProposal + ProposalHeader + payload[SpiSizeAt],
            _ => FirstProposal + ProposalHeader + payload[SpiSizeAt] + TransformHeader,
        };
        return start + Offset + Size <= payload.Length ? start + Offset : -1;
    }

    /// <summary>Reads the field as a big-endian number.</summary>
    /// <param name="payload">The encoded payload.</param>
    /// <param name="at">Where the field is.</param>
    /// <returns>Its value.</returns>
    public ulong Read(ReadOnlySpan<byte> payload, int at)
    {
        ulong value = 0;
        foreach (var octet in payload.Slice(at, Size))
        {
            value = (value << 8) | octet;
        }

        return value;
    }

    /// <summary>Writes the field as a big-endian number, its low octets when it is larger than the field.</summary>
    /// <param name="payload">The encoded payload.</param>
    /// <param name="at">Where the field is.</param>
    /// <param name="value">The value.</param>
    public void Write(Span<byte> payload, int at, ulong value)
    {
        for (var i = Size - 1; i >= 0; i--)
        {
            payload[at + i] = unchecked((byte)value);
            value >>= 8;
        }
    }
}
