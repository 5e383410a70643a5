// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text.RegularExpressions;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.Sa;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Ip;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>Traffic that belongs into an SA, does not, or goes without one.</summary>
[Binding]
public sealed class PolicyProbeSteps(Scene scene, Probes probes, Claims claims)
{
    private const int SpiAt = Ipv4Header.MinSize;

    [Given("packets to east's TCP port (\\d+) are (bypassed|discarded)")]
    public void GivenShunt(ushort port, string action)
    {
        var shunt = (port, action == "bypassed" ? SpdAction.Bypass : SpdAction.Discard);
        scene.Policy = scene.Policy with { Shunts = scene.Policy.Shunts.Add(shunt) };
        scene.ControlPolicy = scene.ControlPolicy with { Shunts = scene.ControlPolicy.Shunts.Add(shunt) };
    }

    [When("west's newest SA carries an echo request from (.*) to (.*)")]
    public void WhenCarried(string from, string to) =>
        scene.Inject(scene.Craft(probes.Request($"from {from} to {to}", Place(from), Place(to)), new CraftedPacket()));

    [When("west sends an echo request with the SPI of the other SA")]
    public void WhenOtherSpi()
    {
        var packet = scene.Protect(probes.Request("with the SPI of the other SA"));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(SpiAt), scene.WestOutbound.Spi);
        scene.Inject(packet);
    }

    [When("west's SA carries a connection request from port (\\d+) to port (\\d+)")]
    public void WhenConnection(ushort from, ushort to) => scene.Inject(scene.Craft(probes.Connection($"from port {from} to port {to}", from, to), new CraftedPacket()));

    [When("west's SA carries the pieces of a connection request from port (\\d+) to port (\\d+)")]
    public void WhenPieces(ushort from, ushort to)
    {
        const int Data = 64;
        const int Mtu = 68;
        foreach (var piece in Probes.Fragments(probes.Connection($"from port {from} to port {to} in pieces", from, to, Data), Mtu))
        {
            scene.Inject(scene.Craft(piece, new CraftedPacket()));
        }
    }

    [When("a host behind east asks a host behind west, and is heard")]
    public async Task WhenEastAsks()
    {
        await scene.Bed.East.PingAsync(scene.HostOf(Side.East), scene.HostOf(Side.West), 1);
        scene.WaitUntil(() => scene.ReachedWest(inner => IcmpEcho.TryRead(inner.Span[Ipv4Header.MinSize..], out var echo, out _) && !echo.IsReply));
    }

    [Then("east has sent its own echo request and no other packet")]
    public void ThenRequestOnly()
    {
        var fromEast = scene.Frames.Where(frame => frame.From == "east" && frame is not ObservedIke).ToArray();
        claims.Hold(
            fromEast is [ObservedEsp { Echo: { IsReply: false } }],
            "one echo request in ESP",
            () => string.Join("; ", fromEast.Select(EspOracle.Text).DefaultIfEmpty("nothing")));
    }

    [When("west sends a connection request from port (\\d+) to port (\\d+) in clear")]
    public void WhenClearConnection(ushort from, ushort to) => scene.Inject(probes.Connection($"from port {from} to port {to} in clear", from, to));

    [When("west sends an echo request in clear")]
    public void WhenClearEcho() => scene.Inject(probes.Request("in clear"));

    [When("an honest connection request follows from port (\\d+) to port (\\d+)")]
    public void WhenHonestConnection(ushort from, ushort to) => probes.SendHonestConnection(from, to);

    [When("west sends an echo request in UDP that has a checksum")]
    public void WhenUdpChecksum() => scene.Inject(scene.Craft(probes.Request("in UDP with a checksum"), new CraftedPacket { HasUdpChecksum = true }));

    [Then("the connection request is (refused in clear|refused in the SA|not answered), and the honest one behind it is refused in the SA")]
    public void ThenConnection(string fate)
    {
        (string Name, bool IsProtected)[] wanted = fate == "not answered" ? [(Probes.Honest, true)] : [(probes.Sent[^1], fate.EndsWith("SA", StringComparison.Ordinal)), (Probes.Honest, true)];
        // A refusal in clear is nobody's inner packet: it is known only by the capture, which may lag behind.
        scene.WaitUntil(() => probes.Refusals.Count >= wanted.Length);
        var came = probes.Refusals;
        claims.Hold(came.SequenceEqual(wanted), Text(wanted), () => Text(came));
    }

    private static string Text(IReadOnlyList<(string Name, bool IsProtected)> refusals) =>
        string.Join(", ", refusals.Select(refusal => $"{refusal.Name} refused {(refusal.IsProtected ? "in an SA" : "in clear")}").DefaultIfEmpty("no refusal"));

    private IPAddress Place(string text)
    {
        var place = Regex.Match(text, "^(the host|a host of the other network|a stranger) behind (west|east)$");
        var child = place.Groups[1].Value switch
        {
            "the host" => 0,
            "a host of the other network" => 1,
            "a stranger" => 3,
            _ => throw new ArgumentException($"\"{text}\" is nobody behind a gateway", nameof(text)),
        };
        return place.Groups[2].Value == "west" ? scene.Bed.Addresses.WestHost(child) : scene.Bed.Addresses.EastHost(child);
    }
}
