// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Ipsec.StepDefinitions.Peers;

/// <summary>Reads out of NUnit's test tree what a generated test stands for. A listing and a run both read it here, so they agree.</summary>
public static partial class ScenarioTests
{
    /// <summary>Whether a node of the tree is a scenario, or a row of an outline.</summary>
    public static bool IsScenario(ITest test) => !test.IsSuite && PeerOf(test) is not null;

    /// <summary>The peer that the scenario's fixture is bound to; null outside a generated fixture.</summary>
    public static string? PeerOf(ITest test) =>
        FixtureOf(test) is { TypeInfo: { } type, Arguments: [string peer] } && type.Type.IsAssignableTo(typeof(IPeerFixture)) ? peer : null;

    /// <summary>What a scenario's record will be called, and what its tags say.</summary>
    /// <param name="test">The scenario in the tree.</param>
    /// <param name="problems">What is wrong with the tags, a sentence each; usually empty.</param>
    public static ScenarioIdentity Identify(ITest test, out IReadOnlyList<string> problems)
    {
        // What could be read is used even where tags are wrong: the problems need a name to stand under.
        _ = ScenarioTags.TryParse(TagsOf(test), out var tags, out problems);
        var values = RowOf(test);
        var scenarioId = tags.Id.Length > 0 ? tags.Id : test.MethodName!;
        return new ScenarioIdentity(
            test.Id,
            ScenarioIds.ForRecord(scenarioId, [.. values.Select(cell => cell.Value)]),
            WithRow(TitleOf(test), values),
            FeatureOf(test),
            tags,
            PeerOf(test) ?? throw new ArgumentException($"{test.FullName} is not a scenario", nameof(test)));
    }

    /// <summary>The scenario's title as it stands in the feature file: an outline's with its placeholders.</summary>
    public static string TitleOf(ITest test) =>
        // NUnit puts a parameterized method's description on the suite of its rows.
        DescriptionOf(test) ?? DescriptionOf(test.Parent) ?? test.Name;

    private static ITest? FixtureOf(ITest? test)
    {
        while (test is not (null or TestFixture))
        {
            test = test.Parent;
        }

        return test;
    }

    private static string FeatureOf(ITest test)
    {
        // What stands on the class, NUnit puts on the suite of its instances, one for each peer.
        var fixture = FixtureOf(test);
        return DescriptionOf(fixture) ?? DescriptionOf(fixture?.Parent) ?? test.ClassName!;
    }

    private static string? DescriptionOf(ITest? test) => test?.Properties.Get(PropertyNames.Description) as string;

    private static IEnumerable<string> TagsOf(ITest test)
    {
        // Asked for what it does not hold, a property bag adds an empty entry: a race, as scenarios side by side share their suites' bags.
        var own = test.Properties.ContainsKey(PropertyNames.Category) ? test.Properties[PropertyNames.Category].Cast<string>() : [];
        return (test.Parent is null ? own : TagsOf(test.Parent).Concat(own)).Distinct();
    }

    /// <summary>A row's cells. The generated method's last parameter is not one: it carries the tags of the row's Examples block.</summary>
    private static (string Header, string Value)[] RowOf(ITest test) =>
        test.Method is null || test.Arguments.Length < 2
            ? []
            : [.. test.Method.GetParameters()
                .Zip(test.Arguments, (parameter, value) => (parameter.ParameterInfo.Name!, $"{value}"))
                .Take(test.Arguments.Length - 1)];

    /// <summary>Fills an outline's title in; values that have no placeholder there follow in brackets.</summary>
    private static string WithRow(string title, (string Header, string Value)[] row)
    {
        var left = row.ToList();
        var filled = Placeholder().Replace(title, match =>
        {
            var index = left.FindIndex(cell => Squeeze(cell.Header) == Squeeze(match.Groups[1].Value));
            if (index < 0)
            {
                return match.Value;
            }

            var value = left[index].Value;
            left.RemoveAt(index);
            return value;
        });
        return left.Count == 0 ? filled : $"{filled} ({string.Join(", ", left.Select(cell => cell.Value))})";
    }

    /// <summary>A column "key length" became a parameter "keyLength": compared without case and without what no name can have.</summary>
    private static string Squeeze(string header) => string.Concat(header.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    [GeneratedRegex("<([^<>]+)>")]
    private static partial Regex Placeholder();
}
