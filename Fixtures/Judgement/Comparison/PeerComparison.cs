// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What two peers do differently in the same scenarios: the content of <c>compare.json</c>.</summary>
public sealed record PeerComparison
{
    /// <summary>Version of the schema.</summary>
    [JsonPropertyOrder(-1)]
    public int Schema { get; init; } = RunResults.CurrentSchema;

    /// <summary>The first peer.</summary>
    public required PeerRecord A { get; init; }

    /// <summary>The second peer.</summary>
    public required PeerRecord B { get; init; }

    /// <summary>How many scenarios both have a verdict of.</summary>
    public required int Scenarios { get; init; }

    /// <summary>How many of them have the packets of both; of the others only the verdicts are compared.</summary>
    public required int WithPackets { get; init; }

    /// <summary>How many of them show no difference at all.</summary>
    public required int Alike { get; init; }

    /// <summary>Scenarios that only the first peer has a verdict of.</summary>
    public required ImmutableArray<string> OnlyA { get; init; }

    /// <summary>Scenarios that only the second peer has a verdict of.</summary>
    public required ImmutableArray<string> OnlyB { get; init; }

    /// <summary>The differences, by kind, the commonest first.</summary>
    public required ImmutableArray<DifferenceRow> Differences { get; init; }

    /// <summary>Both peers with us and with each other, where the pair of them was run, too.</summary>
    public ImmutableArray<BaselineRow> Baseline { get; init; } = [];

    /// <summary>The differences of one kind.</summary>
    public ImmutableArray<DifferenceRow> Of(DifferenceKind kind) => [.. Differences.Where(row => row.Kind == kind)];

    /// <summary>The JSON text, indented, ending in a line feed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultsJson.Indented.PeerComparison) + "\n";
}
