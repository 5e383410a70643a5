// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>Which private groups of a peer are accepted (RFC 2409 section 5.6).</summary>
public sealed record NewGroupPolicy
{
    /// <summary>Fewest bits of a prime.</summary>
    public int FewestBits { get; init; } = 1536;

    /// <summary>Most bits of a prime: to find out whether a number is one takes time.</summary>
    public int MostBits { get; init; } = 4096;

    /// <summary>Groups of one peer that are kept; offers beyond are refused.</summary>
    public int MostGroups { get; init; } = 8;
}
