// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ipsec.Fixtures.Judgement;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>One step of a scenario, placeholders filled in.</summary>
internal sealed record FeatureStep(string Keyword, string Text, ImmutableArray<ImmutableArray<string>> Table);

/// <summary>A scenario, or a row of an outline, with its background's steps first.</summary>
internal sealed record FeatureScenario(string File, ScenarioListing Listing, ImmutableArray<FeatureStep> Steps);

/// <summary>Reads feature files as text: what this suite uses of Gherkin, and an error for anything else.</summary>
internal static partial class FeatureText
{
    public static IReadOnlyList<FeatureScenario> All { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.feature", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .SelectMany(path => Read(Path.GetRelativePath(Folder, path), File.ReadAllLines(path))),
    ];

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Features");

    public static IReadOnlyList<FeatureScenario> Read(string file, IEnumerable<string> lines)
    {
        var reader = new Reader(file);
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            reader.Take(line);
        }

        reader.EndScenario();
        return reader.Scenarios;
    }

    private static ImmutableArray<string> Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];

    private static string Fill(string text, IReadOnlyDictionary<string, string> row) =>
        Placeholder().Replace(text, match => row.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    [GeneratedRegex("<([^<>]+)>")]
    private static partial Regex Placeholder();

    private sealed class Reader(string file)
    {
        private readonly List<FeatureStep> _background = [];
        private readonly List<string> _tags = [];
        private List<FeatureStep>? _steps;
        private List<(ImmutableArray<string> Tags, List<ImmutableArray<string>> Rows)>? _examples;
        private ImmutableArray<string> _featureTags = [];
        private ImmutableArray<string> _scenarioTags = [];
        private string _feature = "";
        private string _scenario = "";
        private string _keyword = "";
        private bool _inDescription;

        public List<FeatureScenario> Scenarios { get; } = [];

        public void Take(string line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var word = line.Split(' ', 2);
            switch (colon < 0 ? "" : line[..colon])
            {
                case "Feature":
                    (_feature, _featureTags, _inDescription) = (line[(colon + 1)..].Trim(), TakeTags(), true);
                    return;
                case "Background":
                    (_steps, _inDescription) = (_background, false);
                    return;
                case "Scenario" or "Scenario Outline":
                    EndScenario();
                    (_scenario, _scenarioTags, _steps, _examples, _inDescription) = (line[(colon + 1)..].Trim(), TakeTags(), [], null, false);
                    return;
                case "Examples":
                    (_examples ??= []).Add((TakeTags(), []));
                    return;
            }

            if (line[0] == '@')
            {
                _tags.AddRange(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
            else if (line[0] == '|' && _examples is not null)
            {
                _examples[^1].Rows.Add(Cells(line));
            }
            else if (line[0] == '|')
            {
                _steps![^1] = _steps[^1] with { Table = _steps[^1].Table.Add(Cells(line)) };
            }
            else if (word[0] is "Given" or "When" or "Then" or "And" or "But" && !_inDescription)
            {
                _keyword = word[0] is "And" or "But" ? _keyword : word[0];
                _steps!.Add(new FeatureStep(_keyword, word[1], []));
            }
            else if (!_inDescription)
            {
                throw new FormatException($"{file}: \"{line}\" is not understood");
            }
        }

        public void EndScenario()
        {
            if (_scenario.Length == 0)
            {
                return;
            }

            if (_examples is null)
            {
                Add([], new Dictionary<string, string>());
            }

            foreach (var (tags, rows) in _examples ?? [])
            {
                foreach (var row in rows.Skip(1))
                {
                    Add(tags, rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second));
                }
            }

            _scenario = "";
        }

        private void Add(ImmutableArray<string> tags, IReadOnlyDictionary<string, string> row)
        {
            var steps = _background.Concat(_steps!).Select(step => new FeatureStep(
                step.Keyword, Fill(step.Text, row), [.. step.Table.Select(cells => cells.Select(cell => Fill(cell, row)).ToImmutableArray())]));
            Scenarios.Add(new FeatureScenario(file, new ScenarioListing(_feature, _scenario, [.. _featureTags, .. _scenarioTags, .. tags]), [.. steps]));
        }

        private ImmutableArray<string> TakeTags()
        {
            ImmutableArray<string> taken = [.. _tags];
            _tags.Clear();
            return taken;
        }
    }
}
