// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.StepDefinitions.Tests.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Tests;

/// <summary>The feature files and the step definitions belong together, before anything runs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FeatureFileTests
{
    private static readonly ClauseLedger Ledger = ClauseLedger.LoadFolder(Path.Combine(FeatureText.Folder, "Ledger"));

    private static IEnumerable<string> Files => FeatureText.All.Select(scenario => scenario.File).Distinct();

    [Test]
    public void EveryFileIsReadWhole()
    {
        // Counted in another way: a scenario is a line that says so, a row a table line under Examples but the first.
        foreach (var file in Directory.EnumerateFiles(FeatureText.Folder, "*.feature", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(file).Select(line => line.Trim()).ToArray();
            var plain = lines.Count(line => line.StartsWith("Scenario:", StringComparison.Ordinal));
            var rows = 0;
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].StartsWith("Examples:", StringComparison.Ordinal))
                {
                    rows += lines.Skip(i + 1).TakeWhile(line => line.StartsWith('|')).Count() - 1;
                }
            }

            FeatureText.All.Count(scenario => scenario.File == Path.GetRelativePath(FeatureText.Folder, file)).Should().Be(plain + rows).And.BePositive();
        }
    }

    [TestCaseSource(nameof(Files))]
    public void EveryStepHasExactlyOneDefinition(string file)
    {
        var wrong = from scenario in FeatureText.All
                    where scenario.File == file
                    from step in scenario.Steps
                    let matching = StepVocabulary.Matching(step.Keyword, step.Text)
                    where matching.Count != 1
                    select $"{scenario.Listing.Name}: {step.Keyword} {step.Text}: {(matching.Count == 0 ? "no definition" : string.Join(" and ", matching))}";
        wrong.Distinct().Should().BeEmpty();
    }

    [TestCaseSource(nameof(Files))]
    public void EveryArgumentStandsForWhatTheDefinitionTakes(string file)
    {
        foreach (var step in FeatureText.All.Where(scenario => scenario.File == file).SelectMany(scenario => scenario.Steps))
        {
            foreach (var binding in StepVocabulary.Matching(step.Keyword, step.Text))
            {
                var table = step.Table.IsEmpty ? null : new Table([.. step.Table[0]]);
                FluentActions.Invoking(() => StepVocabulary.Arguments(binding, step.Text, table)).Should().NotThrow($"\"{step.Text}\" calls {binding}");
            }
        }
    }

    [Test]
    public void EveryDefinitionIsUsed()
    {
        var used = FeatureText.All.SelectMany(scenario => scenario.Steps).SelectMany(step => StepVocabulary.Matching(step.Keyword, step.Text)).ToHashSet();
        StepVocabulary.Bindings.Except(used).Should().BeEmpty("what no feature says is not vocabulary");
    }

    [Test]
    public void TheTagsOfEveryScenarioHold() => TagCheck.Check(FeatureText.All.Select(scenario => scenario.Listing), Ledger).Should().BeEmpty();

    [Test]
    public void ANegativeScenarioSaysSo()
    {
        // Its control runs only when it is tagged: a scenario that makes the sides differ, or expects no SA, without the tag would prove nothing.
        string[] differing = ["has another pre-shared key", "NO-PROPOSAL-CHOSEN", "no side holds an established IKE SA"];
        FeatureText.All.Where(scenario => scenario.Steps.Any(step => differing.Any(step.Text.Contains)) && !scenario.Listing.Tags.Contains("@negative"))
            .Select(scenario => scenario.Listing.Name).Should().BeEmpty();
    }

    [Test]
    public void AnAmbiguousOrUndefinedStepWouldBeFound()
    {
        StepVocabulary.Matching("When", "west starts phase 1 in main mode").Should().ContainSingle();
        StepVocabulary.Matching("Then", "west starts phase 1 in main mode").Should().BeEmpty("it is no claim");
        StepVocabulary.Matching("When", "west starts phase 1 in main mode twice").Should().BeEmpty();
        StepVocabulary.Matching("Given", "phase 2 uses perfect forward secrecy in ECP-256").Should().ContainSingle();
    }

    [Test]
    public void OutlinesAreExpandedInStepsAndTables()
    {
        string[] lines =
        [
            "@a", "Feature: F", "  Given in a description is no step", "Background:", "Given b", "@c @d", "Scenario Outline: S <x>", "When <x> is", "Then all", "| h |", "| <y> |",
            "@e", "Examples: one", "| x | y |", "| 1 | 2 |", "| 3 | 4 |", "Scenario: T", "# a comment", "Then it", "And that",
        ];
        var scenarios = FeatureText.Read("x", lines);
        scenarios.Should().HaveCount(3);
        scenarios[1].Listing.Tags.Should().Equal("@a", "@c", "@d", "@e");
        scenarios[1].Steps.Select(step => $"{step.Keyword} {step.Text}").Should().Equal("Given b", "When 3 is", "Then all");
        scenarios[1].Steps[2].Table.Select(row => row.Single()).Should().Equal("h", "4");
        scenarios[2].Listing.Tags.Should().Equal("@a");
        scenarios[2].Steps.Select(step => $"{step.Keyword} {step.Text}").Should().Equal("Given b", "Then it", "Then that");
    }
}
