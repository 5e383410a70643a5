// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.V1;

namespace Ipsec.Ike.V1.Protection;

/// <summary>The values of phase 1 that both authenticating hashes cover (RFC 2409 section 5).</summary>
/// <param name="InitiatorCookie">CKY-I.</param>
/// <param name="ResponderCookie">CKY-R.</param>
/// <param name="SaBody">SAi_b: the body of the initiator's SA payload, as it crossed the wire.</param>
/// <param name="PublicI">g^xi, the body of the initiator's KE payload.</param>
/// <param name="PublicR">g^xr, the body of the responder's KE payload.</param>
/// <param name="NonceI">Ni_b.</param>
/// <param name="NonceR">Nr_b.</param>
internal sealed record Phase1Material(
    Cookie InitiatorCookie,
    Cookie ResponderCookie,
    ReadOnlyMemory<byte> SaBody,
    ReadOnlyMemory<byte> PublicI,
    ReadOnlyMemory<byte> PublicR,
    ReadOnlyMemory<byte> NonceI,
    ReadOnlyMemory<byte> NonceR)
{
    public byte[] HashI(Phase1Security security, ReadOnlySpan<byte> idBody) => KeySchedule.HashI(
        security.Suite.Hash,
        security.Keys.Skeyid,
        PublicI.Span,
        PublicR.Span,
        InitiatorCookie.ToBytes(),
        ResponderCookie.ToBytes(),
        SaBody.Span,
        idBody);

    public byte[] HashR(Phase1Security security, ReadOnlySpan<byte> idBody) => KeySchedule.HashR(
        security.Suite.Hash,
        security.Keys.Skeyid,
        PublicR.Span,
        PublicI.Span,
        ResponderCookie.ToBytes(),
        InitiatorCookie.ToBytes(),
        SaBody.Span,
        idBody);
}
