// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.StepDefinitions.Peers;
using NUnit;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;

namespace Ipsec.Fixtures.Cli.Suite;

/// <summary>The compiled features, loaded into this process: what there is to run, and the runner that runs it.</summary>
internal sealed class LoadedSuite
{
    private const string FeaturesAssembly = "Ipsec.Features";

    private LoadedSuite(NUnitTestAssemblyRunner runner, IReadOnlyList<SuiteScenario> scenarios, IReadOnlyList<string> broken)
    {
        Runner = runner;
        Scenarios = scenarios;
        Broken = broken;
    }

    /// <summary>NUnit's runner, with the features loaded.</summary>
    public NUnitTestAssemblyRunner Runner { get; }

    /// <summary>Every scenario, once for each peer of the session.</summary>
    public IReadOnlyList<SuiteScenario> Scenarios { get; }

    /// <summary>What NUnit could not make a test of, and why; usually empty.</summary>
    public IReadOnlyList<string> Broken { get; }

    /// <summary>Loads the features for the peers of the session that has begun.</summary>
    /// <param name="jobs">How many features run side by side.</param>
    public static LoadedSuite Load(int jobs)
    {
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        var root = runner.Load(Assembly.Load(FeaturesAssembly), new Dictionary<string, object>
        {
            [FrameworkPackageSettings.NumberOfTestWorkers] = jobs,
            // Events on the thread they happen on: when the runner is done, every listener has heard everything.
            [FrameworkPackageSettings.SynchronousEvents] = true,
        });
        var scenarios = new List<SuiteScenario>();
        var broken = new List<string>();
        Collect(root, scenarios, broken);
        return new LoadedSuite(runner, scenarios, broken);
    }

    /// <summary>The scenarios of a selection.</summary>
    public IReadOnlyList<SuiteScenario> Select(Selection selection) =>
        [.. Scenarios.Where(scenario => scenario.IsOf(selection))];

    /// <summary>Whatever makes the features themselves untrustworthy: wrong tags, an id used twice, a clause that is not in the ledger.</summary>
    public IReadOnlyList<string> Problems(ClauseLedger ledger)
    {
        if (Scenarios.Count == 0)
        {
            return [.. Broken, "the compiled features hold no scenario"];
        }

        // Each scenario once, whatever the number of peers.
        var scenarios = Scenarios.DistinctBy(scenario => (scenario.Source, scenario.Identity.Id)).ToArray();
        var tags = TagCheck.Check(scenarios.Select(scenario => scenario.ToListing()), ledger).Select(problem => problem.ToString());
        var ids = scenarios.GroupBy(scenario => scenario.ScenarioId, StringComparer.OrdinalIgnoreCase)
            .Where(owners => owners.Key.Length > 0 && owners.Select(owner => owner.Source).Distinct().Count() > 1)
            .Select(owners => $"id {owners.Key} belongs to {Titles(owners)}: ids are never used twice");
        return [.. Broken.Concat(tags).Concat(ids).Distinct()];
    }

    private static string Titles(IEnumerable<SuiteScenario> scenarios) =>
        string.Join(" and ", scenarios.Select(scenario => $"'{scenario.Title}'").Distinct());

    private static void Collect(ITest test, List<SuiteScenario> scenarios, List<string> broken)
    {
        if (test.RunState == RunState.NotRunnable)
        {
            broken.Add($"{test.FullName}: {test.Properties.Get(NUnit.Framework.Internal.PropertyNames.SkipReason)}");
        }
        else if (ScenarioTests.IsScenario(test))
        {
            var identity = ScenarioTests.Identify(test, out _);
            if (RunSession.Current.Peers.Catalog.TryFind(identity.Peer, out var driver) && driver.Takes(identity.Tags))
            {
                scenarios.Add(new SuiteScenario(identity, ScenarioTests.TitleOf(test), identity.Tags.Id, $"{test.ClassName}.{test.MethodName}"));
            }
        }

        foreach (var child in test.Tests)
        {
            Collect(child, scenarios, broken);
        }
    }
}
