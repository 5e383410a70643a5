// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;

namespace Ipsec.Fixtures.Rig.Tests.Evidence;

/// <summary>A scenario against the suite itself, phase 1, phase 2 and pings, whose evidence was kept in a folder of its own.</summary>
internal sealed class KeptScenario : IDisposable
{
    private const string Id = "IKE1-QM-900";

    private readonly DirectoryInfo _results;

    private KeptScenario(DirectoryInfo results, string folder, Scene scene, IReadOnlyList<ObservedIke> messages)
    {
        Messages = messages;
        _results = results;
        Folder = folder;
        WestIdentity = scene.WestIdentity;
        EastIdentity = scene.EastIdentity;
    }

    /// <summary>The identity that west proved.</summary>
    public string WestIdentity { get; }

    /// <summary>The identity that east proved.</summary>
    public string EastIdentity { get; }

    /// <summary>The scenario's evidence folder.</summary>
    public string Folder { get; }

    /// <summary>The IKE messages as the suite's own observer reads them.</summary>
    public IReadOnlyList<ObservedIke> Messages { get; }

    /// <summary>Plays main mode, quick mode and pings, and ends it.</summary>
    public static Task<KeptScenario> PlayAsync(string esp, string group, int pings) => PlayAsync(
        policy => policy.Both(side => side with
        {
            Phase1 = [SidePolicy.Suite("AES-CBC-128", "HMAC-SHA2-256", group)],
            Phase2 = [SidePolicy.EspSuite(esp)],
        }),
        async (scene, run) =>
        {
            run.StepStarts("When", "west starts quick mode");
            await StartQuickModeAsync(scene);
            run.StepStarts("When", "a host behind west pings");
            (await scene.PingAsync(Side.West, pings)).Should().Be(pings);
        });

    /// <summary>Plays something and ends it.</summary>
    public static async Task<KeptScenario> PlayAsync(Func<ScenePolicy, ScenePolicy> policy, Func<Scene, ScenarioRun, Task> play)
    {
        var results = Directory.CreateTempSubdirectory("conformance-evidence-");
        var session = new RunSession(
            new RunOptions { Peers = [PeerCatalog.Self], OutputDirectory = results.FullName, Seed = 40, Evidence = EvidenceMode.All },
            new PeerCatalog(new SelfDriver()),
            ClauseLedger.Empty,
            _ => { });
        ScenarioTags.TryParse([$"id:{Id}", "clause:RFC2409-5.5-01", "must", "ikev1", "judges:both"], out var tags, out _).Should().BeTrue();
        var run = session.StartScenario(new ScenarioIdentity("test", Id, "quick mode", "Evidence", tags, PeerCatalog.Self));
        await run.ConnectAsync();
        var scene = new Scene(run);
        scene.Policy = policy(scene.Policy);
        await play(scene, run);
        var messages = scene.Frames.OfType<ObservedIke>().ToArray();

        var record = await run.EndAsync(ScenarioOutcome.Pass);
        await session.DisposeAsync();
        (record.Verdict, record.Message, record.Evidence).Should().Be((Verdict.Pass, null, $"evidence/self/{Id}"));
        return new KeptScenario(results, Path.Combine(results.FullName, record.Evidence!), scene, messages);
    }

    /// <summary>Has west start quick mode, and waits until both sides have what comes of it.</summary>
    public static async Task StartQuickModeAsync(Scene scene)
    {
        await scene.StartQuickModeAsync(Side.West);
        scene.WaitUntil(() => scene.Bed.West.ChildSas.Count == 1).Should().BeTrue(scene.LastEvents);
        (await scene.WaitForEastAsync(sas => sas.ChildSas.Length == 1)).ChildSas.Should().ContainSingle();
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Dispose() => _results.Delete(recursive: true);
}
