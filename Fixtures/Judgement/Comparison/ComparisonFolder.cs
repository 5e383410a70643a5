// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The files of a comparison.</summary>
public static class ComparisonFolder
{
    /// <summary>For programs.</summary>
    public const string JsonFile = "compare.json";

    /// <summary>For a pull request.</summary>
    public const string MarkdownFile = "compare.md";

    /// <summary>For people.</summary>
    public const string HtmlFile = "compare.html";

    /// <summary>Writes all of them; each appears whole or not at all.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="resultsFolder">The run's results' folder: the pages lead to the evidence there.</param>
    public static void Write(string folder, PeerComparison comparison, string resultsFolder)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, JsonFile), comparison.ToJson());
        WholeFile.Write(Path.Combine(folder, MarkdownFile), ComparisonMarkdown.Render(comparison));
        WholeFile.Write(
            Path.Combine(folder, HtmlFile),
            ComparisonHtml.Render(comparison, Path.GetRelativePath(folder, resultsFolder), evidence => EvidenceFolder.ReadTrace(Path.Combine(resultsFolder, evidence))));
    }
}
