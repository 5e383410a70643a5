// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Verdicts and links as the page shows them: sign and word, never colour alone.</summary>
internal static class HtmlVerdict
{
    /// <summary>A sign for the verdict.</summary>
    public static string Symbol(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "\u2713",
        Verdict.Fail => "\u2717",
        Verdict.NonStrict => "\u25B3",
        Verdict.Unsupported => "\u2013",
        Verdict.Known => "\u2248",
        Verdict.Fixed => "\u2605",
        Verdict.Environment => "\u25CB",
        Verdict.HarnessError => "!",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
    };

    /// <summary>A coloured cell with sign and word.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="remark">What follows the word, for example <c>2 of 3</c>; may be empty.</param>
    public static void Write(HtmlBuilder html, Verdict verdict, string remark = "")
    {
        html.Add($"""<span class="verdict {verdict.ToText()}">{Symbol(verdict)} {verdict.ToText()}""");
        if (remark.Length > 0)
        {
            html.Add($"""<i>{remark}</i>""");
        }

        html.Add($"</span>");
    }

    /// <summary>The name of a scenario's row in the page.</summary>
    public static string Name(string id) => "s-" + id;

    /// <summary>A link to a scenario's row.</summary>
    public static string LinkTo(string id) => "#" + Uri.EscapeDataString(Name(id));

    /// <summary>A relative link that stays relative, whatever the path holds.</summary>
    public static string RelativeLink(string path) =>
        "./" + string.Join('/', path.Split('/', '\\').Where(part => part.Length > 0).Select(Uri.EscapeDataString));
}
