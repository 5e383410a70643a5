// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Peers;
using Ipsec.StepDefinitions.Tests.Support;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>
/// Every scenario holds against a peer that could lie and does not: a claim that fails against it would be the claim's
/// fault. That it also holds against the suite's own peer is what a run shows.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class HonestStepsTests
{
    /// <summary>Scenarios of gateway processes in namespaces: no peer in memory stands there. Their claims are those of PassageOracle and its tests.</summary>
    private const string NoPeerInMemory = "@gateway";

    /// <summary>
    /// One row of each table of examples: the others differ in values, not in steps. A peer that is told to break rules is not honest.
    /// </summary>
    private static IEnumerable<TestCaseData> Scenarios =>
        from scenario in FeatureText.All
        where !scenario.Listing.Tags.Contains(NoPeerInMemory) && !scenario.Listing.Tags.Contains("@" + PeerAbilities.Misbehaves)
        group scenario by string.Join(' ', scenario.Listing.Tags) into rows
        let first = rows.First()
        select new TestCaseData(first).SetArgDisplayNames(rows.Key.Split(' ').First(tag => tag.StartsWith("@id:", StringComparison.Ordinal)), first.Listing.Name);

    [TestCaseSource(nameof(Scenarios))]
    public async Task EveryStepHolds(object scenario)
    {
        var text = (FeatureScenario)scenario;
        await using var play = await Play.OpenAsync(new Lie(), text.Listing.Tags.Contains("@negative") ? ["negative"] : []);
        foreach (var step in text.Steps)
        {
            await play.StepAsync($"{step.Keyword} {step.Text}", [.. step.Table.Select(row => string.Join('|', row))]);
        }
    }
}
