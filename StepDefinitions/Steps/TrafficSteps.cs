// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Scenes;
using Ipsec.StepDefinitions.Support;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Steps;

/// <summary>What the hosts send, and what is seen of it between the gateways.</summary>
[Binding]
public sealed class TrafficSteps(Scene scene, Claims claims)
{
    private const int TellTaleOctets = 16;

    private int _answers;

    [When("a host behind (west|east) pings a host behind (?:west|east) (.*)")]
    public async Task WhenPing(Side from, int count) => _answers = await scene.PingAsync(from, count);

    [Given("a ping from behind west to behind east was answered")]
    [Then("a ping from behind west to behind east is answered")]
    [Then("a ping from west to east is answered")]
    public async Task ThenOnePing()
    {
        _answers = await scene.PingAsync(Side.West, 1);
        ThenAnswered();
    }

    [Then("every ping is answered")]
    public void ThenAnswered() => claims.Hold(
        _answers == scene.EchoesWanted,
        $"{scene.EchoesWanted} echo replies in ESP",
        () => $"{_answers}; frames: {string.Join("; ", Traffic().Select(f => $"{f.Number} {EspOracle.Text(f)}"))}");

    [Then("the frames on the wire are ESP between the gateways only")]
    public void ThenOnlyEsp() => claims.Hold(EspOracle.OnlyEspBetweenGateways(Traffic()));

    [Then("neither inner address nor payload appears in clear in any frame")]
    public void ThenNothingInClear()
    {
        var payloads = Traffic().OfType<ObservedEsp>()
            .Where(frame => frame.Inspection is { Payload.Length: >= TellTaleOctets })
            .Select(frame => ("the payload", frame.Inspection!.Payload[^TellTaleOctets..].ToArray()));
        claims.Hold(ClearTextOracle.NeverInClear(Traffic(),
        [
            ("the address behind west", scene.Bed.Addresses.WestHost(0).GetAddressBytes()),
            ("the address behind east", scene.Bed.Addresses.EastHost(0).GetAddressBytes()),
            .. payloads,
        ]));
    }

    [Then("every ESP frame decrypts to the ICMP echo that was sent")]
    public void ThenEchoes() => claims.Hold(EspOracle.CarryEchoBetween(
        [.. Traffic().OfType<ObservedEsp>()], (scene.HostOf(Side.West), scene.HostOf(Side.East))));

    [Then("each ESP frame from (west|east) is laid out as")]
    public void ThenLayout(Side side, Table table)
    {
        LayoutOracle.Row[] rows = [.. table.Rows.Select(row => new LayoutOracle.Row(row["section"], row["bytes"]))];
        var (west, east) = (scene.Bed.Addresses.West, scene.Bed.Addresses.East);
        var frames = From(side);
        claims.Hold(frames.Count > 0, "ESP frames", () => "none");
        foreach (var frame in frames)
        {
            claims.Hold(LayoutOracle.Check(rows, frame, side == Side.West ? (west, east) : (east, west)));
        }
    }

    [Then("the padding of every ESP frame from east is 1, 2, 3 and so on")]
    public void ThenPadding() => claims.Hold(EspOracle.Padding(From(Side.East)));

    [Then("no two ESP frames from east have the same IV")]
    public void ThenIvs() => claims.Hold(EspOracle.DistinctIvs(From(Side.East)));

    [Then("no IV from east can be told from the one before")]
    public void ThenUnforeseeable() => claims.Hold(EspOracle.UnforeseeableIvs(From(Side.East)));

    [Then("the ESP frames from east are numbered (.*)")]
    public void ThenNumbered(string numbers) =>
        claims.Hold(EspOracle.SequenceNumbers(From(Side.East), [.. numbers.Split(", ").Select(n => uint.Parse(n, null))]));

    [Then("east sends with the SPI of the new pair")]
    public void ThenNewSpi()
    {
        var spi = scene.WestPairs[^1].InboundSpi;
        var frames = From(Side.East);
        claims.Hold(
            frames.Count > 0 && frames.TrueForAll(frame => frame.Header.Spi == spi),
            $"ESP frames with SPI {spi:x8}",
            () => frames.Count == 0 ? "no ESP frame" : string.Join(", ", frames.Select(frame => $"frame {frame.Number}: SPI {frame.Header.Spi:x8}")));
    }

    private List<ObservedFrame> Traffic() => [.. scene.Frames.Where(frame => frame.Number > scene.TrafficStartsAt)];

    private List<ObservedEsp> From(Side side) =>
        [.. Traffic().OfType<ObservedEsp>().Where(frame => string.Equals(frame.From, side.ToString(), StringComparison.OrdinalIgnoreCase))];
}
