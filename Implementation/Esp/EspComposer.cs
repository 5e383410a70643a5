// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Makes single packets in which everything is the caller's choice: sequence number, IV, padding, next header. The ICV is right, so
/// that a receiver judges what is inside. No state; nothing keeps an IV or a number from being used twice.
/// </summary>
public static class EspComposer
{
    /// <summary>The least padding that an SA's packets with a payload need (RFC 4303 section 2.4).</summary>
    /// <param name="parameters">The SA.</param>
    /// <param name="payloadLength">Length of the payload, in bytes.</param>
    /// <returns>Pad length, in bytes.</returns>
    public static int LeastPadLength(EspSaParameters parameters, int payloadLength)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new EspGeometry(parameters).CiphertextLength(payloadLength) - payloadLength - EspGeometry.TrailerSize;
    }

    /// <summary>Payload, default padding, pad length and next header in a row.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="padLength">Bytes of padding, 0 to 255.</param>
    /// <param name="nextHeader">Next header field.</param>
    /// <returns>The plaintext.</returns>
    public static byte[] Plaintext(ReadOnlySpan<byte> payload, int padLength, byte nextHeader)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(padLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padLength, EspGeometry.MaxPadLength);
        var plaintext = new byte[payload.Length + padLength + EspGeometry.TrailerSize];
        payload.CopyTo(plaintext);
        EspTrailer.Write(plaintext.AsSpan(payload.Length), nextHeader);
        return plaintext;
    }

    /// <summary>Encrypts a plaintext as it is and adds header, IV and ICV.</summary>
    /// <param name="parameters">The SA.</param>
    /// <param name="sequenceNumber">The number; the packet shows its low 32 bits.</param>
    /// <param name="iv">As many bytes as the algorithm's IV has.</param>
    /// <param name="plaintext">What is enciphered, trailer included; whole blocks for CBC, any length for an AEAD.</param>
    /// <returns>The packet, SPI to ICV.</returns>
    /// <exception cref="ArgumentException">The IV has another length, or CBC cannot encipher the plaintext.</exception>
    public static byte[] Compose(
        EspSaParameters parameters, ulong sequenceNumber, ReadOnlySpan<byte> iv, ReadOnlySpan<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.EnsureUsable();
        var geometry = new EspGeometry(parameters);
        ArgumentOutOfRangeException.ThrowIfNotEqual(iv.Length, geometry.IvSize, nameof(iv));
        var packet = new byte[geometry.CiphertextOffset + plaintext.Length + geometry.IcvSize];
        new EspHeader(parameters.Spi, (uint)sequenceNumber).Write(packet);
        iv.CopyTo(packet.AsSpan(EspHeader.Size));
        plaintext.CopyTo(packet.AsSpan(geometry.CiphertextOffset));
        using var cipher = new EspCipher(parameters);
        cipher.Seal(sequenceNumber, packet);
        return packet;
    }
}
