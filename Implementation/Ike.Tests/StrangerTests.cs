// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Ike.Tests;

/// <summary>What those can do who have proved nothing: forge addresses, repeat, reflect, flood (RFC 2408 section 1.7).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StrangerTests
{
    [Test]
    public void HalfOpenSasAreBoundedAndTheOldestGoesFirst()
    {
        var ladder = new Ladder(limits: new IkeV1Limits { HalfOpenSas = 5 });
        var first = MessageOne();
        for (byte i = 1; i <= 8; i++)
        {
            ladder.Inject(ladder.East, WithInitiatorCookie(first, i)).Should().ContainSingle();
        }

        ladder.East.Saw<IkeSaClosed>().Select(c => c.Sa.InitiatorCookie.Value).Should().Equal(Repeated(1), Repeated(2), Repeated(3));
        ladder.Connect(ladder.West);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle("a flood from before does not lock out the peer");
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.East.Saw<IkeSaClosed>().Should().HaveCount(8, "what is half open is given up in the end");
    }

    [Test]
    public void AnEstablishedSaIsNotDroppedForHalfOpenOnes()
    {
        var ladder = new Ladder(limits: new IkeV1Limits { HalfOpenSas = 1 });
        ladder.Connect(ladder.West);
        for (byte i = 1; i <= 8; i++)
        {
            ladder.Inject(ladder.East, WithInitiatorCookie(MessageOne(), i));
        }

        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void AnotherMessageOneWithTheSameCookieIsNeitherAnsweredNorHarmful()
    {
        var ladder = new Ladder { Copies = number => number == 3 ? 0 : 1 };
        ladder.Connect(ladder.West);
        var other = ladder.Wire[0].Bytes.ToArray();
        other[^1] ^= 1;
        ladder.Inject(ladder.East, other).Should().BeEmpty();
        ladder.Run(TimeSpan.FromSeconds(30));
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>Message 3 without our cookie comes from somebody who cannot receive at the address it claims (RFC 2408 section 2.5.3).</summary>
    [Test]
    public void MessageThreeNeedsTheResponderCookie()
    {
        var ladder = new Ladder { Copies = number => number == 3 ? 0 : 1 };
        ladder.Connect(ladder.West);
        var blind = ladder.Wire[2].Bytes.ToArray();
        blind.AsSpan(8, 8).Clear();
        ladder.Inject(ladder.East, blind).Should().BeEmpty();
        ladder.East.Saw<IkeSaKeyed>().Should().BeEmpty();
    }

    [Test]
    public void OurOwnMessagesComingBackAreNotAnswers([Range(1, 9)] int message)
    {
        var ladder = new Ladder { Copies = number => number == message ? 0 : 1 };
        ladder.Connect(ladder.West);
        var sender = ladder.Wire[message - 1].From == "west" ? ladder.West : ladder.East;
        ladder.Inject(sender, ladder.Wire[message - 1].Bytes).Should().HaveCountLessThanOrEqualTo(1);
        ladder.Run(TimeSpan.FromMinutes(2));

        // Only what is neither encrypted nor hashed can take the place of an answer: messages 3 and 4 hold a public value
        // and a nonce whoever sends them.
        ladder.West.Endpoint.ChildSas.Should().HaveCount(message is 3 ? 0 : 1);
        ladder.East.Endpoint.ChildSas.Should().HaveCount(message is 3 ? 0 : 1);
    }

    [Test]
    public void ASaIsBoundToItsAddressAndPort([Range(2, 9)] int message)
    {
        var ladder = new Ladder { Copies = number => number == message ? 0 : 1 };
        ladder.Connect(ladder.West);
        var bytes = ladder.Wire[message - 1].Bytes;
        var receiver = message % 2 == 1 ? ladder.East : ladder.West;
        var right = receiver == ladder.East ? PolicyPair.WestEnd : PolicyPair.EastEnd;
        ladder.Inject(receiver, bytes, new IPEndPoint(right.Address, 4501)).Should().BeEmpty();
        ladder.Inject(receiver, bytes, new IPEndPoint(IPAddress.Parse("198.51.100.77"), 500)).Should().BeEmpty();
        receiver.Saw<DatagramDiscarded>().Should().HaveCount(2).And.OnlyContain(d => d.Clause == "RFC 2408 section 2.5.3");
        ladder.Run(TimeSpan.FromMinutes(1));
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>RFC 3947 section 3: a negotiation may come from another port than 500, and is answered to that port.</summary>
    [Test]
    public void MessageOneFromAnotherPortIsAnsweredThere()
    {
        var ladder = new Ladder { Copies = _ => 0 };
        ladder.Inject(ladder.East, MessageOne(), new IPEndPoint(PolicyPair.WestEnd.Address, 40000));
        ladder.East.Saw<SendDatagram>().Should().ContainSingle().Which.Remote.Port.Should().Be(40000);
    }

    [Test]
    public void AClearErrorEndsAnExchangeOnlyBeforeThereAreKeys([Range(1, 6)] int lost)
    {
        var ladder = new Ladder { Copies = number => number >= lost ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Copies = null;
        var keyed = ladder.West.Saw<IkeSaKeyed>().Any();
        var header = MainModeTests.Header(ladder.Wire[^1].Bytes) with { ExchangeType = ExchangeType.Informational, Flags = IsakmpFlags.None, MessageId = 5 };
        var forged = new IsakmpMessage(header, [new NotificationPayload(1, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, NotifyType.NoProposalChosen, ReadOnlyMemory<byte>.Empty)]);
        ladder.Inject(ladder.West, forged.Encode());
        ladder.Run(TimeSpan.FromSeconds(30));

        ladder.West.Endpoint.ChildSas.Should().HaveCount(keyed ? 1 : 0);
        if (keyed)
        {
            ladder.West.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 2408 section 4.8");
        }
    }

    /// <summary>Seen by a flood of 1000 bad datagrams from a forged address: the victim hears little and nothing larger.</summary>
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(7)]
    public void ErrorsAreNotifiedSparingly(int message)
    {
        var ladder = new Ladder { Copies = number => number >= message ? 0 : 1 };
        ladder.Connect(ladder.West);
        var sent = ladder.Wire.Count;
        for (var i = 0; i < 1000; i++)
        {
            var bad = ladder.Wire[message - 1].Bytes.ToArray();
            bad[IsakmpHeader.Size + 1 + (i % 20)] ^= (byte)(1 + (i % 255));
            ladder.Inject(ladder.East, message == 1 ? WithInitiatorCookie(bad, (byte)(1 + (i % 255))) : bad);
        }

        var errors = ladder.Wire.Skip(sent).Select(w => MainModeTests.Header(w.Bytes)).Count(h => h.ExchangeType == ExchangeType.Informational);
        errors.Should().BeInRange(1, IkeV1Limits.Default.ErrorNotifications);
        ladder.Wait(IkeV1Limits.Default.ErrorNotificationInterval);
        for (var i = 0; i < 10; i++)
        {
            var bad = ladder.Wire[message - 1].Bytes.ToArray();
            bad.AsSpan(IsakmpHeader.Size).Clear();
            ladder.Inject(ladder.East, message == 1 ? WithInitiatorCookie(bad, 0xEE) : bad);
        }

        var later = ladder.Wire.Skip(sent).Select(w => MainModeTests.Header(w.Bytes)).Count(h => h.ExchangeType == ExchangeType.Informational);
        (later - errors).Should().Be(1, "one more after an interval");
    }

    [Test]
    public void AQuickModeOfferOnAHalfOpenSaLeavesNothing()
    {
        var recorded = new Ladder();
        recorded.Connect(recorded.West);
        var ladder = new Ladder { Copies = number => number >= 5 ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Inject(ladder.East, recorded.Wire[6].Bytes).Should().BeEmpty();
        ladder.Inject(ladder.West, recorded.Wire[6].Bytes).Should().BeEmpty();
        ladder.East.Endpoint.ChildSas.Should().BeEmpty();
    }

    /// <summary>The running IV moves only with an accepted message (RFC 2409 appendix B), and nothing of a rejected offer stays.</summary>
    [Test]
    public void GarbageUnderARightHeaderDoesNotDisturbQuickMode([Range(7, 9)] int message)
    {
        var ladder = new Ladder { Copies = number => number == message ? 0 : 1 };
        ladder.Connect(ladder.West);
        var garbage = ladder.Wire[message - 1].Bytes.ToArray();
        garbage.AsSpan(IsakmpHeader.Size).Fill(0xA5);
        var receiver = message == 8 ? ladder.West : ladder.East;
        var failed = receiver.Saw<ExchangeFailed>().Count();
        ladder.Inject(receiver, garbage);
        ladder.Inject(receiver, ladder.Wire[message - 1].Bytes);
        receiver.Saw<ExchangeFailed>().Should().HaveCount(failed);
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }

    [Test]
    public void AnOldMessageFiveIsNotAnsweredForEver()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        ladder.Inject(ladder.East, ladder.Wire[4].Bytes).Should().ContainSingle().Which.Should().Equal(ladder.Wire[5].Bytes);
        ladder.Wait(IkeV1Limits.Default.Patience);
        ladder.Inject(ladder.East, ladder.Wire[4].Bytes).Should().BeEmpty();
    }

    private static ulong Repeated(byte value) => value * 0x0101_0101_0101_0101UL;

    private static byte[] MessageOne()
    {
        var ladder = new Ladder { Copies = _ => 0 };
        ladder.Connect(ladder.West);
        return ladder.Wire[0].Bytes;
    }

    private static byte[] WithInitiatorCookie(byte[] message, byte value)
    {
        var copy = message.ToArray();
        copy.AsSpan(0, Cookie.Size).Fill(value);
        return copy;
    }
}
