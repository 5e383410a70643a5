// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A scenario's packets in order of time: the content of <c>messages.json</c>.</summary>
/// <param name="Scenario">The scenario's id.</param>
/// <param name="Peer">The peer's name.</param>
/// <param name="Messages">The packets.</param>
public sealed record Trace(string Scenario, string Peer, ImmutableArray<TraceMessage> Messages)
{
    /// <summary>Version of the file's schema.</summary>
    [JsonPropertyOrder(-1)]
    [JsonRequired]
    public int Schema { get; init; } = RunResults.CurrentSchema;

    /// <summary>The packets as a ladder.</summary>
    public IReadOnlyList<LadderStep> ToLadder() => [.. Messages.Select(message => message.Ladder)];

    /// <summary>The JSON text, indented, ending in a line feed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultsJson.Indented.Trace) + "\n";

    /// <summary>Reads JSON text.</summary>
    /// <exception cref="InvalidDataException">It is not a trace.</exception>
    public static Trace Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ResultsJson.Indented.Trace) ?? throw new InvalidDataException("messages.json holds null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"messages.json is not a trace: {error.Message}", error);
        }
    }
}
