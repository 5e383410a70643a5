// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// The end of the plaintext: padding, pad length, next header (RFC 4303 sections 2.4 to 2.6).
/// </summary>
internal static class EspTrailer
{
    /// <summary>1, 2, 3 .. 255: the default padding, of which a packet takes the beginning.</summary>
    private static readonly byte[] Padding = [.. Enumerable.Range(1, EspGeometry.MaxPadLength).Select(number => (byte)number)];

    /// <summary>Fills what follows the payload.</summary>
    public static void Write(Span<byte> trailer, byte nextHeader)
    {
        var padLength = trailer.Length - EspGeometry.TrailerSize;
        Padding.AsSpan(0, padLength).CopyTo(trailer);
        trailer[^2] = (byte)padLength;
        trailer[^1] = nextHeader;
    }

    /// <summary>Finds the end of the payload and checks the padding, which a receiver SHOULD (RFC 4303 section 2.4).</summary>
    public static EspOutcome Check(ReadOnlySpan<byte> plaintext, out int payloadLength, out byte nextHeader)
    {
        nextHeader = plaintext[^1];
        var padLength = plaintext[^2];
        payloadLength = plaintext.Length - EspGeometry.TrailerSize - padLength;
        if (payloadLength < 0)
        {
            payloadLength = 0;
            return EspOutcome.BadPadLength;
        }

        return plaintext.Slice(payloadLength, padLength).SequenceEqual(Padding.AsSpan(0, padLength))
            ? EspOutcome.Ok
            : EspOutcome.BadPadding;
    }
}
