// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>The SPI of AH and ESP: 4 bytes, none of the reserved values (RFC 4302 section 2.4, RFC 4303 section 2.1).</summary>
internal static class Phase2Spi
{
    /// <summary>0 is for local use, 1 to 255 are IANA's.</summary>
    public const uint LargestReserved = 255;

    public static byte[] Write(uint spi)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, spi);
        return bytes;
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out uint spi)
    {
        spi = bytes.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return spi > LargestReserved;
    }
}
