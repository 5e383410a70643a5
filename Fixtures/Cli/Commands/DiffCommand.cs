// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.CommandLine;
using Ipsec.Fixtures.Cli.Progress;
using Ipsec.Fixtures.Cli.Reading;
using Ipsec.Fixtures.Judgement;
using Spectre.Console;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>diff</c>: what became of scenarios between two runs. Status 1 when any fails that did not.</summary>
internal static class DiffCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var older = new Argument<string>("OLD") { Description = "Results' folder of the earlier run." };
        var newer = new Argument<string>("NEW") { Description = "Results' folder of the later run." };
        var strict = new Option<bool>("--strict") { Description = "A SHOULD counts as a MUST." };
        var command = new Command("diff", "Two runs: newly failing, newly passing, changed, gone, added, slower.") { older, newer, strict };
        command.SetAction(parsed => Diff(parsed.GetRequiredValue(older), parsed.GetRequiredValue(newer), parsed.GetValue(strict), terminal));
        return command;
    }

    private static int Diff(string older, string newer, bool strict, Terminal terminal)
    {
        if (!StoredRun.TryRead(older, out var before, out var error) || !StoredRun.TryRead(newer, out var after, out error))
        {
            return terminal.Fail((int)ExitStatus.BadArguments, error);
        }

        var diff = RunDiff.Of(before, after, strict);
        Print("newly failing", diff.NewlyFailing, terminal);
        Print("newly passing", diff.NewlyPassing, terminal);
        Print("changed otherwise", diff.Changed, terminal);
        Print("gone", diff.Gone, terminal);
        Print("added", diff.Added, terminal);
        Print("slower", diff.Slower, terminal);
        terminal.Out.WriteLine(
            $"{diff.NewlyFailing.Length} newly failing, {diff.NewlyPassing.Length} newly passing, {diff.Changed.Length} changed otherwise, "
            + $"{diff.Gone.Length} gone, {diff.Added.Length} added, {diff.Slower.Length} slower");
        return (int)(diff.NewlyFailing.IsEmpty ? ExitStatus.AsExpected : ExitStatus.Unexpected);
    }

    private static void Print(string title, ImmutableArray<RunChange> changes, Terminal terminal)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        terminal.Console.MarkupLine($"[bold]{Markup.Escape(title)}[/]");
        foreach (var change in changes)
        {
            var role = change.Role == Role.None ? "" : $" as {change.Role.ToText()}";
            terminal.Console.MarkupLine($"  {Markup.Escape(change.Id)} [blue]{Markup.Escape(change.Peer)}[/]{role}: {Text(change.Old)} -> {Text(change.New)}");
        }

        terminal.Console.WriteLine();
    }

    private static string Text(ScenarioRecord? record) => record is null
        ? "not run"
        : $"{record.Verdict.Paint(record.Verdict.ToText())} in {TimeSpan.FromMilliseconds(record.DurationMs).Brief()}";
}
