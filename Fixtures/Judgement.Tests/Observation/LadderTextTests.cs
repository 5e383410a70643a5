// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Observation;

[Parallelizable(ParallelScope.All)]
public sealed class LadderTextTests
{
    [Test]
    public void MessagesAreArrowsWithTheirPayloads()
    {
        var frames = Conversation.Recorded();
        var start = frames[0].Time;
        LadderText.ToLadder(frames[0], start).Should().Be(new LadderStep("west", "east", "Identity Protection #1", "SA", false, null, 0));
        LadderText.ToLadder(frames[7], start).Should().Be(
            new LadderStep("east", "west", "Quick Mode #2", "HASH, SA, NONCE, ID, ID", true, null, (frames[7].Time - start).TotalMilliseconds));
        LadderText.ToLadder(frames[9], start).Sublabel.Should().Be("sequence number 1, echo request 1");
        LadderText.ToLadder(frames[^1], start).Sublabel.Should().Be("sequence number 2, echo reply 2");
    }

    [Test]
    public void WhatIsWrongIsRemarked()
    {
        using var conversation = new Conversation("AES-CBC-128", "HMAC-SHA2-256-128");
        conversation.QuickModes("net");
        conversation.Ping(1);
        var frames = conversation.Frames;
        Note(conversation.Keys, frames[0], frames[0]).Should().Be("sent again");
        Note(WireKeys.None, [.. frames.Take(5)]).Should().Be("no key");
        Note(WireKeys.None, frames[^1]).Should().Be("no SA has this SPI");
        var damaged = frames[^1].Bytes.ToArray();
        damaged[^1] ^= 1;
        Note(conversation.Keys, frames[^1] with { Bytes = damaged }).Should().Be("the ICV is wrong");
        Note(conversation.Keys, frames[^1]).Should().BeNull();
    }

    [Test]
    public void TheTraceHoldsStepBytesAndFields()
    {
        var frames = Conversation.Recorded();
        var one = LadderText.ToTrace(frames[0], frames[0].Time);
        one.Step.Should().Be("step of frame 1");
        one.Bytes.Should().Be(Convert.ToHexStringLower(frames[0].Bytes.Span));
        one.Fields.Should().HaveCount(2).And.Contain(field => field.StartsWith("SA > proposal 1 Isakmp") && field.Contains("1=7") && field.Contains("14=128"));
        LadderText.ToTrace(frames[4], frames[0].Time).Fields.Should().Contain(field => field.Contains("west.conformance.example"));
        LadderText.ToTrace(frames[^1], frames[0].Time).Fields.Should().Contain(field => field.StartsWith("ICV right, pad length"));
    }

    private static string? Note(WireKeys keys, params RawFrame[] frames)
    {
        var last = Conversation.Observe(frames, keys)[^1];
        return LadderText.ToLadder(last, last.Time).Note;
    }
}
