// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>A run in one sentence.</summary>
internal static class Headline
{
    /// <summary>For example <c>2 unexpected results in 140 outcomes</c>.</summary>
    public static string Of(RunResults results, bool strict)
    {
        var counts = results.Summary;
        var unexpected = results.Scenarios.Count(scenario => scenario.Verdict.IsUnexpected(strict));
        var parts = new List<string>();
        Add(parts, unexpected, "unexpected result");
        Add(parts, counts.HarnessError, "fault of the suite", "faults of the suite");
        Add(parts, counts.Environment, "environment problem");
        if (counts.Total == 0)
        {
            return "No scenario ran";
        }

        var what = parts.Count == 0 ? "All as expected" : string.Join(", ", parts);
        return string.Create(CultureInfo.InvariantCulture, $"{what} in {counts.Total} outcome{(counts.Total == 1 ? "" : "s")}");
    }

    private static void Add(List<string> parts, int count, string one, string? many = null)
    {
        if (count > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}"));
        }
    }
}
