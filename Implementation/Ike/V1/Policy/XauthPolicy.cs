// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>
/// Extended authentication (draft-beaulieu-ike-xauth-02). Which side asks is said by the phase 1 authentication method:
/// with XAUTHInit... the responder of phase 1 asks the initiator, with XAUTHResp... the other way round.
/// </summary>
public sealed record XauthPolicy
{
    /// <summary>The side that answers: who it is.</summary>
    public XauthUser? Credentials { get; init; }

    /// <summary>The side that asks: whom it lets in.</summary>
    public ImmutableArray<XauthUser> Users { get; init; } = [];

    /// <summary>The side that asks: generic or RADIUS-CHAP.</summary>
    public XauthAuthenticationType Type { get; init; } = XauthAuthenticationType.Generic;

    /// <summary>The side that asks: whether a generic request says that it is one; RADIUS-CHAP always is announced.</summary>
    public bool AnnounceGenericType { get; init; }

    /// <summary>The side that asks: whether a passcode is asked for in place of a password.</summary>
    public bool AskPasscode { get; init; }

    /// <summary>
    /// The side that asks: whether its transactions have identifiers that tell them apart; otherwise all have 0
    /// (draft-beaulieu-ike-xauth-02 section 6 demands only that the messages of one have the same).
    /// </summary>
    public bool HasIdentifiers { get; init; } = true;

    /// <summary>The side that asks: text for the user; null for none.</summary>
    public string? Message { get; init; }

    /// <summary>The side that asks: requests before it gives up; the side that answers: requests it answers.</summary>
    public int Attempts { get; init; } = 3;
}
