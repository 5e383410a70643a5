// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Tests.Run;

/// <summary>A run keeps its records, ends in order, and cleans up whatever happens.</summary>
public class RunSessionTests
{
    [Test]
    public async Task CleanupsAreDoneLastFirstAndEachIsTried()
    {
        var done = new List<string>();
        var session = Sessions.New();
        session.RegisterCleanup(() => Note(done, "network"));
        session.RegisterCleanup(() => throw new InvalidOperationException("stuck"));
        session.RegisterCleanup(() => Note(done, "container"));

        var clean = async () => await session.DisposeAsync();

        (await clean.Should().ThrowAsync<AggregateException>()).WithInnerException<InvalidOperationException>().WithMessage("stuck");
        done.Should().Equal("container", "network");
    }

    [Test]
    public async Task ARecordIsKeptOnceAndTheObserverHearsIt()
    {
        var observer = new Observer();
        await using var session = Sessions.New();
        session.Observer = observer;
        var scenario = session.StartScenario(Sessions.Scenario());
        var record = await scenario.EndAsync(ScenarioOutcome.Pass);

        session.Finish("test-IKE1-MM-001", record);
        var again = () => session.Finish("test-IKE1-MM-001", record);

        again.Should().Throw<InvalidOperationException>();
        session.Records.Should().Equal(record);
        session.HasFinished("test-IKE1-MM-001").Should().BeTrue();
        observer.Heard.Should().Equal("start IKE1-MM-001", "end Pass");
    }

    [Test]
    public async Task AfterTheUserEndedTheRunOnlyAPassCounts()
    {
        var observer = new Observer();
        await using var session = Sessions.New();
        session.Observer = observer;
        session.Stop();

        session.Finish("a", Sessions.Scenario("A").ToRecord(Verdict.HarnessError, TimeSpan.Zero, "cancelled", null));
        session.Finish("b", Sessions.Scenario("B").ToRecord(Verdict.Pass, TimeSpan.Zero, null, null));

        session.Records.Select(record => record.Id).Should().Equal("B");
        session.HasFinished("a").Should().BeTrue("it came to its end, though nothing was learnt");
        observer.Heard.Should().Equal("end", "end Pass");
    }

    [Test]
    public async Task EachRoundHasTheNextSeedAndStartsAfresh()
    {
        await using var session = Sessions.New();
        session.BeginRound(1);
        session.Finish("a", Sessions.Scenario("A").ToRecord(Verdict.Pass, TimeSpan.Zero, null, null));

        session.BeginRound(3);

        session.Seed.Should().Be(42);
        session.HasFinished("a").Should().BeFalse();
        session.StartScenario(Sessions.Scenario()).Evidence.RelativePath.Should().Be("evidence/self/IKE1-MM-001.round3");
    }

    private static ValueTask Note(List<string> done, string what)
    {
        done.Add(what);
        return ValueTask.CompletedTask;
    }

    private sealed class Observer : IRunObserver
    {
        public List<string> Heard { get; } = [];

        public void ScenarioStarted(ScenarioRun scenario) => Heard.Add($"start {scenario.Identity.Id}");

        public void StepStarted(ScenarioRun scenario, string step) => Heard.Add(step);

        public void ScenarioFinished(string testId, ScenarioRecord? record) => Heard.Add($"end {record?.Verdict}".TrimEnd());
    }
}
