// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>Opens packets for an observer: no replay window, no state, and whatever can be shown of a bad packet is shown.</summary>
public static class EspInspector
{
    /// <summary>Opens a packet.</summary>
    /// <param name="parameters">The packet's SA.</param>
    /// <param name="espPacket">From SPI to ICV.</param>
    /// <param name="inspection">What is in it.</param>
    /// <param name="problem">
    /// Why it cannot be opened: UnknownSpi, TooShort, BadLength, or, as an AEAD does not decrypt what is not authentic, IntegrityFailure.
    /// </param>
    /// <param name="sequenceNumberHigh">High half of an extended sequence number, which the packet does not show.</param>
    /// <returns>
    /// True when it was decrypted, even if the ICV or the padding is wrong: see <see cref="EspInspection.IsIcvValid"/> and
    /// <see cref="EspInspection.Trailer"/>.
    /// </returns>
    public static bool TryOpen(
        EspSaParameters parameters,
        ReadOnlySpan<byte> espPacket,
        [NotNullWhen(true)] out EspInspection? inspection,
        out EspOutcome problem,
        uint sequenceNumberHigh = 0)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.EnsureUsable();
        inspection = null;
        var geometry = new EspGeometry(parameters);
        if (!EspHeader.TryRead(espPacket, out var header, out _))
        {
            problem = EspOutcome.TooShort;
            return false;
        }

        problem = header.Spi == parameters.Spi ? geometry.Measure(espPacket.Length, out var length) : UnknownSpi(out length);
        if (problem != EspOutcome.Ok)
        {
            return false;
        }

        var plaintext = new byte[length];
        var sequenceNumber = (ulong)sequenceNumberHigh << 32 | header.SequenceNumber;
        if (!TryDecrypt(parameters, espPacket, sequenceNumber, plaintext, out var isIcvValid))
        {
            problem = EspOutcome.IntegrityFailure;
            return false;
        }

        var trailer = EspTrailer.Check(plaintext, out var payloadLength, out var nextHeader);
        if (trailer == EspOutcome.BadPadLength)
        {
            payloadLength = length - EspGeometry.TrailerSize;
        }

        inspection = new EspInspection
        {
            Spi = header.Spi,
            SequenceNumber = header.SequenceNumber,
            Iv = espPacket[EspHeader.Size..geometry.CiphertextOffset].ToArray(),
            Icv = espPacket[^geometry.IcvSize..].ToArray(),
            IsIcvValid = isIcvValid,
            Payload = plaintext.AsMemory(0, payloadLength),
            Padding = plaintext.AsMemory(payloadLength..^EspGeometry.TrailerSize),
            PadLength = plaintext[^2],
            NextHeader = nextHeader,
            Trailer = trailer,
            Layout = EspLayout.Of(parameters, espPacket.Length),
        };
        return true;
    }

    private static EspOutcome UnknownSpi(out int length)
    {
        length = 0;
        return EspOutcome.UnknownSpi;
    }

    private static bool TryDecrypt(
        EspSaParameters parameters, ReadOnlySpan<byte> espPacket, ulong sequenceNumber, Span<byte> plaintext, out bool isIcvValid)
    {
        using var cipher = new EspCipher(parameters);
        if (parameters.EncryptionAlgorithm.IsAead)
        {
            isIcvValid = cipher.TryOpen(sequenceNumber, espPacket, plaintext);
            return isIcvValid;
        }

        isIcvValid = cipher.HasRightIcv(sequenceNumber, espPacket);
        cipher.Decrypt(espPacket, plaintext);
        return true;
    }
}
