// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A claim that does not hold: what would have been legal, and what came instead.</summary>
/// <param name="Legal">What the clause allows.</param>
/// <param name="Came">What was seen, with frame numbers where there are any.</param>
public sealed record Finding(string Legal, string Came)
{
    /// <summary>There was nothing to judge: a claim about all of none would always hold.</summary>
    /// <param name="what">What there should have been.</param>
    /// <returns>The finding.</returns>
    internal static Finding Nothing(string what) => new(what, "none");

    /// <summary>A message whose content would have to be judged cannot be read.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The finding.</returns>
    internal static Finding Unreadable(ObservedIke message) => new("a message that can be read", $"frame {message.Number}: {message.Problem}");
}
