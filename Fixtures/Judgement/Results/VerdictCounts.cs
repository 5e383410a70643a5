// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>How many records have each verdict.</summary>
public sealed record VerdictCounts(
    [property: JsonPropertyName("pass")] int Pass,
    [property: JsonPropertyName("fail")] int Fail,
    [property: JsonPropertyName("non-strict")] int NonStrict,
    [property: JsonPropertyName("unsupported")] int Unsupported,
    [property: JsonPropertyName("known")] int Known,
    [property: JsonPropertyName("fixed")] int Fixed,
    [property: JsonPropertyName("environment")] int Environment,
    [property: JsonPropertyName("harness-error")] int HarnessError)
{
    /// <summary>All records together.</summary>
    [JsonIgnore]
    public int Total => Pass + Fail + NonStrict + Unsupported + Known + Fixed + Environment + HarnessError;

    /// <summary>The count of one verdict.</summary>
    [JsonIgnore]
    public int this[Verdict verdict] => verdict switch
    {
        Verdict.Pass => Pass,
        Verdict.Fail => Fail,
        Verdict.NonStrict => NonStrict,
        Verdict.Unsupported => Unsupported,
        Verdict.Known => Known,
        Verdict.Fixed => Fixed,
        Verdict.Environment => Environment,
        Verdict.HarnessError => HarnessError,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
    };

    /// <summary>Counts verdicts.</summary>
    public static VerdictCounts Of(IEnumerable<Verdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        var counts = new int[Verdicts.All.Count];
        foreach (var verdict in verdicts)
        {
            counts[(int)verdict]++;
        }

        return new VerdictCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7]);
    }
}
