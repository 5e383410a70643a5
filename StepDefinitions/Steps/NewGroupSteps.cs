// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>New group mode, and what its group is good for.</summary>
[Binding]
public sealed class NewGroupSteps(Scene scene, Claims claims)
{
    [Given("both sides take private groups, and want perfect forward secrecy in private group (\\d+)")]
    public void GivenPrivateGroup(ushort number)
    {
        scene.Policy = scene.Policy.Both(Change);
        scene.ControlPolicy = scene.ControlPolicy.Both(Change);

        SidePolicy Change(SidePolicy side) => side with { PrivateGroup = number };
    }

    [When("(west|east) offers private group (\\d+) in new group mode")]
    public Task WhenOffered(Side side, ushort number) => scene.OfferGroupAsync(side, number);

    [When("new group mode gives west a group")]
    public void ThenGiven() => claims.Hold(
        scene.WaitUntil(() => scene.Bed.WestWitness.Saw<GroupNegotiated>().Any()), "a new group mode that completes", () => scene.LastEvents);

    [Then("each HASH of new group mode is that of message ID and SA")]
    public void ThenHashes()
    {
        var keyed = scene.Bed.WestWitness.Saw<IkeSaKeyed>().Last();
        claims.Hold(NewGroupOracle.Hashes(scene.Messages, scene.WestIkeSas[^1].Suite!.Hash, keyed.AuthenticationKey.Span));
    }

    [Then("(west|east) begins new group mode under an IKE SA only")]
    public void ThenUnderIkeSa(Side side) => claims.Hold(NewGroupOracle.AfterPhase1(scene.Messages, side == Side.West ? "west" : "east"));

    [Then("the quick mode uses private group (\\d+)")]
    public void ThenUsed(ushort number) => claims.Hold(NewGroupOracle.UsedBy(scene.Messages, number, Scene.PrivateGroupSize));

    [When("a message of new group mode comes from nowhere, with cookies of its own")]
    public void WhenFromNowhere() => scene.SendNewGroupFromNowhere();

    [Then("new group mode from nowhere is answered by a notification at most")]
    public void ThenNotAnswered()
    {
        var strange = scene.StrangeCookie;
        claims.Hold(scene.Messages.Any(message => message.From == "west" && message.Header.InitiatorCookie == strange), "the message on the wire", () => "none");
        var answer = scene.Messages.FirstOrDefault(message =>
            message.From == "east" && message.Header.InitiatorCookie == strange && message.Header.ExchangeType != Wire.Isakmp.ExchangeType.Informational);
        claims.Hold(answer is null, "silence, or a notification", () => $"frame {answer!.Number}: {MessageOracle.Text(answer)}");
    }
}
