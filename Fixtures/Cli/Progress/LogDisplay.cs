// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Progress;

/// <summary>
/// For a log: a line for each outcome that is not as expected, when it comes, and every few seconds one that says how far the run
/// is. With --verbose, a line for every scenario and step.
/// </summary>
internal sealed class LogDisplay(TextWriter output, ProgressBoard board, bool verbose) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void ScenarioStarted(ScenarioRun scenario) => board.Start(scenario);

    /// <inheritdoc/>
    public void StepStarted(ScenarioRun scenario, string step)
    {
        board.Step(scenario, step);
        if (verbose)
        {
            Write($"{scenario.Identity.Id} {scenario.Identity.Peer}: {step}");
        }
    }

    /// <inheritdoc/>
    public void ScenarioFinished(string testId, ScenarioRecord? record)
    {
        board.Finish(testId, record);
        if (record is not null && (verbose || record.Verdict is not (Verdict.Pass or Verdict.Unsupported or Verdict.Known)))
        {
            var duration = TimeSpan.FromMilliseconds(record.DurationMs).Brief();
            Write($"{record.Verdict.ToText(),-13} {record.Id} {record.Peer} {duration} {record.Name}");
        }
    }

    /// <inheritdoc/>
    public async Task ShowAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval)) != work)
        {
            var running = string.Join(", ", board.Running.Take(3).Select(now => $"{now.Scenario.Identity.Id} {now.Scenario.Identity.Peer}"));
            Write($"{board.Done}/{board.Total} after {board.Elapsed.Brief()}, {board.Unexpected} not as expected; running {running}");
        }

        await work;
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
        }
    }
}
