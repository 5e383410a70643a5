// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>
/// Each phase 1 message of each shape once with something wrong in it, in place of the first transmission of the right one, which then
/// follows as a retransmission.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class MethodMatrixTests
{
    private static IEnumerable<object[]> EveryMessage() => Methods.ShapesInBothModes.SelectMany(at =>
        Enumerable.Range(1, Methods.Messages((Phase1Mode)at[0])).Select(message => new object[] { at[0], at[1], message }));

    [TestCaseSource(nameof(EveryMessage))]
    public void AWrongMessageLeavesNothingHalfDone(Phase1Mode mode, AuthenticationMethod method, int message)
    {
        var pair = Methods.Pair(mode, method);
        foreach (var bend in MethodBend.Of(message, HonestPayloads(pair, message)))
        {
            var bytes = Bytes(pair, bend);
            var ladder = new Ladder(pair) { Copies = number => number == message ? 0 : 1 };
            ladder.Connect(ladder.West);
            ladder.Copies = null;

            var receiver = message % 2 == 1 ? ladder.East : ladder.West;
            var answers = ladder.Inject(receiver, bytes);
            var secured = receiver.Endpoint.EstablishedSas.Count > 0;
            AnswersAreFew(bend, bytes, answers, secured);
            ladder.Run(TimeSpan.FromMinutes(5));
            NothingIsHalfDone(ladder, bend);
            if (IsProof(mode, method, message))
            {
                // Nobody has proved anything with it, so the right message must still be welcome.
                ladder.West.Endpoint.ChildSas.Should().ContainSingle($"{bend} {MethodTests.Reasons(ladder)}");
            }
        }
    }

    [TestCaseSource(nameof(EveryMessage))]
    public void FlippedBitsEstablishOnlyWhatBothAgreeOn(Phase1Mode mode, AuthenticationMethod method, int message)
    {
        var pair = Methods.Pair(mode, method);
        var honest = new Ladder(pair);
        honest.Connect(honest.West);
        var size = honest.Wire[message - 1].Bytes.Length;
        var step = Math.Max(1, size / 16);
        for (var at = (message * 7) % step; at < size; at += step)
        {
            var offset = at;
            var ladder = new Ladder(pair) { Alter = (number, bytes) => number == message ? MethodBend.FlipAt(bytes, offset, 0x20) : bytes };
            ladder.Connect(ladder.West);
            ladder.Run(TimeSpan.FromMinutes(5));
            NothingIsHalfDone(ladder, new MethodBend(message, $"bit of byte {offset}"), isCovered: message < 5);
        }
    }

    /// <summary>Whatever comes in place of an expected message: no exception, no SA.</summary>
    [Test]
    public void RandomBytesNeverEstablish([Values] Phase1Mode mode) =>
        Gen.Select(Gen.Int[0, Methods.Shapes.Count() - 1], Gen.Int[1, 6], Gen.Byte.Array[0, 400], Gen.Bool).Sample(
            (shape, message, random, keepHeader) =>
            {
                message = Math.Min(message, Methods.Messages(mode));
                var ladder = new Ladder(Pairs[(mode, shape)]) { Copies = number => number >= message ? 0 : 1 };
                ladder.Connect(ladder.West, child: null);
                var receiver = message % 2 == 1 ? ladder.East : ladder.West;
                var header = MainModeTests.Header(ladder.Wire[message - 1].Bytes);
                byte[] datagram = keepHeader
                    ? [.. ladder.Wire[message - 1].Bytes[..(IsakmpHeader.Size - 4)], .. Length(IsakmpHeader.Size + random.Length), .. random]
                    : random;
                ladder.Inject(receiver, datagram);
                return receiver.Endpoint.EstablishedSas.Count == 0;
            },
            iter: 400,
            threads: 1);

    private static readonly Dictionary<(Phase1Mode, int), PolicyPair> Pairs = Enum.GetValues<Phase1Mode>()
        .SelectMany(mode => Methods.Shapes.Select((method, shape) => ((mode, shape), Methods.Pair(mode, method))))
        .ToDictionary(at => at.Item1, at => at.Item2);

    private static byte[] Length(int length) => [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];

    private static bool IsProof(Phase1Mode mode, AuthenticationMethod method, int message)
    {
        var form = AuthenticationForm.Find(method)!;

        // In the second message of aggressive mode some parts are covered by nothing that could be checked before they are used.
        return mode == Phase1Mode.Main ? message >= 5 : message == 3 && form.Method == method;
    }

    private static ImmutableArray<Payload> HonestPayloads(PolicyPair pair, int message)
    {
        var ladder = new Ladder(pair);
        ladder.Connect(ladder.West);
        var sender = message % 2 == 1 ? ladder.West : ladder.East;
        return sender.Saw<MessageTraced>().Where(t => t.IsSent).ElementAt((message - 1) / 2).Message.Payloads;
    }

    private static byte[] Bytes(PolicyPair pair, MethodBend bend)
    {
        var ladder = new Ladder(pair, seams: bend) { Copies = number => number >= bend.Message ? 0 : 1 };
        ladder.Connect(ladder.West);
        return ladder.Wire[bend.Message - 1].Bytes;
    }

    private static void AnswersAreFew(MethodBend bend, byte[] bytes, IReadOnlyList<byte[]> answers, bool accepted)
    {
        // The last message of main mode is followed by the first of quick mode, and in aggressive mode the proof as well.
        answers.Count.Should().BeLessThanOrEqualTo(accepted ? 2 : 1, bend.ToString());
        foreach (var answer in answers.Where(a => MainModeTests.Header(a).ExchangeType == ExchangeType.Informational))
        {
            answer.Length.Should().BeLessThanOrEqualTo(bytes.Length, $"{bend}: an error told to a stranger is not larger than its cause");
        }
    }

    /// <param name="ladder">What happened.</param>
    /// <param name="bend">What was wrong.</param>
    /// <param name="isCovered">
    /// Whether no harm can be done behind the proof: of the encrypted messages HASH and SIG cover only parts, and a change of the rest
    /// changes the IV of the next message, which then cannot be read (RFC 2407 section 4.6.3 says as much).
    /// </param>
    private static void NothingIsHalfDone(Ladder ladder, MethodBend bend, bool isCovered = true)
    {
        var west = ladder.West.Endpoint.ChildSas.Select(p => (p.InboundSpi, p.OutboundSpi, Convert.ToHexString(p.InboundKeyMaterial.Span)));
        var east = ladder.East.Endpoint.ChildSas.Select(p => (p.OutboundSpi, p.InboundSpi, Convert.ToHexString(p.OutboundKeyMaterial.Span)));
        west.Should().Equal(east, bend.ToString());
        ladder.West.Endpoint.ChildSas.Should().HaveCountLessThanOrEqualTo(1);
        if (ladder.West.Endpoint.ChildSas.Count == 0)
        {
            ladder.West.Saw<ExchangeFailed>().Should().NotBeEmpty($"{bend}: a person is told that it failed");
            if (isCovered)
            {
                ladder.East.Endpoint.EstablishedSas.Should().BeEmpty(bend.ToString());
            }
        }
    }
}
