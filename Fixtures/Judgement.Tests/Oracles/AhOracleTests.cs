// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class AhOracleTests
{
    private static readonly (IPAddress, IPAddress) Hosts = (Conversation.WestHost, Conversation.EastHost);
    private static readonly (IPAddress, IPAddress) Gateways = (Conversation.West, Conversation.East);
    private static readonly IReadOnlyList<ObservedFrame> Frames = Record("HMAC-SHA2-256-128", SaMode.Tunnel);
    private static readonly IReadOnlyList<ObservedAh> Ah = [.. Frames.OfType<ObservedAh>()];
    private static readonly IReadOnlyList<ObservedAh> East = [.. Ah.Where(frame => frame.From == "east")];

    [Test]
    public void HonestTrafficKeepsTheRules([ValueSource(nameof(Algorithms))] string algorithm, [Values] SaMode mode)
    {
        ObservedAh[] ah = [.. Record(algorithm, mode).OfType<ObservedAh>()];
        ah.Should().HaveCount(6);
        AhOracle.OnlyAhBetweenGateways(ah).Should().BeNull();
        AhOracle.Header(ah).Should().BeNull();
        AhOracle.SequenceNumbers(ah.Where(frame => frame.From == "east"), [1, 2, 3]).Should().BeNull();
        AhOracle.CarryEchoBetween(ah, mode, mode == SaMode.Tunnel ? Hosts : Gateways).Should().BeNull();
        ah.Select(frame => frame.Echo?.IsReply).Should().Equal(ah.Select(frame => (bool?)(frame.From == "east")));
    }

    [Test]
    public void NoFrameProvesNothing()
    {
        var none = new Finding("AH frames", "none");
        AhOracle.OnlyAhBetweenGateways([]).Should().Be(none);
        AhOracle.Header([]).Should().Be(none);
        AhOracle.SequenceNumbers([], [1]).Should().NotBeNull();
        AhOracle.CarryEchoBetween([], SaMode.Tunnel, Hosts).Should().Be(none);
    }

    [Test]
    public void AnotherFrameAmongTheTraffic()
    {
        AhOracle.OnlyAhBetweenGateways([Ah[0], Frames[8]])!.Came.Should().Be("frame 9 from west to east: Quick Mode #3, HASH");
        AhOracle.OnlyAhBetweenGateways(Ah.But(1, frame => frame with { Sa = null, Inspection = null }))!.Came.Should().EndWith("no SA has this SPI");
        AhOracle.OnlyAhBetweenGateways(Ah.But(1, frame => frame with { From = "198.51.100.99" }))!.Came.Should().Contain("from 198.51.100.99");
    }

    [Test]
    public void WrongHeaders()
    {
        Header(frame => frame with { Header = frame.Header with { Reserved = 1 } }).Should().Be(new Finding("reserved 0", $"frame {East[1].Number}: reserved 1"));
        Header(frame => frame with { Header = frame.Header with { Spi = 255 } })!.Came.Should().EndWith("SPI 255");
        Header(frame => frame with { Header = frame.Header with { Length = 32 } }).Should().Be(new Finding("28 octets, a payload length of 5", $"frame {East[1].Number}: 32 octets"));
        Header(frame => frame with { Inspection = frame.Inspection! with { IsIcvValid = false } })!.Came.Should().EndWith("the ICV is wrong");
        Header(frame => frame with { Inspection = null })!.Came.Should().EndWith("it cannot be read");
        Header(frame => frame with { Sa = null, Inspection = null })!.Legal.Should().Be("a frame that the negotiated SA reads");
    }

    [TestCase(new uint[] { 1, 2, 4 })]
    [TestCase(new uint[] { 0, 1, 2 })]
    [TestCase(new uint[] { 1, 2 })]
    public void SequenceNumbersThatDiffer(uint[] seen) =>
        AhOracle.SequenceNumbers(seen.Select(number => East[0] with { Header = East[0].Header with { SequenceNumber = number } }), [1, 2, 3])
            .Should().Be(new Finding("sequence numbers 1, 2, 3", string.Join(", ", seen)));

    [Test]
    public void EchoesThatAreCarriedOtherwise()
    {
        Echo(SaMode.Transport, Hosts, frame => frame)!.Legal.Should().EndWith("next header 1");
        Echo(SaMode.Tunnel, Gateways, frame => frame)!.Legal.Should().EndWith("next header 4");
        Echo(SaMode.Tunnel, Hosts, frame => frame with { Inspection = frame.Inspection! with { IsIcvValid = false } }).Should().NotBeNull();
        Echo(SaMode.Tunnel, Hosts, frame => frame with { Inspection = frame.Inspection! with { Payload = frame.Inspection.Payload[..30] } }).Should().NotBeNull();
        Echo(SaMode.Tunnel, Hosts, frame => frame with { Inspection = null }).Should().NotBeNull();
    }

    [Test]
    public void WhatIsWrongIsRemarked()
    {
        LadderText.ToLadder(Ah[^1], Ah[^1].Time).Should().Match<LadderStep>(step => step.Label.StartsWith("AH 0x") && step.Sublabel == "sequence number 3, echo reply 3" && step.Note == null && !step.Encrypted);
        LadderText.ToTrace(Ah[^1], Ah[^1].Time).Fields.Should().Contain("ICV right");
        Observed(bytes => bytes[^1] ^= 1).Note.Should().Be("the ICV is wrong");
        Observed(bytes => bytes[EthernetHeader.Size + Ipv4Header.MinSize + 1] = 2).Note.Should().Be("it cannot be read");
        Observed(bytes => bytes[EthernetHeader.Size + Ipv4Header.MinSize + 4] ^= 1).Note.Should().Be("no SA has this SPI");
    }

    private static IEnumerable<string> Algorithms => IntegrityAlgorithm.All.Select(row => row.Name).Where(name => IntegrityAlgorithm.Named(name).IkeV1AhId is not null);

    private static IReadOnlyList<ObservedFrame> Record(string algorithm, SaMode mode) => Conversation.Recorded(Phase2Suite.Ah(IntegrityAlgorithm.Named(algorithm)), mode, echoes: 3);

    private static Finding? Header(Func<ObservedAh, ObservedAh> change) => AhOracle.Header(East.But(1, change));

    private static Finding? Echo(SaMode mode, (IPAddress, IPAddress) hosts, Func<ObservedAh, ObservedAh> change) => AhOracle.CarryEchoBetween(Ah.But(2, change), mode, hosts);

    private static LadderStep Observed(Action<byte[]> change)
    {
        using var conversation = new Conversation(Phase2Suite.Ah(IntegrityAlgorithm.Named("HMAC-SHA1-96")));
        conversation.QuickModes("net");
        conversation.Ping(1);
        var last = conversation.Frames[^1];
        var bytes = last.Bytes.ToArray();
        change(bytes);
        var frame = Conversation.Observe([last with { Bytes = bytes }], conversation.Keys)[0];
        return LadderText.ToLadder(frame, frame.Time);
    }
}
