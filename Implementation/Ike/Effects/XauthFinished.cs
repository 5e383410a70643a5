// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.Effects;

/// <summary>Extended authentication has come to a result (draft-beaulieu-ike-xauth-02 section 5).</summary>
/// <param name="Sa">The IKE SA; it ends when the user was refused.</param>
/// <param name="IsServer">Whether this endpoint asked; otherwise it was asked.</param>
/// <param name="IsAccepted">Whether the user was let in.</param>
/// <param name="User">The user's name; null when none was given.</param>
/// <param name="Message">Text of XAUTH-MESSAGE for the user, or why this endpoint refused it; null for none.</param>
public sealed record XauthFinished(IkeSaDescription Sa, bool IsServer, bool IsAccepted, string? User, string? Message) : IkeEffect;
