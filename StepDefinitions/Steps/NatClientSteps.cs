// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Several clients behind one NAT, and messages from where a client no longer is.</summary>
[Binding]
public sealed class NatClientSteps(Scene scene, Claims claims)
{
    private int _before;

    [When("another client behind the same NAT, with an identity of its own, starts phase 1")]
    public void WhenOtherClient() => scene.StartOtherClient();

    [When("main mode message (\\d) is sent once more, between ports 500")]
    public void WhenRepeated(int number) => _before = scene.RepeatBetweenFirstPorts(number);

    [Then("the other client says INITIAL-CONTACT")]
    public void ThenSaid()
    {
        scene.WaitUntil(() => scene.Bed.West.IkeSas.Count > 0);
        claims.Hold(
            NotificationOracle.Of(scene.Messages.Where(message => message.From == "west" && message.Header.InitiatorCookie == Second))
                .Any(pair => pair.Notification.NotifyType == NotifyType.InitialContact),
            "INITIAL-CONTACT in the second main mode",
            () => scene.LastEvents);
    }

    [Then("east holds the IKE SAs of both clients, and the ESP SAs of the first")]
    public async Task ThenBoth()
    {
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.Any(sa => sa.IsEstablished && sa.InitiatorCookie == Second));
        Cookie[] wanted = [First, Second];
        var held = east.IkeSas.Where(sa => sa.IsEstablished).Select(sa => sa.InitiatorCookie).ToArray();
        claims.Hold(
            held.Order(ByValue).SequenceEqual(wanted.Order(ByValue)),
            $"IKE SAs with initiator cookies {string.Join(" and ", wanted)}",
            () => held.Length == 0 ? "none" : string.Join(", ", held));
        var pair = scene.WestPairs[0];
        claims.Hold(
            east.ChildSas.Any(sa => sa.OutboundSpi == pair.InboundSpi && sa.InboundSpi == pair.OutboundSpi),
            $"the first client's ESP SAs, {pair.OutboundSpi:x8} and {pair.InboundSpi:x8}",
            () => $"{east.ChildSas.Length} others");
    }

    [Then("east sends no main mode message from then on")]
    public void ThenSilent()
    {
        var answer = scene.Frames.OfType<ObservedIke>().FirstOrDefault(message =>
            message.Number > _before && message is { From: "east", Header.ExchangeType: ExchangeType.IdentityProtection });
        claims.Recommend(answer is null ? null : new Finding("silence to the message on port 500", $"frame {answer.Number}: {MessageOracle.Text(answer)}, to port {answer.Udp.DestinationPort}"));
    }

    private static Comparer<Cookie> ByValue { get; } = Comparer<Cookie>.Create((a, b) => a.Value.CompareTo(b.Value));

    private Cookie First => MainModes[0];

    private Cookie Second => MainModes[^1];

    private Cookie[] MainModes => [.. scene.Messages.Where(message => message.Header.ExchangeType == ExchangeType.IdentityProtection).Select(message => message.Header.InitiatorCookie).Distinct()];
}
