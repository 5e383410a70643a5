// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A scenario whose tags do not hold.</summary>
/// <param name="Feature">The feature's title.</param>
/// <param name="Name">The scenario's title.</param>
/// <param name="Problem">What is wrong, and what would be right.</param>
public sealed record TagProblem(string Feature, string Name, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Feature} / {Name}: {Problem}";
}
