// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.Tests;

/// <summary>
/// Each message of main and quick mode once with something wrong in it, in place of the first transmission of the right
/// one, which then follows as a retransmission.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class MessageMatrixTests
{
    private static IEnumerable<TestCaseData> Headers() => Cases(Bends.Headers());

    private static IEnumerable<TestCaseData> Payloads() => Cases(Bends.Payloads().Concat(Bends.Proposals()));

    /// <summary>A wrong header is discarded, so nobody is harmed (RFC 2408 sections 3.1, 5.1 and 5.2).</summary>
    [TestCaseSource(nameof(Headers))]
    public void AWrongHeaderChangesNothing(object bend)
    {
        var ladder = Play((Bend)bend);
        Complete(ladder);
    }

    [TestCaseSource(nameof(Payloads))]
    public void WrongPayloadsLeaveNothingHalfDone(object item)
    {
        var bend = (Bend)item;
        var ladder = Play(bend);
        var isAuthenticationOrProof = bend.Message is 5 or 6 or 9;
        if (isAuthenticationOrProof || (bend.Message > Bend.MainModeMessages && bend.Name.Contains("HASH", StringComparison.Ordinal)))
        {
            // Nothing of these was authentic, so the right message must still be welcome. In messages 1 to 4 an error in
            // clear may end the exchange, and in quick mode one that a right HASH covers must.
            Complete(ladder);
        }
        else if (ladder.West.Endpoint.ChildSas.Count == 0)
        {
            ladder.West.Saw<ExchangeFailed>().Should().NotBeEmpty("a person is told that it failed");
        }
    }

    /// <summary>Every bit of every message: whatever it means, no side is left with half of something.</summary>
    [Test]
    public void FlippedPlainBytesLeaveNothingHalfDone([Range(1, 9)] int message, [Values(0x01, 0x80, 0xFF)] int mask)
    {
        for (var at = mask % 5; at < 140; at += 5)
        {
            var offset = at;
            Play(new Bend(message, $"byte {at} of the payloads")
            {
                Plain = plain =>
                {
                    plain[offset % plain.Length] ^= (byte)mask;
                    return plain;
                },
            });
        }
    }

    private static IEnumerable<TestCaseData> Cases(IEnumerable<Bend> bends) =>
        bends.Select(bend => new TestCaseData(bend).SetArgDisplayNames(bend.ToString()));

    private static Ladder Play(Bend bend)
    {
        var bytes = bend.Bytes();
        var ladder = new Ladder();
        ladder.Copies = number => number == bend.Message ? 0 : 1;
        ladder.Connect(ladder.West);
        ladder.Wire[bend.Message - 1].Bytes.Should().NotEqual(bytes, "a fault that changes nothing shows nothing");
        ladder.Copies = null;

        var receiver = bend.Message % 2 == 1 ? ladder.East : ladder.West;
        var received = receiver.Effects.Count;
        var answers = ladder.Inject(receiver, bytes);
        AnswersAreFew(bend, bytes, answers, receiver.Effects.Skip(received));
        ladder.Run(TimeSpan.FromMinutes(5));
        NothingIsHalfDone(ladder);
        return ladder;
    }

    private static void AnswersAreFew(Bend bend, byte[] bytes, IReadOnlyList<byte[]> answers, IEnumerable<IkeEffect> effects)
    {
        // Message 6 is followed by the first message of quick mode, which answers nothing.
        answers.Count.Should().BeLessThanOrEqualTo(1, "one datagram has one answer");
        foreach (var answer in answers)
        {
            var isError = MainModeTests.Header(answer).ExchangeType == ExchangeType.Informational;
            var isAuthentic = bend.Message >= 5 && effects.OfType<ExchangeFailed>().Any();
            if (bend.Message == 1 || (isError && !isAuthentic))
            {
                answer.Length.Should().BeLessThanOrEqualTo(bytes.Length, "an answer to a stranger is not larger than the question");
            }
        }
    }

    private static void NothingIsHalfDone(Ladder ladder)
    {
        var west = ladder.West.Endpoint.ChildSas.Select(p => (p.InboundSpi, p.OutboundSpi, Convert.ToHexString(p.InboundKeyMaterial.Span)));
        var east = ladder.East.Endpoint.ChildSas.Select(p => (p.OutboundSpi, p.InboundSpi, Convert.ToHexString(p.OutboundKeyMaterial.Span)));
        west.Should().Equal(east);
        ladder.West.Endpoint.ChildSas.Should().HaveCountLessThanOrEqualTo(1);
        ladder.West.Saw<InstallChildSa>().Should().HaveSameCount(ladder.West.Endpoint.ChildSas);
        ladder.East.Saw<InstallChildSa>().Should().HaveSameCount(ladder.East.Endpoint.ChildSas);
    }

    private static void Complete(Ladder ladder)
    {
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }
}
