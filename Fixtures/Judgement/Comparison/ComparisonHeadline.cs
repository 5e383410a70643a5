// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A comparison in two sentences.</summary>
public static class ComparisonHeadline
{
    /// <summary>Who was compared, and what came out.</summary>
    public static string Of(PeerComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var differing = comparison.Scenarios - comparison.Alike;
        var found = comparison.Differences.IsEmpty
            ? "no difference"
            : $"{Count(comparison.Differences.Length, "difference")} in {Count(differing, "scenario")}";
        return $"{comparison.A.Name} {comparison.A.Version} and {comparison.B.Name} {comparison.B.Version}: {found}";
    }

    /// <summary>What was compared, and what could not be.</summary>
    public static string Scope(PeerComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string[] parts =
        [
            $"{Count(comparison.Scenarios, "scenario")} compared, {FormattableString.Invariant($"{comparison.Alike}")} alike",
            .. Missing(comparison),
            .. Only(comparison.A.Name, comparison.OnlyA.Length),
            .. Only(comparison.B.Name, comparison.OnlyB.Length),
        ];
        return string.Join("; ", parts) + ".";
    }

    private static IEnumerable<string> Missing(PeerComparison comparison)
    {
        var without = comparison.Scenarios - comparison.WithPackets;
        return without == 0 ? [] : [$"{FormattableString.Invariant($"{without}")} by verdict only, because the packets of one or both were not kept"];
    }

    private static IEnumerable<string> Only(string peer, int count) => count == 0 ? [] : [$"{Count(count, "scenario")} ran against {peer} only"];

    private static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
