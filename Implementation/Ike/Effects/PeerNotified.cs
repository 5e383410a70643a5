// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.Effects;

/// <summary>The peer sent a Notification payload.</summary>
/// <param name="Sa">The IKE SA it belongs to.</param>
/// <param name="Notification">The payload.</param>
/// <param name="IsAuthenticated">Whether a HASH under SKEYID_a protected it (RFC 2409 section 5.7).</param>
public sealed record PeerNotified(IkeSaDescription Sa, NotificationPayload Notification, bool IsAuthenticated) : IkeEffect;
