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
    private const int MainModeMessages = 6;

    [Given("(main|quick) mode message (\\d) is lost once")]
    public void GivenLost(string mode, int number) => Add(mode, number, FlowOperation.Drop, "the message is sent again");

    [Given("(main|quick) mode message (\\d) arrives twice")]
    public void GivenTwice(string mode, int number) => Add(mode, number, FlowOperation.Duplicate, "the duplicate is ignored or answered the same");

    [Then("what east had to send again it sent again octet for octet")]
    public void ThenRepeatedUnchanged()
    {
        FaultWasApplied();
        claims.Hold(MessageOracle.RepeatedUnchanged(MainMode(), MainModeMessages));
        var lost = scene.FlowFaults[0].Selector.Number;
        var lostFromEast = (lost % 2 == 1) == (scene.Initiator == Side.East);
        if (lostFromEast || scene.Initiator == Side.East)
        {
            claims.Hold(
                scene.WaitUntil(() => MainMode().Any(m => m is { IsRepeat: true, From: "east" })),
                "east sends a message again, because its answer or the message itself was lost",
                () => $"{MainMode().Count} main mode frames, none of them a repetition by east");
        }
    }

    [Then("every answer to the duplicate equals the first answer")]
    public void ThenSameAnswer()
    {
        FaultWasApplied();
        claims.Hold(MessageOracle.RepeatedUnchanged(MainMode(), MainModeMessages));
    }

    private static ExchangeType Exchange(string mode) => mode == "main" ? ExchangeType.IdentityProtection : ExchangeType.QuickMode;

    private void Add(string mode, int number, FlowOperation operation, string legal) =>
        scene.Add(new FlowFault($"FLOW-{operation}-{mode}-{number}".ToUpperInvariant(), new(Exchange(mode), number), operation, 1, Clause, [legal]));

    private List<ObservedIke> MainMode() =>
        [.. scene.Frames.OfType<ObservedIke>().Where(m => m.Header.ExchangeType == ExchangeType.IdentityProtection)];

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
