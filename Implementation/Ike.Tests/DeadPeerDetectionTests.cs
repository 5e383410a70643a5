// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.DeadPeerDetection;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>RFC 3706. West asks, east answers, unless the test says otherwise.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeadPeerDetectionTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(30);

    [Test]
    public void AnIdlePeerIsAskedAndItsAnswerIsEnough()
    {
        var ladder = Connected();
        ladder.Run(TimeSpan.FromSeconds(95));

        Probes(ladder.West, NotifyType.RUThere).Should().HaveCount(3);
        Probes(ladder.East, NotifyType.RUThereAck).Should().HaveCount(3);
        Complete(ladder);
    }

    /// <summary>RFC 3706 sections 5.3 and 6.2: the layout, a first number below 2^31, then one more each time.</summary>
    [Test]
    public void QuestionsAreNumberedAndNameTheCookies()
    {
        var ladder = Connected();
        ladder.Run(TimeSpan.FromSeconds(125));

        var sa = ladder.West.Endpoint.EstablishedSas[0];
        var asked = Probes(ladder.West, NotifyType.RUThere).ToArray();
        var first = Number(asked[0]);
        first.Should().BeLessThan(0x8000_0000);
        asked.Select(Number).Should().Equal(first, first + 1, first + 2, first + 3);
        Probes(ladder.East, NotifyType.RUThereAck).Select(Number).Should().Equal(asked.Select(Number));
        byte[] cookies = [.. sa.InitiatorCookie.ToBytes(), .. sa.ResponderCookie.ToBytes()];
        asked.Concat(Probes(ladder.East, NotifyType.RUThereAck)).Should().OnlyContain(n =>
            n.Doi == 1 && n.ProtocolId == ProtocolId.Isakmp && n.Spi.ToArray().SequenceEqual(cookies) && n.Data.Length == 4);
        ladder.Wire.Select(w => MainModeTests.Header(w.Bytes)).Where(h => h.ExchangeType == ExchangeType.Informational)
            .Should().OnlyContain(h => h.IsEncrypted).And.OnlyHaveUniqueItems(h => h.MessageId);
    }

    [Test]
    public void TheFirstNumberIsRandom()
    {
        var numbers = Enumerable.Range(1, 5).Select(seed =>
        {
            var ladder = Connected(seed: (ulong)seed);
            ladder.Run(TimeSpan.FromSeconds(35));
            return Number(Probes(ladder.West, NotifyType.RUThere).First());
        });
        numbers.Should().OnlyHaveUniqueItems();
    }

    /// <summary>RFC 3706 section 5.4: traffic is proof of life, and nobody asks while there is any.</summary>
    [Test]
    public void NobodyAsksWhileTrafficComes()
    {
        var ladder = Connected();
        var spi = ladder.West.Endpoint.ChildSas[0].InboundSpi;
        for (ulong i = 1; i <= 10; i++)
        {
            ladder.Run(TimeSpan.FromSeconds(20));
            ladder.Do(ladder.West, new ChildSaTraffic(spi, i * 1000, 0));
        }

        Probes(ladder.West, NotifyType.RUThere).Should().BeEmpty();
        ladder.Run(TimeSpan.FromSeconds(20));
        ladder.Do(ladder.West, new ChildSaTraffic(spi, 10_000, 5000));
        ladder.Run(TimeSpan.FromSeconds(15));
        Probes(ladder.West, NotifyType.RUThere).Should().ContainSingle("what is sent proves nothing, and nothing more was received");
    }

    [Test]
    public void AskedOnlyWhenThereIsSomethingToSendIfThePolicySaysSo()
    {
        var ladder = Connected(new() { Delay = Delay, OnlyWhenSending = true });
        ladder.Run(TimeSpan.FromMinutes(10));
        Probes(ladder.West, NotifyType.RUThere).Should().BeEmpty();
        ladder.Do(ladder.West, new ChildSaTraffic(ladder.West.Endpoint.ChildSas[0].InboundSpi, 0, 100));
        ladder.Run(TimeSpan.FromSeconds(1));
        Probes(ladder.West, NotifyType.RUThere).Should().ContainSingle();
    }

    [TestCase(DeadPeerAction.Clear)]
    [TestCase(DeadPeerAction.Hold)]
    [TestCase(DeadPeerAction.Restart)]
    public void ADeadPeersSasAreRemovedAfterTheRetransmissions(DeadPeerAction action)
    {
        var ladder = Connected(new() { Delay = Delay, Action = action });
        ladder.Copies = _ => 0;
        ladder.Run(TimeSpan.FromMinutes(3));

        var asked = ladder.West.Sent(ExchangeType.Informational).ToArray();
        asked.Should().HaveCount(4, "one question and three retransmissions");
        asked.Select(t => Convert.ToHexString(t.Bytes.Span)).Distinct().Should().ContainSingle("they are the same message");
        asked.Select(t => t.IsRepeat).Should().Equal(false, true, true, true);
        ladder.West.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.West.Endpoint.ChildSas.Should().BeEmpty();
        ladder.West.Saw<IkeSaClosed>().Should().ContainSingle();
        ladder.West.Saw<RemoveChildSa>().Should().ContainSingle();
        ladder.West.Saw<PeerDead>().Should().ContainSingle().Which.Action.Should().Be(action);
    }

    [Test]
    public void AnyLostMessageIsMadeUpFor([Values(1, 2, 3, 4)] int lost)
    {
        var ladder = Connected();
        var before = ladder.Wire.Count;
        ladder.Copies = n => n == before + lost ? 0 : 1;
        ladder.Run(TimeSpan.FromSeconds(70));
        Complete(ladder);
        ladder.West.Saw<PeerDead>().Should().BeEmpty();
        Probes(ladder.West, NotifyType.RUThere).Should().HaveCountGreaterThanOrEqualTo(2);
    }

    [Test]
    public void EveryMessageTwiceChangesNothing()
    {
        var ladder = Connected();
        ladder.Copies = _ => 2;
        ladder.Run(TimeSpan.FromSeconds(95));
        Complete(ladder);
        Probes(ladder.West, NotifyType.RUThere).Select(Number).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void AnOldQuestionIsNotAnsweredAgain()
    {
        var ladder = Connected();
        ladder.Run(TimeSpan.FromSeconds(65));
        var questions = ladder.West.Sent(ExchangeType.Informational).ToArray();
        questions.Should().HaveCount(2);
        ladder.Inject(ladder.East, questions[0].Bytes.ToArray()).Should().BeEmpty("a newer one has been answered");
        ladder.Inject(ladder.East, questions[1].Bytes.ToArray()).Should().ContainSingle("its answer may have been lost")
            .Which.Length.Should().BeLessThanOrEqualTo(questions[1].Bytes.Length);
        ladder.Run(TimeSpan.FromSeconds(1));
        ladder.Copies = _ => 0;
        ladder.Wait(TimeSpan.FromMinutes(2));
        ladder.Inject(ladder.East, questions[1].Bytes.ToArray()).Should().BeEmpty("not for ever");
    }

    [Test]
    public void AnAnswerWithAnotherNumberIsNone()
    {
        var ladder = Connected(seams: new ProbeBend(NotifyType.RUThereAck, n => n with { Data = Plus(n.Data, 1) }));
        ladder.Run(TimeSpan.FromMinutes(3));
        ladder.West.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 3706 section 6.1");
        ladder.West.Saw<PeerDead>().Should().ContainSingle("the question was never answered");
    }

    [Test]
    public void AQuestionOutOfOrderIsNotAnswered()
    {
        var asked = 0;
        var ladder = Connected(seams: new ProbeBend(NotifyType.RUThere, n => ++asked == 2 ? n with { Data = Plus(n.Data, -5) } : n));
        ladder.Run(TimeSpan.FromSeconds(65));
        Probes(ladder.East, NotifyType.RUThereAck).Should().ContainSingle();
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 3706 section 6.2");
    }

    [Test]
    public void ForeignCookiesAndOtherLayoutsAreNotAnswered([Values(0, 1, 2, 3)] int kind)
    {
        var ladder = Connected(seams: new ProbeBend(NotifyType.RUThere, n => kind switch
        {
            0 => n with { Spi = new byte[16] },
            1 => n with { Spi = ReadOnlyMemory<byte>.Empty },
            2 => n with { Data = new byte[5] },
            _ => n with { ProtocolId = ProtocolId.Esp },
        }));
        ladder.Run(TimeSpan.FromSeconds(35));
        Probes(ladder.West, NotifyType.RUThere).Should().NotBeEmpty();
        Probes(ladder.East, NotifyType.RUThereAck).Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause.StartsWith("RFC 3706", StringComparison.Ordinal));
    }

    /// <summary>RFC 3706 section 5.2: unencrypted questions and answers are rejected, with keys and before them.</summary>
    [Test]
    public void AClearQuestionIsRejected([Values(3, 6)] int messages, [Values] bool answer)
    {
        var ladder = new Ladder(new PolicyPair().WithDpd());
        ladder.Copies = n => n > messages ? 0 : 1;
        ladder.Connect(ladder.West);
        ladder.Copies = null;
        var header = MainModeTests.Header(ladder.Wire[2].Bytes) with { ExchangeType = ExchangeType.Informational, MessageId = 77 };
        byte[] cookies = [.. header.InitiatorCookie.ToBytes(), .. header.ResponderCookie.ToBytes()];
        var probe = ProbeNotification.Of(answer ? NotifyType.RUThereAck : NotifyType.RUThere, cookies, 5);
        ladder.Inject(ladder.East, new IsakmpMessage(header, [probe]).Encode()).Should().BeEmpty();
        ladder.East.Saw<PeerNotified>().Should().BeEmpty();
    }

    [Test]
    public void WithoutTheVendorIdOfBothNobodyAsks([Values] bool west)
    {
        var policies = new PolicyPair().WithDpd(new() { Delay = Delay }, new() { Delay = Delay });
        policies = west
            ? policies with { West = policies.West with { DeadPeerDetection = null } }
            : policies with { East = policies.East with { DeadPeerDetection = null } };
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.Wire.Select(w => MainModeTests.Header(w.Bytes).ExchangeType).Should().NotContain(ExchangeType.Informational);
        Complete(ladder);
    }

    [Test]
    public void BothMayAskEachWithItsOwnNumbers()
    {
        var ladder = new Ladder(new PolicyPair().WithDpd(new() { Delay = Delay }, new() { Delay = TimeSpan.FromSeconds(17) }));
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));
        Probes(ladder.East, NotifyType.RUThere).Should().HaveCountGreaterThan(10);
        Probes(ladder.West, NotifyType.RUThere).Should().BeEmpty("the questions of the other are proof of life");
        Complete(ladder);
    }

    /// <summary>One flipped bit anywhere in a question or an answer: it is as if it had been lost.</summary>
    [Test]
    public void FlippedBitsAreSurvived() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Int[10, 13], CsCheck.Gen.Int[0, 1500]),
        flip =>
        {
            var ladder = Connected();
            ladder.Alter = (n, bytes) =>
            {
                if (n == flip.Item1)
                {
                    bytes[flip.Item2 / 8 % bytes.Length] ^= (byte)(1 << (flip.Item2 % 8));
                }

                return bytes;
            };
            ladder.Run(TimeSpan.FromSeconds(80));
            Complete(ladder);
            ladder.West.Saw<PeerDead>().Should().BeEmpty();
        },
        iter: 300);

    [Test]
    public void NumbersGoOnFromAnyFirstOne() => CsCheck.Check.Sample(CsCheck.Gen.UInt, first =>
    {
        var answerer = ProbeAnswerer.Initial;
        answerer.OnQuestion(first, out answerer).Should().BeNull();
        answerer.OnQuestion(unchecked(first + 1), out answerer).Should().BeNull();
        answerer.OnQuestion(unchecked(first + 1), out _).Should().NotBeNull("a repeated number is a replay");
        answerer.OnQuestion(first, out _).Should().NotBeNull();
        answerer.OnQuestion(unchecked(first + 2 + ProbeAnswerer.Window), out _).Should().NotBeNull();
        answerer.OnQuestion(unchecked(first + 1 + ProbeAnswerer.Window), out _).Should().BeNull("some questions may have been lost");
        var state = new ProbeState.ExpectAcknowledgement(first);
        Prober.OnAcknowledgement(state, first).Should().BeNull();
        Prober.OnAcknowledgement(state, unchecked(first - 1)).Should().NotBeNull();
        Prober.Ask(state, new SeededRandomSource(1)).Number.Should().Be(unchecked(first + 1));
    });

    private static Ladder Connected(DeadPeerDetectionPolicy? west = null, ulong seed = 1, Ike.V1.IOutboundSeams? seams = null)
    {
        var ladder = new Ladder(new PolicyPair().WithDpd(west ?? new() { Delay = Delay }), seed, seams);
        ladder.Connect(ladder.West);
        return ladder;
    }

    private static void Complete(Ladder ladder) => NatTraversalTests.Complete(ladder);

    private static IEnumerable<NotificationPayload> Probes(Ladder.Side side, NotifyType type) => side.Sent(ExchangeType.Informational)
        .Where(t => !t.IsRepeat).SelectMany(t => t.Message.All<NotificationPayload>()).Where(n => n.NotifyType == type);

    private static uint Number(NotificationPayload probe) => BinaryPrimitives.ReadUInt32BigEndian(probe.Data.Span);

    private static byte[] Plus(ReadOnlyMemory<byte> data, int difference)
    {
        var changed = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(changed, unchecked(BinaryPrimitives.ReadUInt32BigEndian(data.Span) + (uint)difference));
        return changed;
    }
}
