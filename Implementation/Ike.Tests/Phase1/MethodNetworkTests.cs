// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests.Phase1;

/// <summary>Loss, duplication and reordering at every message of both modes, with each shape of phase 1 (RFC 2408 section 5.1).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MethodNetworkTests
{
    // Phase 1, with the hybrid method extended authentication, quick mode.
    private static IEnumerable<object[]> EveryMessage() => Methods.ShapesInBothModes.SelectMany(at =>
        Enumerable.Range(1, Honest((Phase1Mode)at[0], (AuthenticationMethod)at[1])).Select(message => new object[] { at[0], at[1], message }));

    /// <summary>How many datagrams it takes when the network does nothing to them.</summary>
    private static int Honest(Phase1Mode mode, AuthenticationMethod method)
    {
        var ladder = new Ladder(Methods.Pair(mode, method));
        ladder.Connect(ladder.West);
        return ladder.Wire.Count;
    }

    [TestCaseSource(nameof(EveryMessage))]
    public void AnyLostMessageIsRetransmitted(Phase1Mode mode, AuthenticationMethod method, int lost)
    {
        var ladder = new Ladder(Methods.Pair(mode, method)) { Copies = number => number == lost ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));

        Complete(ladder);
        ladder.Wire.Where((_, i) => i + 1 != lost).Select(w => Convert.ToHexString(w.Bytes))
            .Should().Contain(Convert.ToHexString(ladder.Wire[lost - 1].Bytes), "the same bytes are sent again");
    }

    [TestCaseSource(nameof(EveryMessage))]
    public void AnyDuplicatedMessageChangesNothing(Phase1Mode mode, AuthenticationMethod method, int duplicated)
    {
        var ladder = new Ladder(Methods.Pair(mode, method)) { Copies = number => number == duplicated ? 2 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));

        Complete(ladder);
        ladder.Wire.Select(w => Convert.ToHexString(w.Bytes)).Distinct()
            .Should().HaveCount(Honest(mode, method), "a duplicate is answered with the same bytes or not at all");
    }

    [TestCaseSource(typeof(Methods), nameof(Methods.ShapesInBothModes))]
    public void EveryMessageThriceStillEnds(Phase1Mode mode, AuthenticationMethod method)
    {
        var ladder = new Ladder(Methods.Pair(mode, method)) { Copies = _ => 3 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder);
        ladder.Wire.Should().HaveCountLessThan(9 * Honest(mode, method), "copies of copies do not multiply");
    }

    [TestCaseSource(typeof(Methods), nameof(Methods.ShapesInBothModes))]
    public void LateCopiesOfEveryMessageChangeNothing(Phase1Mode mode, AuthenticationMethod method)
    {
        var ladder = new Ladder(Methods.Pair(mode, method));
        ladder.Connect(ladder.West);
        foreach (var (from, bytes) in ladder.Wire.ToArray().Reverse())
        {
            ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes);
        }

        Complete(ladder);
        ladder.Run(TimeSpan.FromMinutes(10));
        foreach (var (from, bytes) in ladder.Wire.ToArray())
        {
            ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes);
        }

        ladder.Run(TimeSpan.FromMinutes(10));
        Complete(ladder);
    }

    /// <summary>Only the responder can notice that the last message of aggressive mode was lost: it repeats what that message answers.</summary>
    [Test]
    public void TheResponderAsksAgainForTheLastMessageOfAggressiveMode()
    {
        var ladder = new Ladder(Methods.Pair(Phase1Mode.Aggressive, AuthenticationMethod.PreSharedKey)) { Copies = number => number == 3 ? 0 : 1 };
        ladder.Connect(ladder.West, child: null);
        ladder.East.Endpoint.EstablishedSas.Should().BeEmpty();
        ladder.Run(TimeSpan.FromSeconds(30));

        ladder.Wire.Select(w => w.From).Should().Equal("west", "east", "west", "east", "west");
        ladder.Wire[3].Bytes.Should().Equal(ladder.Wire[1].Bytes);
        ladder.Wire[4].Bytes.Should().Equal(ladder.Wire[2].Bytes);
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    [Test]
    public void AResponderThatHearsNothingMoreGivesUp()
    {
        var ladder = new Ladder(Methods.Pair(Phase1Mode.Aggressive, AuthenticationMethod.PreSharedKey)) { Copies = number => number == 1 ? 1 : 0 };
        ladder.Connect(ladder.West, child: null);
        ladder.Run(TimeSpan.FromMinutes(5));

        ladder.Wire.Count(w => w.From == "east").Should().Be(4, "one transmission and three retransmissions");
        ladder.East.Saw<IkeSaClosed>().Should().ContainSingle();
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle().Which.Exchange.Should().Be(ExchangeType.Aggressive);
        ladder.East.Deadline.Should().BeNull();
    }

    /// <summary>Quick mode may overtake the last message of aggressive mode: it waits for its retransmission.</summary>
    [TestCaseSource(typeof(Methods), nameof(Methods.ShapesInBothModes))]
    public void AnyDatagramMayComeLate(Phase1Mode mode, AuthenticationMethod method)
    {
        for (var late = 1; late <= Honest(mode, method); late++)
        {
            var ladder = new Ladder(Methods.Pair(mode, method)) { Copies = number => number == late ? 0 : 1 };
            ladder.Connect(ladder.West);
            ladder.Copies = null;
            ladder.Inject(ladder.Wire[late - 1].From == "west" ? ladder.East : ladder.West, ladder.Wire[late - 1].Bytes);
            ladder.Run(TimeSpan.FromSeconds(30));
            Complete(ladder);
        }
    }

    [Test]
    public void ABadNetworkOnlyCostsTime([Values] Phase1Mode mode) =>
        Gen.Select(Gen.Int[0, Methods.Shapes.Count() - 1], Gen.Int[0, 2].Array[Gen.Const(24)]).Sample(
            (shape, copies) =>
            {
                var ladder = new Ladder(Methods.Pair(mode, Methods.Shapes.ElementAt(shape)))
                {
                    Copies = number => number <= copies.Length ? copies[number - 1] : 1,
                };
                ladder.Connect(ladder.West);
                ladder.Run(TimeSpan.FromMinutes(3));

                // The last message of an exchange can be lost for good; then one side has a pair and the other none.
                return ladder.West.Endpoint.ChildSas.Count <= 1
                    && ladder.East.Endpoint.ChildSas.Count <= 1
                    && (ladder.West.Endpoint.ChildSas is not [var west] || ladder.East.Endpoint.ChildSas is not [var east]
                        || (west.InboundSpi == east.OutboundSpi && west.InboundKeyMaterial.Span.SequenceEqual(east.OutboundKeyMaterial.Span)))
                    && (ladder.West.Endpoint.ChildSas.Count == 1 || ladder.West.Saw<ExchangeFailed>().Any() || ladder.East.Saw<ExchangeFailed>().Any());
            },
            iter: 40,
            threads: 1);

    [TestCaseSource(typeof(Methods), nameof(Methods.ShapesInBothModes))]
    public void OurOwnMessagesComingBackEstablishNothing(Phase1Mode mode, AuthenticationMethod method)
    {
        for (var message = 1; message <= Methods.Messages(mode); message++)
        {
            var ladder = new Ladder(Methods.Pair(mode, method)) { Copies = number => number >= message ? 0 : 1 };
            ladder.Connect(ladder.West, child: null);
            var sender = ladder.Wire[message - 1].From == "west" ? ladder.West : ladder.East;
            var established = sender.Endpoint.EstablishedSas.Count;
            ladder.Inject(sender, ladder.Wire[message - 1].Bytes).Should().HaveCountLessThanOrEqualTo(1);
            sender.Endpoint.EstablishedSas.Should().HaveCount(established);
        }
    }

    private static void Complete(Ladder ladder)
    {
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle(MethodTests.Reasons(ladder));
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle(MethodTests.Reasons(ladder));
        ladder.West.Saw<InstallChildSa>().Should().ContainSingle();
        ladder.East.Saw<InstallChildSa>().Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
    }
}
