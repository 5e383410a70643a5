// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What is notified, and under which protection.</summary>
[Binding]
public sealed class InformationalSteps(Scene scene, Claims claims)
{
    private const uint IpsecDoi = 1;

    [Given("both sides say when they know of no other SA")]
    public void GivenInitialContact()
    {
        scene.Policy = scene.Policy.Both(Change);
        scene.ControlPolicy = scene.ControlPolicy.Both(Change);

        static SidePolicy Change(SidePolicy side) => side with { Uniqueness = UniquenessChoice.InitialContact };
    }

    [When("(west|east) loses its SAs without a word")]
    public Task WhenForgotten(Side side) => scene.ForgetAsync(side);

    [When("(.*) crosses the wire in clear under the live cookies")]
    public void WhenInClear(string what)
    {
        Payload payload = what switch
        {
            "a Delete of the ESP SAs" => DeleteSteps.DeleteOf([scene.WestChildSas[^1].InboundSpi]),
            "a Delete of the IKE SA" => new DeletePayload(IpsecDoi, ProtocolId.Isakmp, (byte)scene.LiveCookies.Length, [scene.LiveCookies]),
            "NO-PROPOSAL-CHOSEN" => new NotificationPayload(IpsecDoi, ProtocolId.Isakmp, scene.LiveCookies, NotifyType.NoProposalChosen, default),
            "INVALID-COOKIE" => new NotificationPayload(IpsecDoi, ProtocolId.Isakmp, scene.LiveCookies, NotifyType.InvalidCookie, default),
            "INITIAL-CONTACT" => new NotificationPayload(IpsecDoi, ProtocolId.Isakmp, scene.LiveCookies, NotifyType.InitialContact, default),
            _ => throw new ArgumentException($"\"{what}\" is not known here", nameof(what)),
        };
        scene.SendInClear(payload);
    }

    [When("an encrypted message crosses the wire under cookies that nobody knows")]
    public void WhenStrange() => scene.SendUnderStrangeCookies();

    [Then("east answers cookies that nobody knows with nothing, or with INVALID-COOKIE in clear")]
    public void ThenOnlyInvalidCookie() => claims.Hold(NotificationOracle.OnlyInvalidCookie(scene.Messages, "east", scene.StrangeCookie));

    [Then("every error from east stands in an informational exchange of its own")]
    public void ThenErrorsApart() => claims.Recommend(NotificationOracle.ErrorsAreApart(scene.Messages, "east"));

    [Then("east's INITIAL-CONTACT names the DOI, the protocol and both cookies")]
    public void ThenInitialContact() => claims.Hold(NotificationOracle.InitialContact(FromEast()));

    [Then("east's INITIAL-CONTACT has no data")]
    public void ThenNoData() => claims.Recommend(NotificationOracle.InitialContactIsEmpty(FromEast()));

    [Then("a new pair of ESP SAs comes about")]
    public void ThenNewPair() => claims.Hold(scene.WaitUntil(() => scene.WestPairs.Count > 1), "another quick mode that completes", () => scene.LastEvents);

    [Then("status notifications from east are protected by the IKE SA")]
    public void ThenStatusProtected() => claims.Hold(NotificationOracle.StatusIsProtected(FromEast()));

    [Then("every notification from east names a DOI, a protocol, an SPI of its size and a type")]
    public void ThenLayout() => claims.Hold(NotificationOracle.Layout(FromEast()));

    [Then("the cookies of the later exchanges are in the order of phase 1")]
    public void ThenOrder()
    {
        var sa = scene.WestIkeSas[^1];
        claims.Hold(CookieOracle.SameOrder([.. scene.Messages.Where(m => m.Header.MessageId != 0)], sa.InitiatorCookie, sa.ResponderCookie));
    }

    private List<ObservedIke> FromEast() => [.. scene.Messages.Where(m => m.From == "east")];
}
