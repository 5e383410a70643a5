// SPDX-License-Identifier: Apache-2.0

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>How results are written as JSON: snake_case names, readable characters.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunResults))]
[JsonSerializable(typeof(RunHeader))]
[JsonSerializable(typeof(PeerRecord))]
[JsonSerializable(typeof(ScenarioRecord))]
[JsonSerializable(typeof(Trace))]
[JsonSerializable(typeof(PeerComparison))]
internal sealed partial class ResultsJson : JsonSerializerContext
{
    /// <summary>For whole files.</summary>
    public static ResultsJson Indented { get; } = new(Settings(indented: true));

    /// <summary>For journal lines: one record, one line.</summary>
    public static ResultsJson Line { get; } = new(Settings(indented: false));

    private static JsonSerializerOptions Settings(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = indented,
        // These files are read by people and by JSON parsers, never pasted into HTML: no need to escape "<" or "ü".
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        // A file that lacks a property is not of this schema: better said than read as empty.
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
