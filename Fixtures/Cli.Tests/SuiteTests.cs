// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Fixtures.Cli.Suite;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using NUnit.Framework;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>The compiled features as the command line sees them.</summary>
public class SuiteTests
{
    private LoadedSuite _suite = null!;

    [OneTimeSetUp]
    public void Load() => _suite = LoadedSuite.Load(jobs: 1);

    [Test]
    public void TheFeaturesDoNotContradictThemselves() => _suite.Problems(RunSession.LoadLedger()).Should().BeEmpty();

    [Test]
    public void EveryScenarioHasFeatureTitleAndPeer() =>
        _suite.Scenarios.Should().NotBeEmpty().And.OnlyContain(scenario =>
            scenario.Identity.Feature.Length > 0 && !scenario.Identity.Feature.Contains('(')
            && scenario.Title.Length > 0 && scenario.Identity.Peer == "self");

    [Test]
    public void RecordIdsAreUniqueAndSafeAsFileNames()
    {
        var ids = _suite.Scenarios.Select(scenario => scenario.Identity.Id).ToArray();

        ids.Should().OnlyHaveUniqueItems().And.AllSatisfy(id => id.Should().MatchRegex("^[A-Za-z0-9.-]+$"));
    }

    [Test]
    public void AScenarioIsSelectedByItsIdWithAllItsRows()
    {
        var several = _suite.Scenarios.GroupBy(scenario => scenario.ScenarioId).MaxBy(rows => rows.Count())!;
        Selection.TryParse([several.Key], [], null, out var selection, out _).Should().BeTrue();

        _suite.Select(selection).Should().BeEquivalentTo(several);
    }

    [Test]
    public void ARowIsSelectedByItsRecordId()
    {
        var row = _suite.Scenarios[^1];
        Selection.TryParse([row.Identity.Id], [], null, out var selection, out _).Should().BeTrue();

        _suite.Select(selection).Should().ContainSingle().Which.Should().Be(row);
    }

    [Test]
    public void AClauseThatIsNotInTheLedgerIsAProblem()
    {
        var problems = _suite.Problems(ClauseLedger.Empty);

        problems.Should().NotBeEmpty().And.OnlyContain(problem => problem.EndsWith("is not in the ledger", StringComparison.Ordinal));
    }
}
