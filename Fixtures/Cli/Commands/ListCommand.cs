// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Cli.Progress;
using Ipsec.Fixtures.Cli.Suite;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary><c>list</c>: what there is to run. Starts nothing.</summary>
internal static class ListCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The command.</summary>
    public static Command Build(PeerCatalog catalog, Terminal terminal)
    {
        var selection = new SelectionOptions();
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("list", "Lists scenarios with id, level, clauses and peers.");
        selection.AddTo(command, catalog);
        command.Add(json);
        command.SetAction(parsed => List(selection.Read(parsed, catalog), parsed.GetValue(json), catalog, terminal));
        return command;
    }

    private static int List(ScenarioChoice choice, bool json, PeerCatalog catalog, Terminal terminal)
    {
        var options = new RunOptions { Peers = choice.PeersOf(catalog), OutputDirectory = "", Seed = 0 };
        RunSession.Begin(new RunSession(options, catalog, RunSession.LoadLedger(), terminal.Error.WriteLine));
        var suite = LoadedSuite.Load(jobs: 1);
        var listed = suite.Select(choice.Selection)
            .GroupBy(scenario => (scenario.Source, scenario.Identity.Id))
            .Select(peers => ListedScenario.Of(peers.First().Identity, peers.Select(scenario => scenario.Identity.Peer)))
            .OrderBy(scenario => scenario.Feature, StringComparer.Ordinal).ThenBy(scenario => scenario.Id, StringComparer.Ordinal)
            .ToArray();
        foreach (var problem in suite.Problems(RunSession.Current.Ledger))
        {
            terminal.Error.WriteLine($"conformance: {problem}");
        }

        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(listed, Json));
        }
        else
        {
            Print(listed, terminal.Out);
        }

        return listed.Length == 0 ? terminal.Fail((int)ExitStatus.NothingSelected, "no scenario is selected") : (int)ExitStatus.AsExpected;
    }

    private static void Print(ListedScenario[] scenarios, TextWriter output)
    {
        if (scenarios.Length == 0)
        {
            return;
        }

        var idWidth = scenarios.Max(scenario => scenario.Id.Length);
        var roleWidth = scenarios.Max(scenario => scenario.Role.Length);
        foreach (var feature in scenarios.GroupBy(scenario => scenario.Feature))
        {
            output.WriteLine(feature.Key);
            foreach (var scenario in feature)
            {
                output.WriteLine(
                    $"  {scenario.Id.PadRight(idWidth)}  {scenario.Level,-6}  {scenario.Role.PadRight(roleWidth)}  "
                    + $"{string.Join(',', scenario.Peers)}  {string.Join(',', scenario.Clauses)}  {scenario.Name}");
            }
        }

        output.WriteLine(VerdictStyle.Scenarios(scenarios.Length));
    }
}
