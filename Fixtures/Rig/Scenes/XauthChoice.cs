// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Rig.Scenes;

/// <summary>A side's part in extended authentication.</summary>
/// <param name="IsServer">Whether it asks; otherwise it answers.</param>
/// <param name="User">The user's name; each connection has users of its own, because a peer may look them up for all connections alike.</param>
/// <param name="Password">The password that this side has for the user.</param>
/// <param name="HasIdentifiers">Whether the asking side's transactions have identifiers other than 0, where that can be said.</param>
public sealed record XauthChoice(bool IsServer, string User = "someone", string Password = "a throw-away password", bool HasIdentifiers = false);
