// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>A side's part in extended authentication, which follows phase 1.</summary>
public abstract record XauthPeerPolicy
{
    private XauthPeerPolicy()
    {
    }

    /// <summary>The side that proves who its user is.</summary>
    /// <param name="User">The user's name.</param>
    /// <param name="Password">The user's password.</param>
    public sealed record Client(string User, string Password) : XauthPeerPolicy;

    /// <summary>The side that asks.</summary>
    /// <param name="Users">Names and passwords that it takes.</param>
    /// <param name="HasIdentifiers">Whether its transactions have identifiers other than 0, where that can be said.</param>
    public sealed record Server(ImmutableArray<(string User, string Password)> Users, bool HasIdentifiers = false) : XauthPeerPolicy;
}
