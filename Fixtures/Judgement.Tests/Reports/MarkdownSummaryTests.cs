// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Reports;

public sealed partial class MarkdownSummaryTests
{
    [Test]
    public void TheHeadlineCounts()
    {
        Render([]).Should().StartWith("# IPsec conformance: No scenario ran\n");
        Render([Samples.OfEveryVerdict[0]]).Should().StartWith("# IPsec conformance: All as expected in 1 outcome\n");
        Render([.. Samples.OfEveryVerdict]).Should()
            .StartWith("# IPsec conformance: 2 unexpected results, 1 fault of the suite, 1 environment problem in 8 outcomes\n");
        Render([.. Samples.OfEveryVerdict], strict: true).Should().StartWith("# IPsec conformance: 3 unexpected results,");
    }

    [Test]
    public void ATableCountsByPeer()
    {
        var lines = Render([.. Samples.OfEveryVerdict]).Split('\n');

        lines.Should().Contain("| peer | version | data plane | pass | fail | non-strict | unsupported | known | fixed | environment | harness-error |");
        lines.Should().Contain("| self | 0.1.0 | in-memory |  |  |  |  |  |  |  |  |");
        lines.Should().Contain("| strongswan | 5.9.8 | user-mode-linux | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |");
        lines.Should().Contain("| **all** | | | 1 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |");
    }

    [Test]
    public void FailuresAreToldInFullAndSofterOnesListed()
    {
        var text = Render([.. Samples.OfEveryVerdict]);

        Titles().Matches(text).Select(match => match.Value).Should().Equal(
            "## Unexpected results: 2",
            "## Faults of the suite: 1",
            "## Environment problems: 1",
            "## SHOULDs not followed: 1",
            "## Known deviations: 1");
        text.Should().Contain("**fail** IKE1-MM-002 · strongswan as responder · Scenario IKE1-MM-002\n\n```text\n");
        text.Should().Contain("```text\n" + Samples.OfEveryVerdict[1].Message + "\n```\n");
        text.Should().Contain("- IKE1-MM-003 · strongswan as responder · Scenario IKE1-MM-003, RFC2409-5-08\n");
        text.Should().Contain("seed 18446744073709551615,").And.Contain("took 1 min 23 s;").And.Contain("engine none.");
    }

    [Test]
    public void MarkupInTextsStaysText()
    {
        var record = Samples.Record("A-1", Verdict.Fail, "````\nout of the fence?") with { Name = "a|b <script> `x` [l](u)\nc" };
        var text = Render([record]);

        text.Should().Contain(@"a\|b \<script> \`x\` \[l\](u) c");
        text.Should().Contain("`````text\n````\nout of the fence?\n`````\n");
    }

    [Test]
    public void ItFitsIntoAComment()
    {
        var text = Render([.. Enumerable.Range(0, 500).Select(number => Samples.Record($"A-{number}", Verdict.Fail, new string('x', 50_000)))]);

        text.Length.Should().BeLessThan(65_536);
        text.Should().Contain("and 475 more: see report.html.");
    }

    [GeneratedRegex("^## .*$", RegexOptions.Multiline)]
    private static partial Regex Titles();

    private static string Render(ScenarioRecord[] scenarios, bool strict = false) =>
        MarkdownSummary.Render(Samples.Results(scenarios), new ReportContext { Strict = strict });
}
