// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Parties;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using Ipsec.Wire.Ip;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>The two sequence diagrams of ESP with real parties: one packet, seen at every link that it passes.</summary>
[Binding]
public sealed class SequenceDiagramSteps(SequenceDiagram diagram, Claims claims)
{
    private const int MegaByte = 1 << 20;

    private bool _isAnswered;
    private (int There, int Back) _moved;
    private int _wanted;

    [Given("host A, gateway west, gateway east and host B, joined by ESP in tunnel mode between the gateways")]
    public Task GivenFourAsync() => diagram.ArrangeAsync(isTunnel: true);

    [Given("host A and gateway west, joined by ESP in tunnel mode with a gateway east that has the address of host B itself")]
    public Task GivenThreeAsync() => diagram.ArrangeWithPeerAsync(isTunnel: true);

    [Given("host west and host east, which protect by ESP in transport mode what they say to each other")]
    public Task GivenTwoAsync() => diagram.ArrangeAsync(isTunnel: false);

    [Given("host west, which protects by ESP in transport mode what it and a host east of another make say to each other")]
    public Task GivenOtherAsync() => diagram.ArrangeWithPeerAsync(isTunnel: false);

    [When("host (?:A|west) pings host (?:B|east)")]
    public void WhenPing() => _isAnswered = diagram.Ping();

    [When("host (?:A|west) opens a TCP connection to host (?:B|east) and moves (.*) MiB there and back")]
    public void WhenMove(int count)
    {
        _wanted = count * MegaByte;
        _moved = diagram.Move(_wanted);
    }

    [Then("host (?:A|west) gets its answer")]
    public void ThenAnswered() => claims.Hold(_isAnswered, "an echo reply with what was sent", () => "none");

    [Then("all of it arrives unchanged")]
    public void ThenMoved() => claims.Hold(_moved == (_wanted, _wanted), $"{_wanted} octets at each end", () => $"{_moved.There} octets there, {_moved.Back} back");

    [Then("the request leaves host A in clear, from its own address to that of host B")]
    [Then("the request of host west enters ESP in clear, from its own address to that of host east")]
    public void ThenOriginal()
    {
        var original = Original;
        claims.Hold(
            original.Span[^diagram.EchoPayload.Length..].SequenceEqual(diagram.EchoPayload),
            "the payload of the echo request at the packet's end",
            () => Convert.ToHexStringLower(original.Span));
    }

    [Then("it enters ESP at gateway west as host A sent it, but for a TTL lower by one")]
    public void ThenEntered() => claims.Hold(PassageOracle.Unchanged(Original.Span, Inner(PartyPlace.WestEntry, diagram.Ends).Span, routers: 1));

    [Then("in the middle it has a new IP header, from gateway west to gateway east, and is laid out as")]
    public void ThenTunnelled(Table table)
    {
        var packet = Protected(diagram.Middle);
        claims.Hold(PassageOracle.NewHeader(packet.Span, diagram.Middle));
        claims.Hold(PassageOracle.Sizes(Rows(table), packet.Span, Original.Length));
        claims.Hold(PassageOracle.NotInClear(packet.Span, [("the request's addresses", Original[12..20].ToArray()), ("its payload", diagram.EchoPayload)]));
    }

    [Then("in the middle it has the IP header that host west gave it, but for protocol 50, length and checksum, and is laid out as")]
    public void ThenTransported(Table table)
    {
        var packet = Protected(diagram.Middle);
        claims.Hold(PassageOracle.KeptHeader(Original.Span, packet.Span));
        claims.Hold(PassageOracle.Sizes(Rows(table), packet.Span, Original.Length - Ipv4Header.MinSize));
        claims.Hold(PassageOracle.NotInClear(packet.Span, [("the request's payload", diagram.EchoPayload)]));
    }

    [Then("it carries the SPI that (?:gateway|host) east chose, and the sequence number 1")]
    public Task ThenNumbersAsync() => HoldNumbersAsync(diagram.Middle, Side.East);

    [Then("(?:gateway|host) east takes out of it, octet for octet, what (?:gateway|host) west put in")]
    public void ThenTakenOut() => claims.Hold(PassageOracle.Unchanged(
        Inner(PartyPlace.WestEntry, diagram.Ends).Span, Inner(PartyPlace.EastEntry, diagram.Ends).Span, routers: 0));

    [Then("host B receives it as host A sent it, but for a TTL lower by two")]
    public void ThenDelivered() => claims.Hold(PassageOracle.Unchanged(Original.Span, Inner(PartyPlace.HostB, diagram.Ends).Span, routers: 2));

