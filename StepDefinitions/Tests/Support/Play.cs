// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Tests.Support;

/// <summary>A scenario played without SpecFlow: steps by their text, against our own implementation as it is or as it lies.</summary>
internal sealed class Play : IAsyncDisposable
{
    private const ulong RunSeed = 1;
    private const string PlayId = "PLAY-001";

    private readonly RunSession _session;
    private readonly ScenarioRun _run;
    private readonly Dictionary<Type, object> _instances = [];

    private Play(RunSession session, ScenarioRun run)
    {
        (_session, _run) = (session, run);
        Scene = new Scene(run);
        foreach (var instance in new object[] { run, Scene, new Claims(run, Scene) })
        {
            _instances.Add(instance.GetType(), instance);
        }
    }

    public Scene Scene { get; }

    /// <summary>The identity that a lying peer proves in every play.</summary>
    public static string EastIdentity =>
        ScenePolicy.EastIdentity(Scene.ConnectionNameOf(ScenarioIds.SeedOf(RunSeed, PlayId, TwistedPeer.PeerName)));

    /// <summary>Opens a scenario of clause RFC2409-5.4-01.</summary>
    /// <param name="lie">In what the peer lies; null for the suite's own peer.</param>
    /// <param name="tags">More tags, without at sign.</param>
    public static async Task<Play> OpenAsync(Lie? lie = null, params string[] tags)
    {
        var twisted = new TwistedPeer(lie ?? new Lie());
        var peer = lie is null ? PeerCatalog.Self : TwistedPeer.PeerName;
        var session = new RunSession(
            new RunOptions { Peers = [peer], OutputDirectory = Path.Combine(TestContext.CurrentContext.WorkDirectory, "out"), Seed = RunSeed },
            new PeerCatalog(new SelfDriver(), twisted),
            ClauseLedger.Empty,
            _ => { });
        ScenarioTags.TryParse([$"id:{PlayId}", "clause:RFC2409-5.4-01", "must", "ikev1", "judges:both", .. tags], out var parsed, out var problems)
            .Should().BeTrue(string.Join("; ", problems));
        var run = session.StartScenario(new ScenarioIdentity("test", PlayId, "a play", "Plays", parsed, peer));
        await run.ConnectAsync();
        return new Play(session, run);
    }

    /// <summary>Plays one step.</summary>
    /// <param name="step">Keyword and text.</param>
    /// <param name="rows">The table's rows, header first, cells separated by bars.</param>
    public async Task StepAsync(string step, params string[] rows)
    {
        var words = step.Split(' ', 2);
        var binding = StepVocabulary.Matching(words[0], words[1]).Should().ContainSingle($"\"{step}\" is one step").Which;
        _run.StepStarts(words[0], words[1]);
        try
        {
            var result = binding.Method.Invoke(InstanceOf(binding.Method.DeclaringType!), StepVocabulary.Arguments(binding, words[1], TableOf(rows)));
            await (result as Task ?? Task.CompletedTask);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
        }
    }

    public async Task StepsAsync(params string[] steps)
    {
        foreach (var step in steps)
        {
            await StepAsync(step);
        }
    }

    /// <summary>Plays a step that must not hold, and gives what its failure says.</summary>
    public async Task<Failure> FailingStepAsync(string step, params string[] rows) =>
        (await FluentActions.Awaiting(() => StepAsync(step, rows)).Should().ThrowAsync<ConformanceException>()).Which.Failure;

    public async ValueTask DisposeAsync()
    {
        var record = await _run.EndAsync(ScenarioOutcome.Pass);
        await _session.DisposeAsync();
        Assert.That(record.Verdict, Is.EqualTo(Verdict.Pass), record.Message);
    }

    private static Table? TableOf(string[] rows)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        var table = new Table(Cells(rows[0]));
        foreach (var row in rows.Skip(1))
        {
            table.AddRow(Cells(row));
        }

        return table;
    }

    private static string[] Cells(string row) => [.. row.Split('|').Select(cell => cell.Trim())];

    /// <summary>Step classes get what they ask for in their constructor, one instance a scenario, as SpecFlow does it.</summary>
    private object InstanceOf(Type type)
    {
        if (!_instances.TryGetValue(type, out var instance))
        {
            var constructor = type.GetConstructors().Single();
            instance = constructor.Invoke([.. constructor.GetParameters().Select(parameter => InstanceOf(parameter.ParameterType))]);
            _instances.Add(type, instance);
        }

        return instance;
    }
}
