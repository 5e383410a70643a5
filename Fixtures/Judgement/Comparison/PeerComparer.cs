// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>Compares two peers of one run, scenario by scenario. What is random by nature is no difference: it does not stand in traces' messages.</summary>
public static class PeerComparer
{
    /// <summary>Compares two peers.</summary>
    /// <param name="results">The run.</param>
    /// <param name="a">Name of the first peer.</param>
    /// <param name="b">Name of the second peer.</param>
    /// <param name="traceOf">The packets of an outcome; null when they were not kept.</param>
    /// <exception cref="ArgumentException">The run has no such peer.</exception>
    public static PeerComparison Compare(RunResults results, string a, string b, Func<ScenarioRecord, Trace?> traceOf)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(traceOf);
        var (ofA, ofB) = (RecordsOf(results, a), RecordsOf(results, b));
        var both = ofA.Keys.Where(ofB.ContainsKey).OrderBy(key => key.Id, StringComparer.Ordinal).ToArray();
        var rows = new Rows();
        var (withPackets, alike) = (0, 0);
        foreach (var key in both)
        {
            var (one, other) = (ofA[key], ofB[key]);
            var (traceA, traceB) = (traceOf(one), traceOf(other));
            withPackets += traceA is null || traceB is null ? 0 : 1;
            var differences = Compare(one, traceA, other, traceB);
            alike += differences.IsEmpty ? 1 : 0;
            rows.Add(one, other, differences);
        }

        return new()
        {
            A = PeerOf(results, a),
            B = PeerOf(results, b),
            Scenarios = both.Length,
            WithPackets = withPackets,
            Alike = alike,
            OnlyA = Only(ofA, ofB),
            OnlyB = Only(ofB, ofA),
            Differences = rows.ToRows(),
            Baseline = BaselineComparison.Compare(results, a, b),
        };
    }

    /// <summary>What two peers did differently in one scenario.</summary>
    /// <param name="a">The first peer's outcome.</param>
    /// <param name="traceA">Its packets, or null.</param>
    /// <param name="b">The second peer's outcome.</param>
    /// <param name="traceB">Its packets, or null.</param>
    public static ImmutableArray<Difference> Compare(ScenarioRecord a, Trace? traceA, ScenarioRecord b, Trace? traceB)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var differences = new List<Difference>();
        if (a.Verdict != b.Verdict)
        {
            differences.Add(new(DifferenceKind.Verdict, "verdict", new Sighting(a.Verdict.ToText(), []), new Sighting(b.Verdict.ToText(), [])));
        }

        if (traceA is not null && traceB is not null)
        {
            var (inA, inB) = (new IkeConversation(traceA), new IkeConversation(traceB));
            differences.AddRange(ShapeComparison.Compare(inA, inB));
            differences.AddRange(ProposalComparison.Compare(inA, inB));
            differences.AddRange(PayloadComparison.Compare(inA, inB));
            differences.AddRange(NotifyComparison.Compare(inA, inB));
            differences.AddRange(VendorIdComparison.Compare(inA, inB));
            differences.AddRange(TimerComparison.Compare(inA, inB));
            differences.AddRange(ReactionComparison.Compare(inA, inB));
        }

        return [.. differences];
    }

    /// <summary>A scenario that ran several times counts with its first outcome.</summary>
    private static Dictionary<(string Id, Role Role), ScenarioRecord> RecordsOf(RunResults results, string peer)
    {
        var records = new Dictionary<(string Id, Role Role), ScenarioRecord>();
        foreach (var record in results.Scenarios.Where(record => record.Peer == peer))
        {
            records.TryAdd((record.Id, record.Role), record);
        }

        return records;
    }

    private static PeerRecord PeerOf(RunResults results, string name) =>
        results.Peers.FirstOrDefault(peer => peer.Name == name) ?? throw new ArgumentException($"the run has no peer '{name}'", nameof(name));

    private static ImmutableArray<string> Only(Dictionary<(string Id, Role Role), ScenarioRecord> these, Dictionary<(string Id, Role Role), ScenarioRecord> those) =>
        [.. these.Keys.Where(key => !those.ContainsKey(key)).Select(key => key.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Collects the same difference of many scenarios.</summary>
    private sealed class Rows
    {
        private readonly Dictionary<(DifferenceKind Kind, string Aspect, string A, string B), List<DifferenceOccurrence>> _rows = [];

        public void Add(ScenarioRecord a, ScenarioRecord b, IEnumerable<Difference> differences)
        {
            foreach (var same in differences.GroupBy(difference => (difference.Kind, difference.Aspect, difference.A.Text, difference.B.Text)))
            {
                if (!_rows.TryGetValue(same.Key, out var occurrences))
                {
                    _rows.Add(same.Key, occurrences = []);
                }

                var isVerdict = same.Key.Kind == DifferenceKind.Verdict;
                occurrences.Add(new(
                    a.Id,
                    a.Role,
                    [.. same.SelectMany(difference => difference.A.Frames).Distinct()],
                    [.. same.SelectMany(difference => difference.B.Frames).Distinct()],
                    a.Evidence,
                    b.Evidence,
                    isVerdict ? a.Message : null,
                    isVerdict ? b.Message : null));
            }
        }

        public ImmutableArray<DifferenceRow> ToRows() =>
        [
            .. _rows.Select(row => new DifferenceRow(row.Key.Kind, row.Key.Aspect, row.Key.A, row.Key.B, [.. row.Value]))
                .OrderBy(row => row.Kind).ThenByDescending(row => row.Count).ThenBy(row => row.Aspect, StringComparer.Ordinal),
        ];
    }
}
