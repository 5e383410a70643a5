// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Fixtures.Judgement.Tests.Observation;
using Ipsec.Ike.V1;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Oracles;

[Parallelizable(ParallelScope.All)]
public sealed class EchoAnswerOracleTests
{
    private const int Length = 44;

    private static readonly ObservedFrame[] Tunnel = FromEast(new(EncryptionAlgorithm.Named("AES-GCM-16-128"), null), SaMode.Tunnel);
    private static readonly ObservedFrame[] Transport = FromEast(Phase2Suite.Ah(IntegrityAlgorithm.Named("HMAC-SHA1-96")), SaMode.Transport);

    [Test]
    public void HonestAnswersAreRight()
    {
        foreach (var (answers, source, destination) in new[] { (Tunnel, Conversation.EastHost, Conversation.WestHost), (Transport, Conversation.East, Conversation.West) })
        {
            EchoAnswerOracle.SameSize(answers, _ => Length).Should().BeNull();
            EchoAnswerOracle.InnerHeader(answers, (source, destination), 64).Should().BeNull();
            EchoAnswerOracle.TrafficClass(answers, isOuter: true, 0, 0).Should().BeNull();
            EchoAnswerOracle.TrafficClass(answers, isOuter: false, 0, 0).Should().BeNull();
        }
    }

    [Test]
    public void OthersAreNot()
    {
        EchoAnswerOracle.SameSize(Tunnel, _ => Length + 1)!.Came.Should().EndWith("44 octets");
        EchoAnswerOracle.InnerHeader(Tunnel, (Conversation.East, Conversation.West), 64)!.Came.Should().Contain("from 198.19.0.7 to 198.18.0.5, protocol 1, TTL 64, 44 octets");
        EchoAnswerOracle.InnerHeader(Tunnel, (Conversation.EastHost, Conversation.WestHost), 63).Should().NotBeNull();
        EchoAnswerOracle.TrafficClass(Tunnel, isOuter: true, 46, null)!.Legal.Should().Be("DSCP 46 in the outer header");
        EchoAnswerOracle.TrafficClass(Tunnel, isOuter: false, null, 3)!.Legal.Should().Be("ECN CE in the inner header");
        EchoAnswerOracle.TrafficClass(Tunnel, isOuter: false, 1, 2)!.Legal.Should().Be("DSCP 1 and ECN ECT(0) in the inner header");
    }

    [Test]
    public void NoAnswerProvesNothing()
    {
        EchoAnswerOracle.SameSize([], _ => Length).Should().Be(new Finding("answers", "none"));
        EchoAnswerOracle.InnerHeader([], (Conversation.East, Conversation.West), 64).Should().NotBeNull();
        EchoAnswerOracle.TrafficClass([], isOuter: true, null, null).Should().NotBeNull();
    }

    [Test]
    public void WhatDoesNotOpenHasNoInnerPacket()
    {
        var closed = ((ObservedEsp)Tunnel[0]) with { Inspection = null };
        InnerPacket.Of(closed).Should().BeNull();
        InnerPacket.Text(closed).Should().StartWith("no IPv4 packet; ");
        EchoAnswerOracle.SameSize([closed], _ => Length)!.Came.Should().EndWith("0 octets");
        EchoAnswerOracle.InnerHeader([closed], (Conversation.EastHost, Conversation.WestHost), 64).Should().NotBeNull();
    }

    [Test]
    public void PiecesAreSeenAsThePacketWithTheLastOfThem([Values] bool isReversed)
    {
        using var conversation = new Conversation();
        conversation.QuickModes("net");
        conversation.Ping(1);
        var last = conversation.Frames[^1];
        var pieces = Pieces(last);
        if (isReversed)
        {
            pieces.Reverse();
        }

        var seen = Conversation.Observe([.. conversation.Frames[..^1], .. pieces], conversation.Keys);
        seen.Should().HaveCount(conversation.Frames.Count - 1 + pieces.Count);
        seen[^1].Should().BeOfType<ObservedEsp>().Which.Echo!.Value.IsReply.Should().BeTrue();
        seen[^1].Bytes.Length.Should().Be(last.Bytes.Length);
        seen[^2].Should().BeOfType<ObservedOther>().Which.Description.Should().StartWith("piece of a packet of protocol 50, from octet ");
        seen[^2].From.Should().Be("east");
    }

    private static List<RawFrame> Pieces(RawFrame frame)
    {
        IpFragmenter.TryCreate(frame.Bytes.Span[EthernetHeader.Size..], 60, 1, out var fragmenter).Should().BeTrue();
        var pieces = new List<RawFrame>();
        var buffer = new byte[60];
        while (fragmenter.TryNext(buffer, out var written))
        {
            pieces.Add(frame with { Bytes = (byte[])[.. frame.Bytes.Span[..EthernetHeader.Size], .. buffer.AsSpan(0, written)] });
        }

        pieces.Should().HaveCountGreaterThan(1);
        return pieces;
    }

    private static ObservedFrame[] FromEast(Phase2Suite suite, SaMode mode) =>
        [.. Conversation.Recorded(suite, mode).Where(frame => frame is { From: "east" } and (ObservedEsp or ObservedAh))];
}
