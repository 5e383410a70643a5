// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A difference in one scenario, with the way to its packets.</summary>
/// <param name="Scenario">The scenario's id.</param>
/// <param name="Role">The judged side's role.</param>
/// <param name="AFrames">The frames of the first peer's capture that show it.</param>
/// <param name="BFrames">The frames of the second peer's capture that show it.</param>
/// <param name="AEvidence">The first peer's evidence folder, relative to the results' folder; null when none was kept.</param>
/// <param name="BEvidence">The second peer's.</param>
/// <param name="AMessage">What the first peer's record says beside its verdict, where verdicts differ.</param>
/// <param name="BMessage">What the second peer's says.</param>
public sealed record DifferenceOccurrence(
    string Scenario,
    Role Role,
    ImmutableArray<int> AFrames,
    ImmutableArray<int> BFrames,
    string? AEvidence,
    string? BEvidence,
    string? AMessage = null,
    string? BMessage = null);
