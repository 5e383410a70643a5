// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Esp;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class EspOracleTests
{
    private static readonly (IPAddress, IPAddress) Hosts = (Conversation.WestHost, Conversation.EastHost);

    private static readonly IReadOnlyList<ObservedFrame> Frames = Conversation.Recorded("AES-CBC-128", "HMAC-SHA2-256-128", echoes: 3);
    private static readonly IReadOnlyList<ObservedEsp> Esp = [.. Frames.OfType<ObservedEsp>()];
    private static readonly IReadOnlyList<ObservedEsp> East = [.. Esp.Where(frame => frame.From == "east")];

    [TestCase("AES-GCM-16-128", null)]
    [TestCase("AES-CBC-128", "HMAC-SHA2-256-128")]
    public void HonestTrafficKeepsTheRules(string encryption, string? integrity)
    {
        ObservedEsp[] esp = [.. Conversation.Recorded(encryption, integrity, echoes: 3).OfType<ObservedEsp>()];
        EspOracle.OnlyEspBetweenGateways(esp).Should().BeNull();
        EspOracle.SequenceNumbers(esp.Where(frame => frame.From == "east"), [1, 2, 3]).Should().BeNull();
        EspOracle.Padding(esp).Should().BeNull();
        EspOracle.DistinctIvs([.. esp.Where(frame => frame.From == "east")]).Should().BeNull();
        EspOracle.CarryEchoBetween(esp, Hosts).Should().BeNull();
    }

    [Test]
    public void NoFrameProvesNothing()
    {
        var none = new Finding("ESP frames", "none");
        EspOracle.OnlyEspBetweenGateways([]).Should().Be(none);
        EspOracle.SequenceNumbers([], [1]).Should().NotBeNull();
        EspOracle.Padding([]).Should().Be(none);
        EspOracle.DistinctIvs([]).Should().Be(none);
        EspOracle.CarryEchoBetween([], Hosts).Should().Be(none);
    }

    [Test]
    public void IvsThatCanBeForeseen()
    {
        EspOracle.UnforeseeableIvs(East).Should().BeNull();
        EspOracle.UnforeseeableIvs([.. East.Take(2)])!.Came.Should().Be("none");
        EspOracle.UnforeseeableIvs(WithIvs(1, 2, 3))!.Came.Should().Be("1 and 2");
        var far = (byte[])[0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f, 0x0f];
        byte[] Times(int n) => [.. far.Select(octet => (byte)(octet * n))];
        EspOracle.UnforeseeableIvs([.. East.Select((frame, i) => WithIv(frame, Times(i + 1)))])!.Came.Should().Be("IVs at the same distance from one another");
        EspOracle.UnforeseeableIvs([.. East.Select(frame => frame with { Inspection = null })])!.Legal.Should().Be("a frame that opens with the negotiated keys");
    }

    private static List<ObservedEsp> WithIvs(params byte[] last) => [.. last.Select((octet, i) => WithIv(East[i], [.. new byte[15], octet]))];

    private static ObservedEsp WithIv(ObservedEsp frame, byte[] iv) => frame with { Inspection = frame.Inspection! with { Iv = iv } };

    [Test]
    public void AnIkeMessageAmongTheTraffic() => EspOracle.OnlyEspBetweenGateways([Esp[0], Frames[8], Esp[1]])!
        .Came.Should().Be("frame 9 from west to east: Quick Mode #3, HASH");

    [Test]
    public void AClearPacketAmongTheTraffic()
    {
        var clear = Conversation.Observe([Conversation.Frame(Conversation.WestHost, Conversation.EastHost, IpProtocol.Icmp, new byte[12])], WireKeys.None);
        EspOracle.OnlyEspBetweenGateways([.. Esp, .. clear])!.Came.Should().Be("frame 1 from 198.18.0.5 to 198.19.0.7: Icmp, 12 bytes");
    }

    [Test]
    public void EspThatBelongsToNoSa() => EspOracle.OnlyEspBetweenGateways(Esp.But(2, frame => frame with { Sa = null, Inspection = null }))!
        .Came.Should().EndWith("no SA has this SPI");

    [Test]
    public void EspFromOrToSomebodyElse()
    {
        EspOracle.OnlyEspBetweenGateways(Esp.But(1, frame => frame with { From = "198.51.100.99" }))!.Came.Should().Contain("from 198.51.100.99");
        EspOracle.OnlyEspBetweenGateways(Esp.But(1, frame => frame with { To = "198.51.100.99" }))!.Came.Should().Contain("to 198.51.100.99");
    }

    [TestCase(new uint[] { 1, 2, 4 }, TestName = "A gap in the sequence numbers")]
    [TestCase(new uint[] { 2, 3, 4 }, TestName = "Sequence numbers that do not start at 1")]
    [TestCase(new uint[] { 0, 1, 2 }, TestName = "Sequence numbers that start at 0")]
    [TestCase(new uint[] { 1, 2, 2 }, TestName = "A sequence number used twice")]
    [TestCase(new uint[] { 1, 3, 2 }, TestName = "Sequence numbers out of order")]
    [TestCase(new uint[] { 1, 2 }, TestName = "A frame too few")]
    [TestCase(new uint[] { 1, 2, 3, 4 }, TestName = "A frame too many")]
    public void SequenceNumbersThatDiffer(uint[] seen)
    {
        var frames = seen.Select(number => East[0] with { Header = East[0].Header with { SequenceNumber = number } });
        EspOracle.SequenceNumbers(frames, [1, 2, 3]).Should().Be(new Finding("sequence numbers 1, 2, 3", string.Join(", ", seen)));
    }

    [TestCase(new byte[] { 0, 0, 0 })]
    [TestCase(new byte[] { 1, 2, 4 })]
    [TestCase(new byte[] { 0, 1, 2 })]
    [TestCase(new byte[] { 3, 3, 3 })]
    public void PaddingThatDoesNotCount(byte[] padding) => Padding(opened => opened with { Padding = padding, Trailer = EspOutcome.BadPadding })
        .Should().Be(new Finding("padding 1, 2, 3 ...", $"frame {East[1].Number}: {Convert.ToHexStringLower(padding)}"));

    [Test]
    public void NoPaddingAtAllIsRight() => Padding(opened => opened with { Padding = default, PadLength = 0 }).Should().BeNull();

    [Test]
    public void APadLengthThatCannotBe() => Padding(opened => opened with { Padding = default, PadLength = 200, Trailer = EspOutcome.BadPadLength })
        .Should().Be(new Finding("padding 1, 2, 3 ...", $"frame {East[1].Number}: pad length 200, more than there is"));

    [Test]
    public void PaddingThatNobodyCanSee()
    {
        EspOracle.Padding(East.But(1, frame => frame with { Inspection = null }))!.Legal.Should().Be("a frame that opens with the negotiated keys");
        Padding(opened => opened with { IsIcvValid = false })!.Came.Should().EndWith("the ICV is wrong");
    }

    [Test]
    public void AnIvUsedTwice()
    {
        var iv = East[0].Inspection!.Iv;
        EspOracle.DistinctIvs(East.But(2, frame => frame.Opened(opened => opened with { Iv = iv.ToArray() })))!.Came
            .Should().Be($"frames {East[0].Number} and {East[2].Number} have IV {Convert.ToHexStringLower(iv.Span)}");
    }

    [Test]
    public void AnIvThatNobodyCanSee() => EspOracle.DistinctIvs(East.But(1, frame => frame with { Inspection = null }))!
        .Legal.Should().Be("a frame that opens with the negotiated keys");

    [Test]
    public void FramesThatDoNotOpen()
    {
        Echo(frame => frame with { Inspection = null }).Should().NotBeNull();
        Echo(frame => frame.Opened(opened => opened with { IsIcvValid = false })).Should().NotBeNull();
    }

    [Test]
    public void AnotherNextHeader([Values(0, 1, 41, 59)] byte next) => Echo(frame => frame.Opened(opened => opened with { NextHeader = next }))!
        .Legal.Should().Be("an ICMP echo between 198.18.0.5 and 198.19.0.7 in ESP, next header 4");

    [Test]
    public void AnInnerPacketThatIsNoEcho()
    {
        Echo(frame => frame.Opened(opened => opened with { Payload = opened.Payload[..19] })).Should().NotBeNull();
        Echo(Inner(packet => packet[Ipv4Header.MinSize] = 3)).Should().NotBeNull("an unreachable message is no echo");
        Echo(Inner(packet => packet[^1] ^= 1)).Should().NotBeNull("its checksum is wrong");
    }

    [Test]
    public void AnEchoBetweenOtherHosts()
    {
        EspOracle.CarryEchoBetween(Esp, (Conversation.WestHost, IPAddress.Parse("198.19.0.8"))).Should().NotBeNull();
        EspOracle.CarryEchoBetween(Esp, (IPAddress.Parse("198.18.0.6"), Conversation.EastHost)).Should().NotBeNull();
        EspOracle.CarryEchoBetween(Esp, (Conversation.WestHost, Conversation.WestHost)).Should().NotBeNull();
    }

    private static Finding? Padding(Func<EspInspection, EspInspection> change) => EspOracle.Padding(East.But(1, frame => frame.Opened(change)));

    private static Finding? Echo(Func<ObservedEsp, ObservedEsp> change) => EspOracle.CarryEchoBetween(Esp.But(3, change), Hosts);

    private static Func<ObservedEsp, ObservedEsp> Inner(Action<byte[]> change) => frame => frame.Opened(opened =>
    {
        var packet = opened.Payload.ToArray();
        change(packet);
        return opened with { Payload = packet };
    });
}
