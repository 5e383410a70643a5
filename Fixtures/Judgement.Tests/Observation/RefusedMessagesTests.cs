// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Fixtures.Judgement.Tests.Observation;

/// <summary>What a receiver refuses does not move its IV or its keys, so it must not blind the observer either (RFC 2409 appendix B).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RefusedMessagesTests
{
    [TestCase(5)]
    [TestCase(6)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(9)]
    public void ADamagedCopyBeforeTheHonestMessageLeavesTheRestReadable(int number)
    {
        using var conversation = Talk();
        var honest = Messages(conversation, conversation.Frames);
        var damaged = honest[number - 1].Datagram.ToArray();
        damaged[^1] ^= 1;
        var frames = conversation.Frames.ToList();
        frames.Insert(number - 1, Conversation.Ike(honest[number - 1].From == "west", damaged));
        var messages = Messages(conversation, frames);
        messages.RemoveAt(number - 1);
        messages.Select(message => message.PayloadNames).Should().Equal(honest.Select(message => message.PayloadNames)).And.NotContain("unreadable");
    }

    [TestCase(3)]
    [TestCase(4)]
    public void APublicValueThatWasRefusedIsReplacedByTheNextOfItsSender(int number)
    {
        using var conversation = Talk();
        var honest = Messages(conversation, conversation.Frames);
        var message = honest[number - 1].Message!;
        var bent = message with { Payloads = [.. message.Payloads.Select(p => p is KeyExchangePayload ? new KeyExchangePayload(new byte[64]) : p)] };
        var frames = conversation.Frames.ToList();
        frames.Insert(number - 1, Conversation.Ike(honest[number - 1].From == "west", bent.Encode()));
        Messages(conversation, frames).Should().OnlyContain(seen => seen.Problem == null);
    }

    [Test]
    public void OnPort4500AMarkerStandsBeforeIkeAndEspHasNone()
    {
        using var conversation = Talk();
        var honest = Messages(conversation, conversation.Frames);
        var frames = conversation.Frames.Take(4)
            .Concat(honest.Skip(4).Select(m => Conversation.Ike(m.From == "west", [0, 0, 0, 0, .. m.Datagram.Span], 4500)))
            .Append(Conversation.Ike(fromWest: true, [0xff], 4500))
            .Append(Conversation.Ike(fromWest: true, [0x12, 0x34, 0x56, 0x78, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], 4500));
        var observed = Conversation.Observe(frames, conversation.Keys);
        var messages = observed.OfType<ObservedIke>().ToArray();
        messages.Select(message => message.PayloadNames).Should().Equal(honest.Select(message => message.PayloadNames));
        messages.Select(message => message.HasNonEspMarker).Should().Equal(honest.Select((_, index) => index >= 4));
        observed.OfType<ObservedOther>().Single().Description.Should().Be("NAT keepalive");
        var esp = observed.OfType<ObservedEsp>().Single();
        (esp.Header.Spi, esp.Udp?.DestinationPort).Should().Be((0x12345678u, (ushort)4500));
    }

    [Test]
    public void AMessageInPiecesIsReadWithItsLastPiece()
    {
        using var conversation = Talk();
        var honest = Messages(conversation, conversation.Frames);
        var five = honest[4].Datagram;
        int[] order = [3, 1, 2];
        var pieces = order.Select(number => Piece(honest[4].Header, number, five[((number - 1) * 40)..(number == 3 ? five.Length : number * 40)], isLast: number == 3));
        var observed = Conversation.Observe([.. conversation.Frames.Take(4), .. pieces, .. conversation.Frames.Skip(5)], conversation.Keys);
        observed.OfType<ObservedFragment>().Select(piece => (int)piece.Fragment.Number).Should().Equal(3, 1);
        var messages = observed.OfType<ObservedIke>().ToArray();
        messages.Select(message => message.PayloadNames).Should().Equal(honest.Select(message => message.PayloadNames));
        messages.Select(message => message.Pieces).Should().Equal(1, 1, 1, 1, 3, 1, 1, 1, 1);

        RawFrame Piece(IsakmpHeader header, int number, ReadOnlyMemory<byte> data, bool isLast) => Conversation.Ike(
            fromWest: true,
            new IsakmpMessage(
                header with { Flags = IsakmpFlags.None, NextPayload = PayloadType.Fragment },
                [new FragmentPayload(1, (byte)number, isLast ? FragmentPayload.LastFlag : (byte)0, data)]).Encode());
    }

    private static Conversation Talk()
    {
        var conversation = new Conversation();
        conversation.QuickModes("net");
        return conversation;
    }

    private static List<ObservedIke> Messages(Conversation conversation, IEnumerable<RawFrame> frames) =>
        [.. Conversation.Observe(frames, conversation.Keys).OfType<ObservedIke>()];
}
