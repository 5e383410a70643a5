// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Crypto.V1;

namespace Ipsec.Ike.V1.Protection;

/// <summary>The values of phase 1 that both authenticating hashes cover (RFC 2409 section 5).</summary>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R.</param>
/// <param name="SaBody">SAi_b: the body of the initiator's SA payload, as it crossed the wire.</param>
/// <param name="PublicI">g^xi, the body of the initiator's KE payload, decrypted.</param>
/// <param name="PublicR">g^xr, the body of the responder's KE payload, decrypted.</param>
/// <param name="NonceI">Ni_b, decrypted.</param>
/// <param name="NonceR">Nr_b, decrypted.</param>
internal sealed record Phase1Material(
    Cookie InitiatorCookie,
    Cookie ResponderCookie,
    ReadOnlyMemory<byte> SaBody,
    ReadOnlyMemory<byte> PublicI,
    ReadOnlyMemory<byte> PublicR,
    ReadOnlyMemory<byte> NonceI,
    ReadOnlyMemory<byte> NonceR)
{
    /// <summary>HASH_I or HASH_R.</summary>
    /// <param name="ofInitiator">Whether it is HASH_I.</param>
    /// <param name="prf">The hash whose HMAC it is.</param>
    /// <param name="skeyid">SKEYID.</param>
    /// <param name="idBody">The body of that side's identification payload, decrypted.</param>
    public byte[] Hash(bool ofInitiator, PrfAlgorithm prf, byte[] skeyid, ReadOnlySpan<byte> idBody)
    {
        var cookieI = InitiatorCookie.ToBytes();
        var cookieR = ResponderCookie.ToBytes();
        return ofInitiator
            ? KeySchedule.HashI(prf, skeyid, PublicI.Span, PublicR.Span, cookieI, cookieR, SaBody.Span, idBody)
            : KeySchedule.HashR(prf, skeyid, PublicR.Span, PublicI.Span, cookieR, cookieI, SaBody.Span, idBody);
    }
}
