// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ipsec.Fixtures.Cli.Progress;

/// <summary>
/// For a terminal: a block at the bottom that redraws itself with the count and what runs now; above it a line for each outcome
/// that is not as expected.
/// </summary>
internal sealed class LiveDisplay(IAnsiConsole console, ProgressBoard board, bool verbose) : IProgressDisplay
{
    private const int BarWidth = 30;
    private const int MostRows = 12;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(120);

    /// <inheritdoc/>
    public void ScenarioStarted(ScenarioRun scenario) => board.Start(scenario);

    /// <inheritdoc/>
    public void StepStarted(ScenarioRun scenario, string step)
    {
        board.Step(scenario, step);
        if (verbose)
        {
            WriteAbove($"[grey]{Markup.Escape($"{scenario.Identity.Id} {scenario.Identity.Peer}: {step}")}[/]");
        }
    }

    /// <inheritdoc/>
    public void ScenarioFinished(string testId, ScenarioRecord? record)
    {
        board.Finish(testId, record);
        if (record is not null && (verbose || record.Verdict is not (Verdict.Pass or Verdict.Unsupported or Verdict.Known)))
        {
            WriteAbove(record.Line());
        }
    }

    /// <inheritdoc/>
    public Task ShowAsync(Task work) => console.Live(Render()).AutoClear(true).StartAsync(async live =>
    {
        while (!work.IsCompleted)
        {
            live.UpdateTarget(Render());
            await Task.WhenAny(work, Task.Delay(Redraw));
        }

        await work;
    });

    /// <summary>The text is drawn over the block: a panel, because it reaches to the edge and so wipes out what stood there.</summary>
    private void WriteAbove(string markup) =>
        console.Write(new Panel(new Markup(markup)) { Border = BoxBorder.None, Padding = new Padding(0), Expand = true });

    private Rows Render()
    {
        var running = board.Running;
        var rows = new List<IRenderable> { new Markup(Count()) };
        rows.AddRange(running.Take(MostRows).Select(Row));
        if (running.Count > MostRows)
        {
            rows.Add(new Markup($"[grey]  and {running.Count - MostRows} more[/]"));
        }

        return new Rows(rows);
    }

    private string Count()
    {
        var filled = board.Total == 0 ? BarWidth : board.Done * BarWidth / board.Total;
        var bar = $"[green]{new string('━', filled)}[/][grey]{new string('─', BarWidth - filled)}[/]";
        var unexpected = board.Unexpected == 0 ? "" : $"  [red]{board.Unexpected} not as expected[/]";
        return $"{bar} {board.Done}/{board.Total}  {board.Elapsed.Brief()}{unexpected}";
    }

    /// <summary>One line, cut off at the edge.</summary>
    private Markup Row(RunningScenario running)
    {
        var scenario = running.Scenario;
        var peer = $"  {scenario.Identity.Peer,-11}";
        var rest = $" {scenario.Elapsed.Brief(),7}  {scenario.Identity.Id}  {running.Step ?? scenario.Identity.Name}";
        var room = Math.Max(0, console.Profile.Width - 1 - peer.Length);
        return new Markup($"[blue]{Markup.Escape(peer)}[/]{Markup.Escape(rest.Length <= room ? rest : rest[..room])}");
    }
}
