// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Faults;

/// <summary>A field of the ISAKMP header (RFC 2408 section 3.1).</summary>
/// <param name="Name">The RFC's name.</param>
/// <param name="Offset">Offset in octets.</param>
/// <param name="Size">Size in octets.</param>
/// <param name="Mask">The bits of a single octet that are the field; all for a field of whole octets.</param>
public sealed record HeaderField(string Name, int Offset, int Size, byte Mask = 0xFF)
{
    /// <summary>Initiator Cookie.</summary>
    public static HeaderField InitiatorCookie { get; } = new("initiator cookie", 0, 8);

    /// <summary>Responder Cookie.</summary>
    public static HeaderField ResponderCookie { get; } = new("responder cookie", 8, 8);

    /// <summary>Next Payload.</summary>
    public static HeaderField NextPayload { get; } = new("next payload", 16, 1);

    /// <summary>Major Version, the high half of an octet.</summary>
    public static HeaderField MajorVersion { get; } = new("major version", 17, 1, 0xF0);

    /// <summary>Minor Version, the low half of an octet.</summary>
    public static HeaderField MinorVersion { get; } = new("minor version", 17, 1, 0x0F);

    /// <summary>Exchange Type.</summary>
    public static HeaderField ExchangeType { get; } = new("exchange type", 18, 1);

    /// <summary>Flags.</summary>
    public static HeaderField Flags { get; } = new("flags", 19, 1);

    /// <summary>Message ID.</summary>
    public static HeaderField MessageId { get; } = new("message ID", 20, 4);

    /// <summary>Length of the whole message.</summary>
    public static HeaderField Length { get; } = new("length", 24, 4);

    /// <summary>All of them, in their order.</summary>
    public static ImmutableArray<HeaderField> All { get; } =
        [InitiatorCookie, ResponderCookie, NextPayload, MajorVersion, MinorVersion, ExchangeType, Flags, MessageId, Length];

    /// <summary>Reads the field as a big-endian number.</summary>
    /// <param name="datagram">A datagram that is at least a header.</param>
    /// <returns>Its value.</returns>
    public ulong Read(ReadOnlySpan<byte> datagram)
    {
        ulong value = 0;
        foreach (var octet in datagram.Slice(Offset, Size))
        {
            value = (value << 8) | octet;
        }

        return Size > 1 ? value : (value & Mask) >> Shift;
    }

    /// <summary>Writes the field as a big-endian number, its low bits when it is larger than the field.</summary>
    /// <param name="datagram">A datagram that is at least a header.</param>
    /// <param name="value">The value.</param>
    public void Write(Span<byte> datagram, ulong value)
    {
        if (Size == 1)
        {
            datagram[Offset] = unchecked((byte)((datagram[Offset] & ~Mask) | ((byte)(value << Shift) & Mask)));
            return;
        }

        for (var i = Size - 1; i >= 0; i--)
        {
            datagram[Offset + i] = unchecked((byte)value);
            value >>= 8;
        }
    }

    private int Shift => System.Numerics.BitOperations.TrailingZeroCount(Mask);
}
