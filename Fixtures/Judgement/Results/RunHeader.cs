// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What is known of a run when it starts: the first line of its journal.</summary>
/// <param name="Suite">Which suite runs.</param>
/// <param name="Started">When it started.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Environment">Where it runs.</param>
/// <param name="Peers">The peers known so far; more can follow.</param>
public sealed record RunHeader(
    SuiteRecord Suite, DateTimeOffset Started, ulong Seed, EnvironmentRecord Environment, ImmutableArray<PeerRecord> Peers)
{
    /// <summary>Version of the results' schema.</summary>
    [JsonPropertyOrder(-1)]
    [JsonRequired]
    public int Schema { get; init; } = RunResults.CurrentSchema;
}
