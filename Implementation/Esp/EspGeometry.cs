// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>Sizes, in bytes, of the parts of an SA's packets (RFC 4303 section 2).</summary>
internal readonly struct EspGeometry
{
    /// <summary>Pad length and next header.</summary>
    public const int TrailerSize = 2;

    /// <summary>Highest value of the pad length field.</summary>
    public const int MaxPadLength = 255;

    /// <summary>Longest IPv4 packet, and longest payload of an IPv6 packet.</summary>
    public const int MaxPacketLength = ushort.MaxValue;

    private const int WordSize = 4;

    public EspGeometry(EspSaParameters parameters)
    {
        IvSize = parameters.ExplicitIvSize;
        IcvSize = parameters.IcvSize;
        HasCounterIv = parameters.EncryptionAlgorithm.HasCounterIv;

        // AEADs, counter mode and NULL pad for alignment only, at most three bytes (RFC 4106 section 3.2, RFC 3686 section 3.1,
        // RFC 2410 section 3); CBC fills its last block (RFC 3602 section 2.4).
        Alignment = Math.Max(WordSize, parameters.EncryptionAlgorithm.PaddingUnit);
    }

    public int IvSize { get; }

    public int IcvSize { get; }

    public int Alignment { get; }

    /// <summary>Whether the IV only has to be unique, so that the sequence number may serve.</summary>
    public bool HasCounterIv { get; }

    /// <summary>Where the ciphertext begins.</summary>
    public int CiphertextOffset => EspHeader.Size + IvSize;

    /// <summary>The most that protection adds.</summary>
    public int MaxOverhead => CiphertextOffset + Alignment - 1 + TrailerSize + IcvSize;

    /// <summary>Length of payload, least padding and trailer.</summary>
    public int CiphertextLength(int payloadLength) => (payloadLength + TrailerSize + Alignment - 1) / Alignment * Alignment;

    public int ProtectedLength(int payloadLength) => CiphertextOffset + CiphertextLength(payloadLength) + IcvSize;

    /// <summary>Length of the ciphertext in a packet, or why there can be none.</summary>
    public EspOutcome Measure(int espLength, out int ciphertextLength)
    {
        ciphertextLength = espLength - CiphertextOffset - IcvSize;
        return ciphertextLength < TrailerSize ? EspOutcome.TooShort
            : ciphertextLength % Alignment != 0 ? EspOutcome.BadLength
            : EspOutcome.Ok;
    }
}
