// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Phase 1 keys exist from now on (before authentication): what a capture needs to be opened.</summary>
/// <param name="Sa">The IKE SA.</param>
/// <param name="EncryptionKey">The key of the negotiated cipher, RFC 2409 appendix B.</param>
public sealed record IkeSaKeyed(IkeSaDescription Sa, ReadOnlyMemory<byte> EncryptionKey) : IkeEffect
{
    /// <summary>SKEYID (RFC 2409 section 5): with it whoever sees the messages can recompute HASH_I and HASH_R.</summary>
    public ReadOnlyMemory<byte> Skeyid { get; init; }

    /// <summary>SKEYID_a (RFC 2409 section 5): what the HASH of every later message is made with.</summary>
    public ReadOnlyMemory<byte> AuthenticationKey { get; init; }
}
