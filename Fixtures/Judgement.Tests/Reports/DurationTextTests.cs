// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Judgement.Tests.Support;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Reports;

public sealed class DurationTextTests
{
    [TestCase(0, "0 ms")]
    [TestCase(3.14, "3.1 ms")]
    [TestCase(850.4, "850 ms")]
    [TestCase(999.9, "1 s")]
    [TestCase(1250, "1.25 s")]
    [TestCase(59_999, "1 min 0 s")]
    [TestCase(247_000, "4 min 7 s")]
    [TestCase(7_500_000, "2 h 5 min")]
    [TestCase(100_000_000, "27 h 46 min")]
    public void DurationsAreForPeople(double milliseconds, string text)
    {
        var record = Samples.Record("A-1", Verdict.Pass) with { DurationMs = milliseconds };

        HtmlReport.Render(Samples.Results(record), new ReportContext()).Should().Contain($"<small>{text}</small></h4>");
    }
}
