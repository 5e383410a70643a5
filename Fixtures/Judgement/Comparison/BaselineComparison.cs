// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Sets two peers with us beside the same two with each other: is it our fault, or theirs?</summary>
public static class BaselineComparison
{
    private const string Baseline = "baseline";

    /// <summary>Compares, policy by policy.</summary>
    /// <param name="results">The run.</param>
    /// <param name="a">Name of the first peer.</param>
    /// <param name="b">Name of the second peer.</param>
    /// <returns>The baseline scenarios that the pair was run with, those with a disagreement first; empty when it was not run.</returns>
    public static ImmutableArray<BaselineRow> Compare(RunResults results, string a, string b)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] pairs = [PairNames.Of(a, b), PairNames.Of(b, a)];
        var (withA, withB) = (VerdictsOf(results, a), VerdictsOf(results, b));
        return
        [
            .. results.Scenarios
                .Where(record => pairs.Contains(record.Peer) && record.Tags.Contains(Baseline))
                .DistinctBy(record => record.Id)
                .Select(record => new BaselineRow(record.Id, record.Name, Find(withA, record.Id), Find(withB, record.Id), record.Verdict))
                .OrderBy(row => row.Agreement).ThenBy(row => row.Scenario, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many policies there are of each agreement, in one sentence.</summary>
    public static string Headline(PeerComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var counts = comparison.Baseline.GroupBy(row => row.Agreement)
            .Select(group => FormattableString.Invariant($"{group.Count()}: {AgreementText.Of(group.Key, comparison.A.Name, comparison.B.Name)}"));
        return FormattableString.Invariant($"Baseline of {comparison.Baseline.Length} policies. {string.Join(". ", counts)}.");
    }

    private static Dictionary<string, Verdict> VerdictsOf(RunResults results, string peer) => results.Scenarios
        .Where(record => record.Peer == peer && record.Tags.Contains(Baseline))
        .DistinctBy(record => record.Id)
        .ToDictionary(record => record.Id, record => record.Verdict);

    private static Verdict? Find(Dictionary<string, Verdict> verdicts, string id) => verdicts.TryGetValue(id, out var verdict) ? verdict : null;
}
