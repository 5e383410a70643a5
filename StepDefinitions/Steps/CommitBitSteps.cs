// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>The commit bit: who sets it says when the SAs are in place, and the other one waits for that.</summary>
[Binding]
public sealed class CommitBitSteps(Scene scene, Claims claims)
{
    private const string Clause = "RFC2408-3.1-06";
    private const int QuickModeMessages = 3;

    [Given("(west|east) sets the commit bit in quick mode")]
    public void GivenCommitBit(Side side)
    {
        scene.Policy = Change(scene.Policy);
        scene.ControlPolicy = Change(scene.ControlPolicy);

        ScenePolicy Change(ScenePolicy policy) => side == Side.West
            ? policy with { West = policy.West with { SetsCommitBit = true } }
            : policy with { East = policy.East with { SetsCommitBit = true } };
    }

    [Given("west's first CONNECTED is lost")]
    public void GivenLost() => scene.Add(new FlowFault(
        "FLOW-DROP-CONNECTED", new(ExchangeType.Informational, 1), FlowOperation.Drop, 1, Clause, ["the wait for CONNECTED goes on, until it is said again"]));

    [When("a host behind east has something to send as soon as quick mode is over")]
    public async Task WhenSomethingToSend()
    {
        if (!scene.WaitUntil(() => QuickMode() is { Ordinal: QuickModeMessages } && scene.Bed.West.Flow.Applied("FLOW-DROP-CONNECTED") > 0))
        {
            throw new EnvironmentException($"quick mode did not come to its end, or no CONNECTED was lost: {scene.LastEvents}");
        }

        await scene.Bed.East.PingAsync(scene.HostOf(Side.East), scene.HostOf(Side.West), 1);
    }

    [Then("east protects nothing before west's CONNECTED")]
    public void ThenNothingBefore()
    {
        scene.WaitUntil(() => scene.Frames.Any(frame => frame.From == "east" && frame is ObservedEsp)
            || CommitOracle.Connected(From(Side.West), QuickMode()?.Header.MessageId ?? 0) is null);
        claims.Hold(CommitOracle.NothingBefore(scene.Frames, "east", QuickMode()?.Header.MessageId ?? 0));
    }

    [Then("every quick mode message from (west|east) has the commit bit, and no other message")]
    public void ThenFlag(Side side) => claims.Hold(CommitOracle.Flag(From(side)));

    [Then("(west|east) says CONNECTED once, under the message ID of the quick mode")]
    public void ThenConnected(Side side)
    {
        scene.WaitUntil(() => CommitOracle.Connected(From(side), QuickMode()?.Header.MessageId ?? 0) is null);
        claims.Hold(CommitOracle.Connected(From(side), QuickMode()?.Header.MessageId ?? 0));
    }

    private ObservedIke? QuickMode() => scene.Messages.LastOrDefault(message => message.Header.ExchangeType == ExchangeType.QuickMode);

    private List<ObservedIke> From(Side side) =>
        [.. scene.Messages.Where(message => string.Equals(message.From, side.ToString(), StringComparison.OrdinalIgnoreCase))];
}
