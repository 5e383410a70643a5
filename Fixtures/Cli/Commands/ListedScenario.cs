// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>A scenario as <c>list --json</c> prints it: named as in results.</summary>
internal sealed record ListedScenario(
    string Id,
    string Name,
    string Feature,
    ImmutableArray<string> Tags,
    ImmutableArray<string> Clauses,
    string Level,
    string Role,
    ImmutableArray<string> Peers)
{
    /// <summary>The entry of one scenario, against all peers it was found for.</summary>
    public static ListedScenario Of(ScenarioIdentity scenario, IEnumerable<string> peers) => new(
        scenario.Id,
        scenario.Name,
        scenario.Feature,
        scenario.Tags.Tags,
        scenario.Tags.Clauses,
        scenario.Tags.Level.ToText(),
        scenario.Tags.Role.ToText(),
        [.. peers]);
}
