// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto.V1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>KEYMAT of one direction (RFC 2409 section 5.5).</summary>
internal static class ChildKeyMaterial
{
    public static byte[] Derive(
        QuickModeContext context,
        Phase2Suite suite,
        uint spi,
        ReadOnlySpan<byte> sharedSecret,
        ReadOnlySpan<byte> nonceI,
        ReadOnlySpan<byte> nonceR)
    {
        Span<byte> spiBytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(spiBytes, spi);
        var length = suite.Encryption.KeySize + suite.Encryption.SaltSize + (suite.Integrity?.KeySize ?? 0);
        return KeySchedule.KeyMat(
            context.Security.Suite.Hash,
            context.Security.Keys.SkeyidD,
            sharedSecret,
            (byte)ProtocolId.Esp,
            spiBytes,
            nonceI,
            nonceR,
            length);
    }
}
