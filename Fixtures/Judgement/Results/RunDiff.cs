// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What became of scenarios between two runs.</summary>
public sealed record RunDiff
{
    /// <summary>A scenario that takes this many times as long as before is slower.</summary>
    private const double SlowerFactor = 2;

    /// <summary>It is no news below this, in milliseconds: that is the machine's load.</summary>
    private const double SlowerLeast = 500;

    /// <summary>They did not fail before, and do.</summary>
    public required ImmutableArray<RunChange> NewlyFailing { get; init; }

    /// <summary>They did not pass before, and do.</summary>
    public required ImmutableArray<RunChange> NewlyPassing { get; init; }

    /// <summary>Their verdict is another one, neither a new pass nor a new failure.</summary>
    public required ImmutableArray<RunChange> Changed { get; init; }

    /// <summary>They ran before, and did not now.</summary>
    public required ImmutableArray<RunChange> Gone { get; init; }

    /// <summary>They ran now, and did not before.</summary>
    public required ImmutableArray<RunChange> Added { get; init; }

    /// <summary>They pass as before, but take at least twice as long and half a second longer.</summary>
    public required ImmutableArray<RunChange> Slower { get; init; }

    /// <summary>Compares two runs.</summary>
    /// <param name="older">The earlier run.</param>
    /// <param name="newer">The later run.</param>
    /// <param name="strict">Whether a SHOULD counts as a MUST.</param>
    public static RunDiff Of(RunResults older, RunResults newer, bool strict = false)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        var (before, after) = (WorstOf(older), WorstOf(newer));
        RunChange[] changes =
        [
            .. before.Keys.Union(after.Keys)
                .OrderBy(key => key.Peer, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal)
                .Select(key => new RunChange(key.Id, key.Peer, key.Role, before.GetValueOrDefault(key), after.GetValueOrDefault(key))),
        ];
        RunChange[] changed = [.. changes.Where(change => change.Old is { } old && change.New is { } now && old.Verdict != now.Verdict)];
        RunChange[] failing = [.. changed.Where(change => Fails(change.New!, strict) && !Fails(change.Old!, strict))];
        RunChange[] passing = [.. changed.Where(change => change.New!.Verdict == Verdict.Pass)];
        return new()
        {
            NewlyFailing = [.. failing],
            NewlyPassing = [.. passing],
            Changed = [.. changed.Except(failing).Except(passing)],
            Gone = [.. changes.Where(change => change.New is null)],
            Added = [.. changes.Where(change => change.Old is null)],
            Slower = [.. changes.Where(IsSlower)],
        };
    }

    private static bool Fails(ScenarioRecord record, bool strict) =>
        record.Verdict.IsUnexpected(strict) || record.Verdict is Verdict.Environment or Verdict.HarnessError;

    private static bool IsSlower(RunChange change) =>
        change is { Old: { Verdict: Verdict.Pass } old, New: { Verdict: Verdict.Pass } now }
        && now.DurationMs >= SlowerFactor * old.DurationMs
        && now.DurationMs - old.DurationMs >= SlowerLeast;

    /// <summary>A scenario that ran several times counts with its worst outcome.</summary>
    private static Dictionary<(string Id, string Peer, Role Role), ScenarioRecord> WorstOf(RunResults results) => results.Scenarios
        .GroupBy(record => (record.Id, record.Peer, record.Role))
        .ToDictionary(group => group.Key, group =>
        {
            var worst = Verdicts.Worst(group.Select(record => record.Verdict));
            return group.First(record => record.Verdict == worst);
        });
}
