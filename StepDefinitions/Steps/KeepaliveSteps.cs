// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Ip;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What a side behind a NAT sends when it has nothing to say.</summary>
[Binding]
public sealed class KeepaliveSteps(Scene scene, Claims claims)
{
    private const string Keepalive = "NAT keepalive";

    [When("nobody has anything to say for up to (\\d+) seconds")]
    public void WhenSilent(int seconds) => scene.WaitUntil(() => FromEast().Length > 0, TimeSpan.FromSeconds(seconds));

    [Then("east sends a keepalive, one octet of 0xFF between the ports of its IKE messages")]
    public void ThenKeepalive()
    {
        var sent = FromEast();
        var ike = scene.Messages.Last(message => message.From == "east").Udp;
        claims.Hold(
            sent.Length > 0 && Array.TrueForAll(sent, udp => (udp.SourcePort, udp.DestinationPort, udp.PayloadLength) == (ike.SourcePort, ike.DestinationPort, 1)),
            $"a keepalive from port {ike.SourcePort} to port {ike.DestinationPort}",
            () => string.Join("; ", sent.Select(udp => $"{udp.PayloadLength} octets from port {udp.SourcePort} to port {udp.DestinationPort}").DefaultIfEmpty("none")));
    }

    private UdpHeader[] FromEast() =>
    [
        .. scene.Frames.OfType<ObservedOther>().Where(frame => frame is { From: "east", Description: Keepalive })
            .Select(frame => UdpHeader.TryRead(frame.Bytes.Span[(EthernetHeader.Size + Ipv4Header.MinSize)..], out var udp, out _) ? udp : default),
    ];
}
