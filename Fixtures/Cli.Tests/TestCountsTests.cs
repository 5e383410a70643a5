// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Cli.Commands;
using Ipsec.Fixtures.Judgement;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>The last line of <c>test</c>.</summary>
public class TestCountsTests
{
    [Test]
    public void SkippedIsNamedOnlyWhenThereIsSome()
    {
        new TestCounts(12, 0, 0).ToString().Should().Be("12 passed, 0 failed");
        new TestCounts(12, 1, 3).ToString().Should().Be("12 passed, 1 failed, 3 skipped");
    }

    [Test]
    public void EveryVerdictCountsOnce()
    {
        var one = VerdictCounts.Of(Verdicts.All);

        var lenient = TestCounts.Of(new SuiteRunResult(0, one), strict: false);
        var strict = TestCounts.Of(new SuiteRunResult(0, one), strict: true);

        lenient.Should().Be(new TestCounts(Passed: 2, Failed: 4, Skipped: 2));
        strict.Should().Be(new TestCounts(Passed: 1, Failed: 5, Skipped: 2));
    }

    [Test]
    public void AFindingAboutAPeerIsNoFailureOfTheSuite()
    {
        var suite = new SuiteRunResult(1, VerdictCounts.Of([Verdict.Pass, Verdict.Fail, Verdict.Fail])) { Findings = 1, StatusWithoutFindings = 1 };
        TestCounts.Of(suite, strict: false).Should().Be(new TestCounts(Passed: 1, Failed: 1, Skipped: 0));
    }

    [Test]
    public void ASuiteThatCouldNotRunIsAFailure() =>
        TestCounts.Of(new SuiteRunResult(3, null), strict: false).Should().Be(new TestCounts(0, 1, 0));

    [Test]
    public void ARunnerThatRanNothingIsAFailure()
    {
        new TestCounts(0, 0, 0).OfRun(0).Should().Be(new TestCounts(0, 1, 0));
        new TestCounts(0, 0, 7).OfRun(0).Should().Be(new TestCounts(0, 1, 7));
        new TestCounts(5, 0, 0).OfRun(134).Should().Be(new TestCounts(5, 1, 0));
        new TestCounts(5, 2, 0).OfRun(1).Should().Be(new TestCounts(5, 2, 0));
        new TestCounts(5, 0, 1).OfRun(0).Should().Be(new TestCounts(5, 0, 1));
    }

    [Test]
    public void UnitTestsAreCounted()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """
                <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
                  <Results>
                    <UnitTestResult outcome="Passed" />
                    <UnitTestResult outcome="Passed" />
                    <UnitTestResult outcome="Failed" />
                    <UnitTestResult outcome="NotExecuted" />
                    <UnitTestResult outcome="Aborted" />
                  </Results>
                </TestRun>
                """);

            TrxResults.Read(path).Should().Be(new TestCounts(Passed: 2, Failed: 2, Skipped: 1));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void NoResultsFileMeansNothingRan() => TrxResults.Read("/nowhere/results.trx").Should().Be(new TestCounts());
}
