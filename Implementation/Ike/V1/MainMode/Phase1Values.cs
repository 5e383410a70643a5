// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.MainMode;

/// <summary>Values that phase 1 exchanges share, and the checks on what a peer sends for them.</summary>
internal static class Phase1Values
{
    /// <summary>Bytes of a nonce of ours; 8 to 256 are legal (RFC 2409 section 5).</summary>
    public const int NonceSize = 32;

    private const int SmallestNonce = 8;
    private const int LargestNonce = 256;

    public static byte[] Nonce(IRandomSource random)
    {
        var nonce = new byte[NonceSize];
        random.Fill(nonce);
        return nonce;
    }

    public static bool IsNonceSize(int size) => size is >= SmallestNonce and <= LargestNonce;

    public static Rejection? CheckNonce(NoncePayload nonce) =>
        IsNonceSize(nonce.Nonce.Length)
            ? null
            : new("RFC 2409 section 5", $"nonce of {nonce.Nonce.Length} bytes; 8 to 256 are legal", NotifyType.PayloadMalformed);

    public static Rejection BadPublicValue(string error) =>
        new("RFC 2408 section 5.7", $"public value refused: {error}", NotifyType.InvalidKeyInformation);
}
