// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Wire.Isakmp;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What happens to messages on their way, and what must come of it.</summary>
[Binding]
public sealed class WireFaultSteps(Scene scene, Claims claims)
{
    private const string Clause = "RFC2408-5.1-03";

    [Given("(main|aggressive|quick) mode message (\\d) is lost once")]
    [When("(main|aggressive|quick) mode message (\\d) of the next exchange is lost once")]
    public void GivenLost(string mode, int number) => Add(mode, number, FlowOperation.Drop, "the message is sent again");

    [Given("(main|aggressive|quick) mode message (\\d) is lost (\\d+ times)")]
    public void GivenLostTimes(string mode, int number, int times) => Add(mode, number, FlowOperation.Drop, "the message is sent again", times);

    [When("garbage is sent in place of the message that was lost")]
    public void WhenGarbage()
    {
        var fault = scene.FlowFaults[0];

        // What is lost at west's end of the wire has crossed the wire: the capture shows it a moment later.
        var crossed = scene.WaitUntil(() =>
            scene.Bed.West.Flow.Applied(fault.Id) > 0 && scene.Messages.Any(m => m.Header.ExchangeType == fault.Selector.Exchange));
        if (!crossed)
        {
            throw new EnvironmentException($"no message of {fault.Selector.Exchange} was lost: {scene.LastEvents}");
        }

        scene.SendGarbage(scene.Messages.Last(m => m.Header.ExchangeType == fault.Selector.Exchange));
    }

    [Given("(main|aggressive|quick) mode message (\\d) arrives twice")]
    public void GivenTwice(string mode, int number) => Add(mode, number, FlowOperation.Duplicate, "the duplicate is ignored or answered the same");

    [Given("(main|aggressive|quick) mode message (\\d) arrives behind the next")]
    public void GivenOvertaken(string mode, int number) => Add(mode, number, FlowOperation.HoldBack, "what came too early is not taken, and comes again");

    [Then("what east had to send again it sent again octet for octet")]
    public void ThenRepeatedUnchanged()
    {
        FaultWasApplied();
        claims.Hold(MessageOracle.RepeatedUnchanged(Phase1(), Phase1Messages));
        var lost = scene.FlowFaults[0].Selector.Number;
        var lostFromEast = (lost % 2 == 1) == (scene.Initiator == Side.East);

        // In main mode the initiator alone repeats unasked; in aggressive mode the responder, which waits for message 3, may be quicker.
        if (lostFromEast || (scene.Initiator == Side.East && !IsAggressive))
        {
            claims.Hold(
                scene.WaitUntil(() => Phase1().Any(m => m is { IsRepeat: true, From: "east" })),
                "east sends a message again, because its answer or the message itself was lost",
                () => $"{Phase1().Count} phase 1 frames, none of them a repetition by east");
        }
    }

    [Then("every answer to the duplicate equals the first answer")]
    public void ThenSameAnswer()
    {
        FaultWasApplied();
        claims.Hold(MessageOracle.RepeatedUnchanged(Phase1(), Phase1Messages));
    }

    [Then("the intervals between east's repetitions get longer")]
    public void ThenIntervalsGrow()
    {
        var fault = scene.FlowFaults[0];
        var copies = Copies();
        scene.WaitUntil(() => (copies = Copies()).Count > fault.Times);
        claims.Hold(RepetitionOracle.GrowingIntervals(copies, fault.Times + 1));

        List<ObservedIke> Copies() =>
            [.. scene.Frames.OfType<ObservedIke>().Where(m => m.From == "east" && m.Ordinal == fault.Selector.Number && m.Header.ExchangeType == fault.Selector.Exchange)];
    }

    private bool IsAggressive => scene.FlowFaults[0].Selector.Exchange == ExchangeType.Aggressive;

    private int Phase1Messages => IsAggressive ? 3 : 6;

    private static ExchangeType Exchange(string mode) => mode switch
    {
        "main" => ExchangeType.IdentityProtection,
        "aggressive" => ExchangeType.Aggressive,
        _ => ExchangeType.QuickMode,
    };

    private void Add(string mode, int number, FlowOperation operation, string legal, int times = 1) =>
        scene.Add(new FlowFault($"FLOW-{operation}-{mode}-{number}".ToUpperInvariant(), new(Exchange(mode), number), operation, times, Clause, [legal]));

    private List<ObservedIke> Phase1() =>
        [.. scene.Frames.OfType<ObservedIke>().Where(m => m.Header.ExchangeType == (IsAggressive ? ExchangeType.Aggressive : ExchangeType.IdentityProtection))];

    private void FaultWasApplied()
    {
        var fault = scene.FlowFaults[0];
        var applied = scene.Bed.Loop.Invoke(() => scene.Bed.West.Flow.Applied(fault.Id));
        if (applied != fault.Times)
        {
            throw new EnvironmentException($"the fault {fault.Id} was applied {applied} times instead of {fault.Times}: the scenario shows nothing");
        }
    }
}
