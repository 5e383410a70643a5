// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Diagnostics;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Progress;

/// <summary>What is known of a run at this moment. Safe for concurrent use.</summary>
internal sealed class ProgressBoard(int total, bool strict)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<string, RunningScenario> _running = new(StringComparer.Ordinal);
    private int _done;
    private int _unexpected;

    /// <summary>How many scenarios there are to run.</summary>
    public int Total { get; } = total;

    /// <summary>How many have ended.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>How many of them did not end as expected.</summary>
    public int Unexpected => Volatile.Read(ref _unexpected);

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>What runs now, the longest first.</summary>
    public IReadOnlyList<RunningScenario> Running => [.. _running.Values.OrderByDescending(running => running.Scenario.Elapsed)];

    /// <summary>A scenario starts.</summary>
    public void Start(ScenarioRun scenario) => _running[scenario.Identity.TestId] = new RunningScenario(scenario, Step: null);

    /// <summary>A step of it starts.</summary>
    public void Step(ScenarioRun scenario, string step) => _running[scenario.Identity.TestId] = new RunningScenario(scenario, step);

    /// <summary>A scenario has ended.</summary>
    public void Finish(string testId, ScenarioRecord? record)
    {
        _running.TryRemove(testId, out _);
        if (record is null)
        {
            return;
        }

        Interlocked.Increment(ref _done);
        if (record.Verdict.IsUnexpected(strict) || record.Verdict is Verdict.Environment or Verdict.HarnessError)
        {
            Interlocked.Increment(ref _unexpected);
        }
    }
}
