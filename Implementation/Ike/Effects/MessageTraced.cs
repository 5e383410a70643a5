// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.Effects;

/// <summary>A message as this endpoint understood or made it, payloads in the clear.</summary>
/// <param name="Sa">The IKE SA.</param>
/// <param name="IsSent">True for a message of ours, false for one of the peer's.</param>
/// <param name="IsRepeat">A retransmission or a duplicate.</param>
/// <param name="Message">Header and decrypted payloads.</param>
/// <param name="Bytes">The datagram as it crossed the wire.</param>
public sealed record MessageTraced(
    IkeSaDescription Sa,
    bool IsSent,
    bool IsRepeat,
    IsakmpMessage Message,
    ReadOnlyMemory<byte> Bytes) : IkeEffect;
