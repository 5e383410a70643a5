// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Suite;

/// <summary>A scenario of the suite against one peer, before it runs.</summary>
/// <param name="Identity">What its record will say.</param>
/// <param name="Title">The scenario's title as it stands in the feature file.</param>
/// <param name="ScenarioId">The id in its tags: the rows of an outline share it.</param>
/// <param name="Source">Class and method that were generated from it: tells two scenarios apart that claim one id.</param>
internal sealed record SuiteScenario(ScenarioIdentity Identity, string Title, string ScenarioId, string Source)
{
    /// <summary>Whether a selection means it. A row is meant by its own id, and with all others by the scenario's.</summary>
    public bool IsOf(Selection selection) => selection.Matches(Identity.Tags with { Id = Identity.Id }, Identity.Feature, Identity.Name);

    /// <summary>The scenario as the check of tags wants it: with the record's id, so that each row stands for itself.</summary>
    public ScenarioListing ToListing() => new(
        Identity.Feature, Title, [.. Identity.Tags.Tags.Select(tag => tag == $"id:{ScenarioId}" ? $"id:{Identity.Id}" : tag)]);
}
