// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Writes a verdict by its name, for example <c>"harness-error"</c>.</summary>
public sealed class VerdictJsonConverter : JsonConverter<Verdict>
{
    /// <inheritdoc/>
    public override Verdict Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString();
        return Verdicts.TryParse(text, out var verdict) ? verdict : throw new JsonException($"'{text}' is not a verdict");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Verdict value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToText());
}
