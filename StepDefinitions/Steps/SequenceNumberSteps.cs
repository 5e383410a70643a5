// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Sequence numbers that no honest sender would choose, and what the receiver's window makes of them.</summary>
[Binding]
public sealed class SequenceNumberSteps(Scene scene, Probes probes, Claims claims)
{
    [Given("east has a replay window of (\\d+) packets")]
    public void GivenWindow(int packets)
    {
        scene.Policy = scene.Policy with { East = scene.Policy.East with { ReplayWindow = packets } };
        scene.ControlPolicy = scene.ControlPolicy with { East = scene.ControlPolicy.East with { ReplayWindow = packets } };
    }

    [When("west sends echo requests with the sequence numbers (.*)")]
    public void WhenNumbered(string numbers)
    {
        foreach (var text in numbers.Split(", "))
        {
            scene.Inject(scene.Craft(probes.Request(text), new CraftedPacket { Number = ulong.Parse(text, CultureInfo.InvariantCulture) }));
        }
    }

    [When("west sends an echo request with the sequence number (\\d+) and a wrong ICV")]
    public void WhenWrongIcv(ulong number)
    {
        var packet = scene.Craft(probes.Request($"{number} with a wrong ICV"), new CraftedPacket { Number = number });
        packet[IcvAt(packet)] ^= 1;
        scene.Inject(packet);
    }

    [When("west sends an echo request with the sequence number (\\d+) whose ICV was made with the high half of (\\d+)")]
    public void WhenWrongHalf(ulong number, ulong other)
    {
        if ((uint)number != (uint)other)
        {
            throw new ArgumentException("the numbers differ in more than their high halves", nameof(other));
        }

        // Only the low half is on the wire; the other one is where the ICV has it from. West's own numbers go on from the one meant.
        var packet = scene.Craft(probes.Request($"{number} with a wrong high half"), new CraftedPacket { Number = other, SkipsNumbers = false });
        scene.SkipTo(number);
        scene.Inject(packet);
    }

    [When("east has (\\d+) sequence numbers? left")]
    public Task WhenFewLeft(ulong left) => scene.Bed.East.LeaveSequenceNumbersAsync(ScenePolicy.Children[0], left);

    [Then("the numbers of east's packets are (.*), and no other")]
    public void ThenNumbers(string numbers)
    {
        var seen = scene.Frames.Where(frame => frame.Number > scene.TrafficStartsAt && frame.From == "east")
            .Select(frame => frame is ObservedEsp esp ? esp.Header.SequenceNumber : frame is ObservedAh ah ? ah.Header.SequenceNumber : 0)
            .Where(number => number != 0);
        claims.Hold(string.Join(", ", seen) == numbers, numbers, () => string.Join(", ", seen.Select(number => $"{number}").DefaultIfEmpty("none")));
    }

    /// <summary>The last octet of ESP; in AH, where the ICV stands before the payload, its first one.</summary>
    private int IcvAt(byte[] packet) => scene.WestOutbound is Sa.AhSaParameters ? Wire.Ip.Ipv4Header.MinSize + Wire.Ip.AhHeader.FixedSize : packet.Length - 1;
}
