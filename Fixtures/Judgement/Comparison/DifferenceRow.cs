// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>One difference over all scenarios that show it.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Aspect">Which one.</param>
/// <param name="A">What the first peer does.</param>
/// <param name="B">What the second peer does.</param>
/// <param name="Occurrences">The scenarios that show it, in the order of their ids.</param>
public sealed record DifferenceRow(DifferenceKind Kind, string Aspect, string A, string B, ImmutableArray<DifferenceOccurrence> Occurrences)
{
    /// <summary>In how many scenarios it is seen.</summary>
    [JsonPropertyOrder(-1)]
    public int Count => Occurrences.Length;
}
