// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The files of a results' folder.</summary>
public static class ResultsFolder
{
    /// <summary>The results, one schema for every command.</summary>
    public const string ResultsFile = "results.json";

    /// <summary>For continuous integration.</summary>
    public const string JunitFile = "junit.xml";

    /// <summary>For a pull request.</summary>
    public const string SummaryFile = "summary.md";

    /// <summary>For people.</summary>
    public const string ReportFile = "report.html";

    /// <summary>Writes the results and all reports. Each file appears whole or not at all.</summary>
    /// <param name="folder">The results' folder; it is made.</param>
    /// <param name="results">The results.</param>
    /// <param name="context">What the reports need beside them; by default no ledger, and ladders from the evidence in the folder.</param>
    public static void WriteAll(string folder, RunResults results, ReportContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        context ??= ReportContext.FromEvidence(folder, ClauseLedger.Empty);
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, ResultsFile), results.ToJson());
        WholeFile.Write(Path.Combine(folder, JunitFile), JunitReport.Render(results, context.Strict));
        WholeFile.Write(Path.Combine(folder, SummaryFile), MarkdownSummary.Render(results, context));
        WholeFile.Write(Path.Combine(folder, ReportFile), HtmlReport.Render(results, context));
    }

    /// <summary>Reads <c>results.json</c>; when a run was cut off before it was written, rebuilds it from the journal.</summary>
    public static RunResults Read(string folder)
    {
        var whole = Path.Combine(folder, ResultsFile);
        return File.Exists(whole)
            ? RunResults.Parse(File.ReadAllText(whole))
            : ResultsJournal.Recover(Path.Combine(folder, ResultsJournal.FileName));
    }

    /// <summary>Removes what an earlier run left in the folder, so that nobody takes it for this one's.</summary>
    internal static void Clear(string folder)
    {
        foreach (var name in (string[])[ResultsFile, JunitFile, SummaryFile, ReportFile])
        {
            File.Delete(Path.Combine(folder, name));
        }
    }
}
