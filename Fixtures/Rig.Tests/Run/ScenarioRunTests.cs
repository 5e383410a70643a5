// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Run;

/// <summary>What is done at a scenario's end, and what the record says then.</summary>
public class ScenarioRunTests
{
    private static readonly Failure Broken = new("RFC2409-5.4-01", "HASH comes first.", "quick mode 1", "quick mode 2", "silence");

    private DirectoryInfo _temporary = null!;

    [SetUp]
    public void MakeFolder() => _temporary = Directory.CreateTempSubdirectory("conformance-tests-");

    [TearDown]
    public void RemoveFolder() => _temporary.Delete(recursive: true);

    [Test]
    public async Task TheLastThingAddedIsDoneFirst()
    {
        var done = new List<string>();
        var run = Start();
        run.AtEnd(_ => Note(done, "network"));
        run.AtEnd(_ => Note(done, "evidence"));

        await run.EndAsync(ScenarioOutcome.Pass);

        done.Should().Equal("evidence", "network");
    }

    [Test]
    public async Task EvidenceThatWasWrittenIsNamed()
    {
        var run = Start();
        run.AtEnd(outcome => WriteEvidence(run, outcome));

        var record = await run.EndAsync(new ScenarioOutcome(Verdict.Fail, Broken));

        record.Evidence.Should().Be("evidence/self/IKE1-MM-001");
        record.Message.Should().EndWith($"evidence:    {_temporary.FullName}/evidence/self/IKE1-MM-001");
    }

    [Test]
    public async Task APassKeepsEvidenceOnlyWhenAskedTo()
    {
        var usual = Start();
        usual.AtEnd(outcome => WriteEvidence(usual, outcome));
        (await usual.EndAsync(ScenarioOutcome.Pass)).Evidence.Should().BeNull();

        var always = Start(EvidenceMode.All);
        always.AtEnd(outcome => WriteEvidence(always, outcome));
        (await always.EndAsync(ScenarioOutcome.Pass)).Evidence.Should().NotBeNull();
    }

    [Test]
    public async Task AFaultAtTheEndIsOursAndHidesNothing()
    {
        var run = Start();
        run.AtEnd(_ => throw new InvalidOperationException("bridge is gone"));

        var record = await run.EndAsync(new ScenarioOutcome(Verdict.Fail, Broken));

        record.Verdict.Should().Be(Verdict.HarnessError);
        record.Message.Should().Contain("silence").And.Contain("bridge is gone");
    }

    [Test]
    public async Task APeerThatDiedAtTheEndTakesBackAPassAndAFailure()
    {
        (ScenarioOutcome, Verdict)[] expected =
        [
            (ScenarioOutcome.Pass, Verdict.Environment),
            (new ScenarioOutcome(Verdict.Fail, Broken), Verdict.Environment),
            (ScenarioOutcome.HarnessError("ours"), Verdict.HarnessError),
        ];
        foreach (var (before, after) in expected)
        {
            var run = Start();
            run.AtEnd(_ => throw new EnvironmentException("the container died"));

            var record = await run.EndAsync(before);

            record.Verdict.Should().Be(after);
            record.Message.Should().Contain("the container died");
        }
    }

    [Test]
    public async Task ACrashIsTheFindingOfWhoSentLast()
    {
        var died = DateTimeOffset.UnixEpoch.AddDays(20000);
        foreach (var sentLast in new[] { true, false })
        {
            var run = Start();
            run.SentLastBefore = time => time == died && sentLast;
            run.AtEnd(_ => throw new EnvironmentException("the container is gone"));
            run.AtEnd(_ => throw new PeerCrashedException(new PeerCrash("swan", 139, died), "the end of its log: free(): invalid pointer", null));

            var record = await run.EndAsync(new ScenarioOutcome(Verdict.Fail, Broken));

            record.Verdict.Should().Be(sentLast ? Verdict.Fail : Verdict.Environment);
            record.Message.Should().Contain("free(): invalid pointer");
            if (sentLast)
            {
                record.Message.Should().Contain("came:        swan's daemon crashed: signal 11 (SIGSEGV)");
            }
        }
    }

    [Test]
    public async Task ThePeerIsThereBeforeTheFirstStep()
    {
        var run = Start();

        await run.ConnectAsync();

        run.Peer!.Record.Should().Be(new PeerRecord("self", SuiteIdentity.Version, null, "in-memory"));
    }

    private ScenarioRun Start(EvidenceMode evidence = EvidenceMode.Failed) =>
        Sessions.New(_temporary.FullName, evidence).StartScenario(Sessions.Scenario());

    private static ValueTask WriteEvidence(ScenarioRun run, ScenarioOutcome outcome)
    {
        if (run.KeepsEvidence(outcome))
        {
            Directory.CreateDirectory(run.Evidence.Path);
        }

        return ValueTask.CompletedTask;
    }

    private static ValueTask Note(List<string> done, string what)
    {
        done.Add(what);
        return ValueTask.CompletedTask;
    }
}