    [Then("the answer takes the same way back from host B to host A")]
    public async Task ThenTunnelledBackAsync()
    {
        var (to, from) = diagram.Ends;
        var (sent, packet) = (Inner(PartyPlace.HostB, (from, to)), await HoldBackAsync());
        claims.Hold(PassageOracle.NewHeader(packet.Span, (diagram.Middle.East, diagram.Middle.West)));
        claims.Hold(PassageOracle.Unchanged(sent.Span, Inner(PartyPlace.EastEntry, (from, to)).Span, routers: 1));
        claims.Hold(PassageOracle.Unchanged(sent.Span, Inner(PartyPlace.WestEntry, (from, to)).Span, routers: 1));
        claims.Hold(PassageOracle.Unchanged(sent.Span, Inner(PartyPlace.HostA, (from, to)).Span, routers: 2));
    }

    [Then("the answer takes the same way back from host east to host west")]
    public async Task ThenTransportedBackAsync()
    {
        var (to, from) = diagram.Ends;
        var (sent, packet) = (Inner(PartyPlace.EastEntry, (from, to)), await HoldBackAsync());
        claims.Hold(PassageOracle.KeptHeader(sent.Span, packet.Span));
        claims.Hold(PassageOracle.Unchanged(sent.Span, Inner(PartyPlace.WestEntry, (from, to)).Span, routers: 0));
    }

    [Then("the answer comes back in ESP with a new IP header, and leaves gateway west for host A as it was, but for a TTL lower by one")]
    public async Task ThenAnsweredInTunnelAsync()
    {
        var (to, from) = diagram.Ends;
        var packet = await HoldBackAsync();
        claims.Hold(PassageOracle.NewHeader(packet.Span, (diagram.Middle.East, diagram.Middle.West)));
        claims.Hold(PassageOracle.NotInClear(packet.Span, [("the answer's payload", diagram.EchoPayload)]));
        claims.Hold(PassageOracle.Unchanged(Inner(PartyPlace.WestEntry, (from, to)).Span, Inner(PartyPlace.HostA, (from, to)).Span, routers: 1));
    }

    [Then("the answer comes back in ESP, with the IP header that host west finds on it, but for protocol 50, length and checksum")]
    public async Task ThenAnsweredInTransportAsync()
    {
        var (to, from) = diagram.Ends;
        var packet = await HoldBackAsync();
        claims.Hold(PassageOracle.KeptHeader(Inner(PartyPlace.WestEntry, (from, to)).Span, packet.Span));
        claims.Hold(PassageOracle.NotInClear(packet.Span, [("the answer's payload", diagram.EchoPayload)]));
    }

    [Then("in the middle only ESP is seen, and the IKE messages that set it up")]
    public void ThenOnlyProtected() => claims.Hold(PassageOracle.OnlyProtected(diagram.MiddleFrames, diagram.Middle));

    [Then("ESP has carried all of it")]
    public void ThenCarried()
    {
        var octets = PassageOracle.EspOctets(diagram.MiddleFrames);
        claims.Hold(octets > 2L * _wanted, $"more than {2L * _wanted} octets in ESP", () => $"{octets}");
    }

    /// <summary>The packet as its sender made it.</summary>
    private ReadOnlyMemory<byte> Original => Inner(diagram.SendersPlace, diagram.Ends);

    private static IEnumerable<LayoutOracle.Row> Rows(Table table) => table.Rows.Select(row => new LayoutOracle.Row(row["section"], row["bytes"]));

    private async Task<ReadOnlyMemory<byte>> HoldBackAsync()
    {
        await HoldNumbersAsync((diagram.Middle.East, diagram.Middle.West), Side.West);
        return Protected((diagram.Middle.East, diagram.Middle.West));
    }

    private async Task HoldNumbersAsync((IPAddress From, IPAddress To) way, Side receiver)
    {
        var spi = await diagram.InboundSpiAsync(receiver);
        claims.Hold(spi is not null, "a pair of SAs", () => "none");
        claims.Hold(PassageOracle.Numbers(Protected(way).Span, spi.Value, 1));
    }

    private ReadOnlyMemory<byte> Protected((IPAddress From, IPAddress To) way) => Seen(PartyPlace.Middle, IpProtocol.Esp, way);

    private ReadOnlyMemory<byte> Inner(PartyPlace place, (IPAddress From, IPAddress To) way) => Seen(place, IpProtocol.Icmp, way);

    private ReadOnlyMemory<byte> Seen(PartyPlace place, IpProtocol protocol, (IPAddress From, IPAddress To) way)
    {
        var packet = diagram.First(place, protocol, way.From, way.To);
        claims.Hold(packet is not null, $"a packet of protocol {(byte)protocol} from {way.From} to {way.To} at {place}", () => "none");
        return packet.Value;
    }
}
