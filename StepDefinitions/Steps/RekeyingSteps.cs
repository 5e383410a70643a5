// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Isakmp;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>SAs that take the place of others.</summary>
[Binding]
public sealed class RekeyingSteps(Scene scene, Claims claims)
{
    private static readonly TimeSpan OtherQuickMode = TimeSpan.FromSeconds(3);

    private (Cookie Initiator, Cookie Responder) _replaced;

    [When("(west|east) rekeys the pair of ESP SAs")]
    public Task WhenRekey(Side side) => scene.RekeyChildAsync(side);

    [When("both sides rekey the pair of ESP SAs at once")]
    public async Task WhenBoth()
    {
        await scene.RekeyChildAsync(Side.West);
        await scene.RekeyChildAsync(Side.East);
    }

    /// <summary>
    /// Two quick modes, or one where a side refuses the other's while its own runs. Who answers a quick mode has the SAs only when message 3
    /// has arrived, so that what is sent before is lost: therefore the newest pair must be on both sides.
    /// </summary>
    [When("what comes of it is settled")]
    public async Task WhenSettled()
    {
        claims.Hold(scene.WaitUntil(() => scene.WestPairs.Count > 1), "another quick mode that completes", () => scene.LastEvents);
        scene.Bed.WaitUntil(() => scene.WestPairs.Count > 2, OtherQuickMode);
        await WhenListed();
    }

    [When("(west|east) replaces the IKE SA")]
    public Task WhenIkeSaReplaced(Side side)
    {
        var sa = scene.WestIkeSas[^1];
        _replaced = (sa.InitiatorCookie, sa.ResponderCookie);
        return scene.RekeyIkeSaAsync(side);
    }

    [When("a second phase 1 gives an IKE SA with cookies of its own on both sides")]
    [Then("a second phase 1 gives an IKE SA with cookies of its own on both sides")]
    public async Task ThenNewIkeSa()
    {
        claims.Hold(scene.WaitUntil(() => New() is not null), "another phase 1 that completes", () => scene.LastEvents);
        var (initiator, responder) = New()!.Value;
        claims.Hold(
            initiator != _replaced.Initiator && responder != _replaced.Responder,
            $"other cookies than {_replaced.Initiator} and {_replaced.Responder}",
            () => $"{initiator} {responder}");
        var east = await scene.WaitForEastAsync(sas => sas.IkeSas.Any(sa => sa.IsEstablished && (sa.InitiatorCookie, sa.ResponderCookie) == (initiator, responder)));
        claims.Hold(
            east.Shows(sas => sas.IkeSas.Any(sa => sa.IsEstablished && (sa.InitiatorCookie, sa.ResponderCookie) == (initiator, responder))),
            $"an established IKE SA with cookies {initiator} and {responder} on east's side",
            () => Phase1Steps.Text(east));

        (Cookie Initiator, Cookie Responder)? New() => scene.Bed.West.IkeSas
            .Select(sa => ((Cookie, Cookie)?)(sa.InitiatorCookie, sa.ResponderCookie))
            .LastOrDefault(cookies => cookies != _replaced);
    }

    [When("east lists the new pair")]
    public async Task WhenListed()
    {
        var pair = scene.WestPairs[^1];
        var east = await scene.WaitForEastAsync(sas => sas.ChildSas.Any(own => own.InboundSpi == pair.OutboundSpi && own.OutboundSpi == pair.InboundSpi));
        claims.Hold(
            east.Shows(sas => sas.ChildSas.Any(own => own.InboundSpi == pair.OutboundSpi && own.OutboundSpi == pair.InboundSpi)),
            $"ESP SAs {pair.OutboundSpi:x8} and {pair.InboundSpi:x8} on east's side",
            () => DeleteSteps.Pairs(east));
    }

    [Then("the last quick mode ran under the new IKE SA")]
    public void ThenUnderTheNewOne()
    {
        var quick = scene.Messages.Last(m => m.Header.ExchangeType == ExchangeType.QuickMode);
        claims.Hold(
            (quick.Header.InitiatorCookie, quick.Header.ResponderCookie) != _replaced,
            $"other cookies than {_replaced.Initiator} {_replaced.Responder}",
            () => $"frame {quick.Number}: {quick.Header.InitiatorCookie} {quick.Header.ResponderCookie}");
    }

    [Then("(west|east) started it before (\\d+) seconds were over")]
    public void ThenInTime(Side side, int seconds)
    {
        var quick = scene.Messages.Where(m => m.Header.ExchangeType == ExchangeType.QuickMode).ToArray();
        var starts = quick.Where(m => m.Ordinal == 1).ToArray();
        claims.Hold(
            starts.Length > 1
                && string.Equals(starts[1].From, side.ToString(), StringComparison.OrdinalIgnoreCase)
                && starts[1].Time - quick[0].Time < TimeSpan.FromSeconds(seconds),
            $"a second quick mode of {side} within {seconds} seconds of the first",
            () => string.Join(", ", starts.Select(m => $"frame {m.Number} from {m.From} after {(m.Time - quick[0].Time).TotalSeconds:F1} s")));
    }
}
