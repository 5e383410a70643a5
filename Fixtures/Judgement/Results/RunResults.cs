// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A run's results, as they stand in <c>results.json</c>.</summary>
public sealed record RunResults
{
    /// <summary>The schema's version that this suite writes and reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the schema.</summary>
    [JsonPropertyOrder(-1)]
    [JsonRequired]
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Which suite ran.</summary>
    public required SuiteRecord Suite { get; init; }

    /// <summary>When the run started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required double DurationMs { get; init; }

    /// <summary>The seed of everything random.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where it ran.</summary>
    public required EnvironmentRecord Environment { get; init; }

    /// <summary>The peers.</summary>
    public required ImmutableArray<PeerRecord> Peers { get; init; }

    /// <summary>The outcomes, in the order they came.</summary>
    public required ImmutableArray<ScenarioRecord> Scenarios { get; init; }

    /// <summary>How many outcomes of each verdict there are: always counted from <see cref="Scenarios"/>.</summary>
    [JsonPropertyOrder(1)]
    public VerdictCounts Summary => VerdictCounts.Of(Scenarios.Select(scenario => scenario.Verdict));

    /// <summary>Joins what was known at the start with what came.</summary>
    public static RunResults From(RunHeader header, TimeSpan duration, IEnumerable<PeerRecord> peers, IEnumerable<ScenarioRecord> scenarios)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new RunResults
        {
            Suite = header.Suite,
            Started = header.Started,
            DurationMs = Math.Round(duration.TotalMilliseconds, 3),
            Seed = header.Seed,
            Environment = header.Environment,
            Peers = [.. peers],
            Scenarios = [.. scenarios],
        };
    }

    /// <summary>The JSON text, indented, ending in a line feed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultsJson.Indented.RunResults) + "\n";

    /// <summary>Reads JSON text.</summary>
    /// <exception cref="InvalidDataException">It is not of this schema.</exception>
    public static RunResults Parse(string json)
    {
        try
        {
            var results = JsonSerializer.Deserialize(json, ResultsJson.Indented.RunResults)
                ?? throw new InvalidDataException("results.json holds null");
            return results.Schema == CurrentSchema
                ? results
                : throw new InvalidDataException($"results.json is of schema {results.Schema}; this suite reads schema {CurrentSchema}");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"results.json is not of schema {CurrentSchema}: {error.Message}", error);
        }
    }
}
