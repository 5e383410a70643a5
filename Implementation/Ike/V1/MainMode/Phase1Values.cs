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
    private const byte Udp = 17;
    private const ushort IkePort = 500;

    public static byte[] Nonce(IRandomSource random)
    {
        var nonce = new byte[NonceSize];
        random.Fill(nonce);
        return nonce;
    }

    public static Rejection? CheckNonce(NoncePayload nonce) =>
        nonce.Nonce.Length is >= SmallestNonce and <= LargestNonce
            ? null
            : new("RFC 2409 section 5", $"nonce of {nonce.Nonce.Length} bytes; 8 to 256 are legal", NotifyType.PayloadMalformed);

    public static Rejection BadPublicValue(string error) =>
        new("RFC 2408 section 5.7", $"public value refused: {error}", NotifyType.InvalidKeyInformation);

    public static Rejection BadHash(string name) =>
        new("RFC 2408 section 5.11", $"{name} does not match: the pre-shared keys differ or the message was altered", NotifyType.AuthenticationFailed);

    /// <summary>
    /// The peer's identity must be the one the policy names, with protocol and port 0/0 or UDP/500. Anything else aborts
    /// (RFC 2407 section 4.6.2): its hash was right, so it is the peer that says so and nobody else.
    /// </summary>
    public static Rejection? CheckIdentity(IdentificationPayload identity, IdentificationPayload expected)
    {
        if ((identity.ProtocolId, identity.Port) is not ((0, 0) or (Udp, IkePort)))
        {
            return Wrong($"protocol {identity.ProtocolId} and port {identity.Port} in a phase 1 identity");
        }

        return identity.IdType == expected.IdType && identity.Data.Span.SequenceEqual(expected.Data.Span)
            ? null
            : Wrong($"the peer calls itself {identity}, expected {expected}");

        static Rejection Wrong(string reason) => new("RFC 2408 section 5.8", reason, NotifyType.InvalidIdInformation, IsFatal: true);
    }
}
