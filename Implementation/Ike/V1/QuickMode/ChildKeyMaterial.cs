// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.V1;
using Ipsec.Ike.V1.Negotiation;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>
/// KEYMAT of one SA (RFC 2409 section 5.5): protocol and SPI are in it, so each direction and each protocol of a bundle
/// has its own.
/// </summary>
internal static class ChildKeyMaterial
{
    public static byte[] Derive(
        QuickModeContext context,
        Phase2Suite suite,
        IpsecProtocol protocol,
        uint spi,
        ReadOnlySpan<byte> sharedSecret,
        ReadOnlySpan<byte> nonceI,
        ReadOnlySpan<byte> nonceR) => KeySchedule.KeyMat(
            context.Security.Suite.Hash,
            context.Security.Keys.SkeyidD,
            sharedSecret,
            (byte)protocol,
            Phase2Spi.Write(spi),
            nonceI,
            nonceR,
            Size(suite, protocol));

    /// <summary>Bytes wanted: ESP's encryption key, salt and integrity key, or AH's integrity key.</summary>
    private static int Size(Phase2Suite suite, IpsecProtocol protocol) => protocol == IpsecProtocol.Ah
        ? suite.AhIntegrity!.KeySize
        : suite.Encryption!.KeyMaterialSize + (suite.Integrity?.KeySize ?? 0);
}
