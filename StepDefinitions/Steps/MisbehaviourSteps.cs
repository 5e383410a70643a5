// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults.Received;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Effects;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>A peer that breaks the rules because it was told to, and what our own side makes of it.</summary>
[Binding]
public sealed class MisbehaviourSteps(Scene scene, Claims claims)
{
    private bool _isUpAgain;

    [Given("east misbehaves: it (.*)")]
    [When("from now on east misbehaves: it (.*)")]
    public Task GivenMisbehaviour(string words) => scene.MisbehaveAsync(Misbehaviours.Find(words));

    [When("west has received what breaks the rule")]
    public void WhenReceived()
    {
        if (!scene.WaitUntil(() => scene.Offence is not null))
        {
            throw new EnvironmentException($"the wire does not show that east {scene.Misbehaviour}: the scenario shows nothing; {scene.LastEvents}");
        }
    }

    [When("east has given up without a word")]
    public async Task WhenGivenUp()
    {
        scene.WaitUntil(() => scene.Bed.Wire.Frames.Count > 0);
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.IsEmpty && sas.ChildSas.IsEmpty);
        if (!east.IkeSas.IsEmpty || scene.SinceThen.Any(m => m.From == "east" && (m.IsRepeat || m.Message?.Find<DeletePayload>() is not null)))
        {
            throw new EnvironmentException($"east was to {scene.Misbehaviour}, and did not: the scenario shows nothing; {scene.LastEvents}");
        }
    }

    [When("east behaves again")]
    public Task WhenBehaves() => scene.Bed.East.BehaveAsync();

    [When("west sets up a tunnel as if nothing had happened")]
    public async Task WhenAnew() => _isUpAgain = await scene.SetUpAnewAsync();

    [Then("that tunnel comes up and carries a ping")]
    public async Task ThenUpAgain()
    {
        claims.Hold(_isUpAgain, "an IKE SA and a pair of IPsec SAs on both sides, set up after east behaved again", () => $"none; {scene.LastEvents}");
        var answers = await scene.PingAsync(Side.West, 1);
        claims.Hold(answers == 1, "an answer to a ping through the new tunnel", () => "none");
    }

    [Then("west does not go on with that exchange")]
    public void ThenStops() => claims.Hold(Oracle.DoesNotGoOn());

    [Then("west tells east nothing, or one of (.*)")]
    public void ThenTells(string names) => claims.Hold(Oracle.TellsNothingBut([.. names.Split(", ").Select(NotifyNames.Parse)]));

    [Then("no IKE SA of west's came of it")]
    public void ThenNoIkeSa()
    {
        var cookie = Offence.Header.InitiatorCookie;
        var made = scene.Bed.WestWitness.Saw<IkeSaEstablished>().Any(established => established.Sa.InitiatorCookie == cookie);
        claims.Hold(!made, $"no IKE SA with initiator cookie {cookie} on west's side", () => "west has established it");
    }

    [Then("no IPsec SA of west's came of it")]
    public void ThenNoIpsecSa()
    {
        var id = Offence.Header.MessageId;
        claims.Hold(scene.WestPairs.All(pair => pair.MessageId != id), $"no IPsec SA of the exchange with message ID {id:x8} on west's side", () => "west has installed a pair");
    }

    [Then("west refuses the offer, or answers it as it is")]
    public void ThenUnchanged() => claims.Hold(Oracle.Next is { } answer ? SaPayloadOracle.ChosenUnchanged(Offence, answer) : null);

    [Then("west starts no quick mode before the user is let in")]
    public void ThenNoQuickMode()
    {
        var cookie = Offence.Header.InitiatorCookie;
        var early = scene.Messages.FirstOrDefault(m => m.From == "west" && m.Header.InitiatorCookie == cookie && m.Header.ExchangeType == ExchangeType.QuickMode);
        claims.Hold(early is null, "no quick mode under an IKE SA without its user", () => $"frame {early!.Number}: {MessageOracle.Text(early)}");
    }

    [Then("west still has the SAs that the Delete named")]
    public void ThenKept() => claims.Hold(
        scene.WestChildSas.Any(pair => pair.InboundSpi == scene.WestPairs[0].InboundSpi),
        $"the pair with inbound SPI {scene.WestPairs[0].InboundSpi:x8} on west's side",
        () => $"none; {scene.LastEvents}");

    [Then("west does not believe the notification")]
    public void ThenNotNotified() => claims.Hold(
        !scene.Bed.WestWitness.Saw<PeerNotified>().Any(),
        "no notification that west has taken for east's",
        () => scene.LastEvents);

    private ObservedIke Offence => scene.Offence ?? throw new InvalidOperationException("east's misbehaviour was not looked for");

    private OffenceOracle Oracle => new([.. scene.Frames.OfType<ObservedIke>()], Offence);
}
