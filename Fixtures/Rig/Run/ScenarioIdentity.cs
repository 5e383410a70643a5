// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>One record-to-be: a scenario, or one row of an outline, against one peer.</summary>
/// <param name="TestId">What the test framework calls it in this process.</param>
/// <param name="Id">The record's id: see <see cref="ScenarioIds.ForRecord"/>.</param>
/// <param name="Name">The scenario's title; in an outline with the row's values.</param>
/// <param name="Feature">The feature's title.</param>
/// <param name="Tags">The scenario's tags, its feature's and its row's among them.</param>
/// <param name="Peer">The peer's name.</param>
public sealed record ScenarioIdentity(string TestId, string Id, string Name, string Feature, ScenarioTags Tags, string Peer)
{
    /// <summary>The record of this scenario.</summary>
    /// <param name="verdict">What came out.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="message">The five lines, or the reason; null for a plain pass.</param>
    /// <param name="evidence">The evidence folder relative to the results' folder, or null.</param>
    public ScenarioRecord ToRecord(Verdict verdict, TimeSpan duration, string? message, string? evidence) => new(
        Id, Name, Feature, Tags.Tags, Tags.Clauses, Tags.Level, Peer, Tags.Role,
        verdict, Math.Round(duration.TotalMilliseconds, 3), message, evidence);
}
