// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;

namespace Ipsec.Crypto.Tests.Vectors;

/// <summary>One published input and output. The files lie beside this one; all values in them are hexadecimal.</summary>
/// <param name="Algorithm">The name of the row that it tests.</param>
/// <param name="Source">The publication and its section.</param>
public abstract record Vector(string Algorithm, string Source)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new HexConverter() },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public sealed override string ToString() => $"{Algorithm}, {Source}";

    public static IReadOnlyList<T> Read<T>(string file)
    {
        using Stream stream = typeof(Vector).Assembly.GetManifestResourceStream(file)
            ?? throw new FileNotFoundException($"no embedded vector file '{file}'");
        return JsonSerializer.Deserialize<List<T>>(stream, Options)!;
    }
}
