// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A scenario as it stands in a feature file.</summary>
/// <param name="Feature">The feature's title.</param>
/// <param name="Name">The scenario's title.</param>
/// <param name="Tags">Its tags and its feature's.</param>
public sealed record ScenarioListing(string Feature, string Name, ImmutableArray<string> Tags);
