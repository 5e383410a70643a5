// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Ipsec.Fixtures.Cli.Reading;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>report</c>: makes the reports again from stored results, of several runs as of one. Its status is that of their verdicts.</summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var folders = new Argument<string[]>("DIR") { Description = "Results' folders.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--out")
        {
            HelpName = "DIR",
            Description = "Folder for the reports. Default: the folder of a single run, else out/<time>.",
        };
        var strict = new Option<bool>("--strict") { Description = "A SHOULD counts as a MUST." };
        var command = new Command("report", "Makes reports again from stored results; several runs, for example shards, become one.") { folders, output, strict };
        command.SetAction(parsed => Report(parsed.GetRequiredValue(folders), parsed.GetValue(output), parsed.GetValue(strict), terminal));
        return command;
    }

    private static int Report(string[] folders, string? asked, bool strict, Terminal terminal)
    {
        var runs = new List<(string Folder, RunResults Results)>();
        foreach (var folder in folders)
        {
            if (!StoredRun.TryRead(folder, out var results, out var error))
            {
                return terminal.Fail((int)ExitStatus.BadArguments, error);
            }

            runs.Add((folder, results));
        }

        var output = asked ?? (folders is [var only] ? only : Path.Combine("out", RunOptions.DefaultFolderName(DateTimeOffset.Now)));
        var merged = MergedRuns.Merge(runs, output);
        try
        {
            ResultsFolder.WriteAll(output, merged, ReportContext.FromEvidence(output, RunSession.LoadLedger(), strict));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return terminal.Fail((int)ExitStatus.BadArguments, $"--out '{output}': {problem.Message.TrimEnd('.')}; name a folder that can be written to");
        }

        RunSummary.Print(merged, terminal, strict, interrupted: false);
        terminal.Out.WriteLine($"Report: {Path.Combine(output, ResultsFolder.ReportFile)}");
        return (int)ExitStatuses.Of(merged.Scenarios.Select(scenario => scenario.Verdict), strict);
    }
}
