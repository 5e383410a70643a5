// SPDX-License-Identifier: Apache-2.0

using Ipsec.Faults.Received;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What the peer makes of a message with a wrong or unusual field.</summary>
[Binding]
public sealed class ReceivedFieldSteps(Scene scene, Claims claims)
{
    [When("west sends (.* message \\d), but its \"(.*)\" is \"(.*)\"")]
    public Task WhenBent(string message, string field, string value) => scene.SendBentAsync(ReceivedMatrix.Find(message, field, value));

    [When("west then begins an honest exchange")]
    public Task WhenHonest() => scene.BeginHonestAsync();

    [Then("east does not go on with the first exchange")]
    public async Task ThenStops()
    {
        claims.Hold(IsDelete ? null : Reaction.DoesNotGoOn());
        if (!IsDelete && !scene.Received.Message.IsLast && !(await scene.ListEastAsync()).IsKnown)
        {
            // That it said nothing more is what shows it: an exchange that does not go on makes no SA.
            return;
        }

        var made = await CameOfItAsync();
        claims.Hold(made is null, IsDelete ? "the SA that the Delete named is left alone" : "no SA on east's side", () => made!);
    }

    [Then("east goes on with the first exchange")]
    public async Task ThenGoesOn()
    {
        if (scene.Received.EndsExchange)
        {
            var made = await CameOfItAsync();
            claims.Hold(made is not null, "the SA that the exchange negotiated, on east's side", () => $"none; {scene.LastEvents}");
            return;
        }

        scene.WaitUntil(() => Reaction.NextMessages.Count > 0 || Reaction.Errors.Count > 0);
        claims.Hold(Reaction.GoesOn());
    }

    [Then("east answers the bent message with nothing or one of (.*)")]
    public void ThenErrors(string names) => claims.Recommend(
        Reaction.NothingOrOneOf(names == "none" ? [] : [.. names.Split(", ").Select(NotifyNames.Parse)]));

    [Then("the honest exchange succeeds")]
    public void ThenHonestSucceeds() => claims.Hold(
        scene.HonestSucceeded,
        "the exchange that west began honestly afterwards comes to its end",
        () => $"it does not; {scene.LastEvents}");

    private bool IsDelete => scene.Received.Exchange == ExchangeType.Informational;

    private BentExchange Bent => scene.Bent!;

    private ReactionOracle Reaction => new(scene.Frames, Bent.Header, Bent.Datagram, "east");

    /// <summary>What east's own list shows of the first exchange; null for nothing.</summary>
    private async Task<string?> CameOfItAsync()
    {
        var sas = await scene.ListEastAsync();
        return scene.Received.Exchange switch
        {
            ExchangeType.NewGroupMode => scene.Messages.Any(message => message is { From: "east", Header.ExchangeType: ExchangeType.QuickMode }) ? "east uses the group in quick mode" : null,
            ExchangeType.Transaction => sas.IkeSas.Where(sa => sa.InitiatorCookie == Bent.Header.InitiatorCookie).SelectMany(sa => sa.AssignedAddresses).Select(address => $"the inner address {address}").FirstOrDefault(),
            ExchangeType.Informational => sas.ChildSas.Any(IsNamedByDelete) ? null : "east has deleted it",
            ExchangeType.QuickMode => sas.ChildSas.Where(IsOfFirst).Select(pair => $"ESP SAs {pair.InboundSpi:x8} and {pair.OutboundSpi:x8}").FirstOrDefault(),
            _ => sas.IkeSas.Where(IsOfFirst).Select(sa => $"an established IKE SA, {sa.InitiatorCookie} {sa.ResponderCookie}").FirstOrDefault(),
        };
    }

    private bool IsNamedByDelete(PeerChildSa pair) => pair.OutboundSpi == scene.WestPairs.First(own => own.Child == ScenePolicy.Children[0]).InboundSpi;

    private bool IsOfFirst(PeerChildSa pair) =>
        pair.OutboundSpi == scene.WestPairs.FirstOrDefault(own => own.MessageId == Bent.Header.MessageId)?.InboundSpi
        || Bent.WestSpi.Span.SequenceEqual(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder((int)pair.OutboundSpi)));

    private bool IsOfFirst(PeerIkeSa sa) =>
        sa.IsEstablished
        && sa.InitiatorCookie == Bent.Header.InitiatorCookie
        && (Bent.Header.ResponderCookie.IsZero || sa.ResponderCookie == Bent.Header.ResponderCookie);
}
