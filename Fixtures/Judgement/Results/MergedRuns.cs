// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Several runs as one: shards of a run, or a run and what was run again later.</summary>
public static class MergedRuns
{
    /// <summary>
    /// Merges runs. What ran in several counts as in the one that started last. Evidence stays where it is; the merged records lead there
    /// from the new folder.
    /// </summary>
    /// <param name="runs">The runs' folders and results.</param>
    /// <param name="folder">The folder that the merged results will lie in.</param>
    public static RunResults Merge(IReadOnlyList<(string Folder, RunResults Results)> runs, string folder)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var byTime = runs.OrderBy(run => run.Results.Started).ToArray();
        if (byTime.Length == 0)
        {
            throw new ArgumentException("there is no run to merge", nameof(runs));
        }

        var first = byTime[0].Results;
        var end = byTime.Max(run => run.Results.Started.AddMilliseconds(run.Results.DurationMs));
        return first with
        {
            DurationMs = Math.Round((end - first.Started).TotalMilliseconds, 3),
            Peers = [.. Peers(byTime.Select(run => run.Results))],
            Scenarios = [.. Scenarios(byTime, folder)],
        };
    }

    /// <summary>The peers in the order they came, each as the last run describes it.</summary>
    private static IEnumerable<PeerRecord> Peers(IEnumerable<RunResults> runs) =>
        runs.SelectMany(run => run.Peers).GroupBy(peer => peer.Name).Select(peer => peer.Last());

    private static IEnumerable<ScenarioRecord> Scenarios((string Folder, RunResults Results)[] runs, string folder)
    {
        var latest = new Dictionary<(string, string, Role), int>();
        for (var i = 0; i < runs.Length; i++)
        {
            foreach (var record in runs[i].Results.Scenarios)
            {
                latest[(record.Id, record.Peer, record.Role)] = i;
            }
        }

        return runs.SelectMany((run, i) => run.Results.Scenarios
            .Where(record => latest[(record.Id, record.Peer, record.Role)] == i)
            .Select(record => record with { Evidence = Seen(record.Evidence, run.Folder, folder) }));
    }

    private static string? Seen(string? evidence, string from, string folder) =>
        evidence is null ? null : Path.GetRelativePath(folder, Path.Combine(from, evidence)).Replace('\\', '/');
}
