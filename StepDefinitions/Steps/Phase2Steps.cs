// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Ike.Inputs;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Quick mode, the SAs it gives, and their end.</summary>
[Binding]
public sealed class Phase2Steps(Scene scene, Claims claims)
{
    private uint _deletedInboundOfEast;
    private uint _deletedInboundOfWest;

    [Given("a tunnel between the networks behind west and east")]
    [When("the tunnel is set up again")]
    public async Task GivenTunnel()
    {
        await scene.StartQuickModeAsync(Side.West);
        await ThenPairs(1);
    }

    [When("(west|east) starts quick mode")]
    public Task WhenQuickMode(Side side) => scene.StartQuickModeAsync(side);

    [Given("(west|east) starts another quick mode for other networks")]
    [When("(west|east) starts another quick mode for other networks")]
    public async Task WhenAnother(Side side)
    {
        await ThenPairs(1);
        await scene.StartQuickModeAsync(side, child: 1);
    }

    [When("(west|east) deletes the pair of ESP SAs")]
    public async Task WhenDelete(Side side)
    {
        var pair = scene.WestPairs[^1];
        (_deletedInboundOfWest, _deletedInboundOfEast) = (pair.InboundSpi, pair.OutboundSpi);
        if (side == Side.East)
        {
            await scene.Bed.East.DeleteChildAsync(pair.Child);
            return;
        }

        scene.Bed.Loop.Invoke(() =>
        {
            scene.Bed.West.Command(new DeleteChildSa(pair.InboundSpi));
            return true;
        });
    }

    [Given("both sides hold (one|two) pairs? of ESP SAs with matching SPIs")]
    [When("both sides hold (one|two) pairs? of ESP SAs with matching SPIs")]
    [Then("both sides hold (one|two) pairs? of ESP SAs with matching SPIs")]
    public async Task ThenPairs(int count)
    {
        var (held, east) = await scene.WaitForBothAsync(() => scene.Bed.West.ChildSas.Count == count, sas => sas.ChildSas.Length == count);
        var west = scene.WestChildSas;
        claims.Hold(held, $"{count} pairs of ESP SAs on west's side", () => $"{west.Count}; {scene.LastEvents}");
        var mirrored = west.Select(pair => (Inbound: pair.OutboundSpi, Outbound: pair.InboundSpi)).Order();
        claims.Hold(
            east.Shows(sas => sas.ChildSas.Select(pair => (Inbound: pair.InboundSpi, Outbound: pair.OutboundSpi)).Order().SequenceEqual(mirrored)),
            $"east lists inbound and outbound SPIs {string.Join(", ", mirrored.Select(pair => $"{pair.Inbound:x8} {pair.Outbound:x8}"))}",
            () => Text(east));
    }

    [When("no side holds an ESP SA")]
    [Then("no side holds an ESP SA")]
    public async Task ThenNoPairs()
    {
        var (held, east) = await scene.WaitForBothAsync(() => scene.Bed.West.ChildSas.Count == 0, sas => sas.ChildSas.IsEmpty);
        claims.Hold(held, "no ESP SA on west's side", () => $"{scene.WestChildSas.Count}");
        claims.Hold(east.ChildSas.IsEmpty, "no ESP SA on east's side", () => Text(east));
    }

    [Then("the ESP SAs use (.*)")]
    public void ThenEsp(string esp)
    {
        var wanted = SidePolicy.EspSuite(esp);
        var pair = scene.WestChildSas[^1];
        claims.Hold((pair.Encryption, pair.Integrity) == (wanted.Encryption, wanted.Integrity), $"{wanted}", () => $"{pair.Encryption?.Name} {pair.Integrity?.Name}");
    }

    [Then("every transform of the quick mode names (.*)")]
    public void ThenGroup(string group) => claims.Hold(SaPayloadOracle.GroupInEveryTransform(
        [.. scene.Messages.Where(m => m.Header.ExchangeType == ExchangeType.QuickMode && m.Ordinal < 3)],
        KeyExchangeMethod.Named(group).Id));

    [Then("both quick modes ran under the same IKE SA with message IDs of their own")]
    public void ThenOneIkeSa()
    {
        var quick = scene.Messages.Where(m => m.Header.ExchangeType == ExchangeType.QuickMode).ToArray();
        var ids = quick.Select(m => m.Header.MessageId).Distinct().ToArray();
        var sas = quick.Select(m => (m.Header.InitiatorCookie, m.Header.ResponderCookie)).Distinct().ToArray();
        claims.Hold(
            ids.Length == 2 && sas.Length == 1 && scene.WestIkeSas.Count == 1,
            "two message IDs under one pair of cookies",
            () => $"message IDs {string.Join(", ", ids)}, cookies {string.Join(", ", sas)}, {scene.WestIkeSas.Count} IKE SAs");
    }

    [When("a second quick mode gives a new pair of ESP SAs under the same IKE SA")]
    [Then("a second quick mode gives a new pair of ESP SAs under the same IKE SA")]
    public void ThenRekeyed()
    {
        claims.Hold(scene.WaitUntil(() => scene.WestPairs.Count == 2), "a second quick mode that completes", () => scene.LastEvents);
        var (old, renewed) = (scene.WestPairs[0], scene.WestPairs[1]);
        claims.Hold(
            renewed.Child == old.Child && renewed.Cookies == old.Cookies && renewed.InboundSpi != old.InboundSpi && renewed.OutboundSpi != old.OutboundSpi,
            "a pair for the same traffic, under the same cookies, with SPIs of its own",
            () => $"{renewed.Child} under {renewed.Cookies} with SPIs {renewed.InboundSpi:x8} and {renewed.OutboundSpi:x8}");
    }

    [Then("(west|east) sends one Delete for ESP under the IKE SA, with the SPI on which it received")]
    public void ThenDelete(Side side)
    {
        var spi = side == Side.West ? _deletedInboundOfWest : _deletedInboundOfEast;
        scene.WaitUntil(() => Deletes(side).Count > 0);
        var deletes = Deletes(side);
        claims.Hold(
            deletes is [{ Message.Header.IsEncrypted: true } only] && only.Spis.SequenceEqual([spi]),
            $"one encrypted informational message with a Delete for ESP of SPI {spi:x8}",
            () => deletes.Count == 0 ? "none" : string.Join("; ", deletes.Select(d => $"frame {d.Message.Number}: {string.Join(", ", d.Spis.Select(s => $"{s:x8}"))}")));
    }

    private static string Text(PeerSas sas) => sas.ChildSas.IsEmpty
        ? "no ESP SA"
        : string.Join(", ", sas.ChildSas.Select(pair => $"{pair.Child}: {pair.InboundSpi:x8} {pair.OutboundSpi:x8}"));

    private List<(ObservedIke Message, uint[] Spis)> Deletes(Side side)
    {
        var found = from message in scene.Messages
                    where string.Equals(message.From, side.ToString(), StringComparison.OrdinalIgnoreCase)
                    from delete in message.Message?.All<DeletePayload>() ?? []
                    where delete.ProtocolId == ProtocolId.Esp
                    select (message, delete.Spis.Select(spi => BinaryPrimitives.ReadUInt32BigEndian(spi.Span)).ToArray());
        return [.. found];
    }
}
