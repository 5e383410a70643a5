// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Ip;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Claims that hold of any two implementations, ours among them or not.</summary>
[Binding]
public sealed class BaselineSteps(Scene scene, Claims claims)
{
    [Then("both ends list one pair of (ESP|AH) SAs with the same SPIs, under an IKE SA")]
    public async Task ThenListed(string protocol)
    {
        var (west, east) = await scene.WaitForEndsAsync(IsUp);
        claims.Hold(IsUp(west), $"an established IKE SA and a pair of {protocol} SAs at west's end", () => Text(west));
        claims.Hold(IsUp(east), $"an established IKE SA and a pair of {protocol} SAs at east's end", () => Text(east));
        claims.Hold(
            west.ChildSas is [var one] && east.ChildSas is [var other] && (one.InboundSpi, one.OutboundSpi) == (other.OutboundSpi, other.InboundSpi),
            "one pair at each end, inbound here what is outbound there",
            () => $"west: {Text(west)}; east: {Text(east)}");
    }

    [Then("a ping from west's end to east's is answered, and only (ESP|AH) crosses the wire for it")]
    public async Task ThenPing(string protocol)
    {
        await scene.LearnKeysAsync();
        var answers = await scene.PingAsync(Side.West, 1);
        var frames = scene.Frames.Where(frame => frame.Number > scene.TrafficStartsAt).ToArray();
        claims.Hold(answers == 1, $"an echo reply in {protocol}", () => $"{answers}; frames: {string.Join("; ", frames.Select(EspOracle.Text))}");
        claims.Hold(ProtectedTrafficOracle.Only(frames, protocol == "AH" ? IpProtocol.Ah : IpProtocol.Esp));
    }

    private static bool IsUp(PeerSas sas) => sas.IkeSas.Any(sa => sa.IsEstablished) && !sas.ChildSas.IsEmpty;

    private static string Text(PeerSas sas) =>
        $"{sas.IkeSas.Count(sa => sa.IsEstablished)} IKE SAs; {string.Join(", ", sas.ChildSas.Select(pair => $"{pair.InboundSpi:x8} {pair.OutboundSpi:x8}").DefaultIfEmpty("no pair"))}";
}
