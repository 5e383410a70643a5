// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Ike.Tests;

/// <summary>Loss, duplication, reordering and damage at every message of main and quick mode (RFC 2408 section 5.1).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BadNetworkTests
{
    private const int Messages = 9;

    [Test]
    public void AnyLostMessageIsRetransmitted([Range(1, Messages)] int lost)
    {
        var ladder = new Ladder { Copies = number => number == lost ? 0 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));

        Complete(ladder);
        ladder.Wire.Count.Should().BeGreaterThan(Messages, "something was sent again");
        ladder.Wire.Where((_, i) => i + 1 != lost).Select(w => Convert.ToHexString(w.Bytes))
            .Should().Contain(Convert.ToHexString(ladder.Wire[lost - 1].Bytes), "the same bytes are sent again");
    }

    [Test]
    public void AnyDuplicatedMessageChangesNothing([Range(1, Messages)] int duplicated)
    {
        var ladder = new Ladder { Copies = number => number == duplicated ? 2 : 1 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));

        Complete(ladder);
        ladder.Wire.Select(w => Convert.ToHexString(w.Bytes)).Distinct().Should().HaveCount(Messages, "a duplicate is answered with the same bytes or not at all");
    }

    [Test]
    public void EveryMessageTwiceStillEnds()
    {
        var ladder = new Ladder { Copies = _ => 2 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(30));
        Complete(ladder);
    }

    [Test]
    public void LateCopiesOfEveryMessageChangeNothing()
    {
        var ladder = new Ladder();
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

    [Test]
    public void GapsBetweenRetransmissionsGrowAndEnd()
    {
        var ladder = new Ladder { Copies = _ => 0 };
        var start = ladder.Now;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));

        ladder.Wire.Should().HaveCount(4, "one transmission and three retransmissions");
        ladder.West.Saw<ExchangeFailed>().Should().ContainSingle();
        ladder.West.Saw<IkeSaClosed>().Should().ContainSingle();
        (ladder.Now - start).Should().Be(TimeSpan.FromMinutes(5));
    }

    [Test]
    public void AHalfOpenResponderForgets()
    {
        var ladder = new Ladder { Copies = number => number == 1 ? 1 : 0 };
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromMinutes(5));
        ladder.East.Saw<IkeSaClosed>().Should().ContainSingle();
    }

    [Test]
    public void ADamagedFirstTransmissionDoesNotStopTheGoodOne([Range(1, Messages)] int damaged)
    {
        for (var at = 0; at < 120; at += 7)
        {
            var ladder = new Ladder();
            var first = true;
            ladder.Alter = (number, bytes) =>
            {
                if (number == damaged && first)
                {
                    first = false;
                    bytes[^(1 + (at % bytes.Length))] ^= 0x10;
                }

                return bytes;
            };
            ladder.Connect(ladder.West);
            ladder.Run(TimeSpan.FromSeconds(60));
            foreach (var side in new[] { ladder.West, ladder.East })
            {
                side.Endpoint.ChildSas.Should().HaveCountLessThanOrEqualTo(1);
            }

            Mirrored(ladder);
        }
    }

    [Test]
    public void NoDatagramThrows()
    {
        var templates = Recorded();
        Gen.Select(Gen.Int[0, templates.Length - 1], Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 400], Gen.Bool).Sample(
            (index, at, value, cut, toEast) =>
            {
                var ladder = new Ladder();
                ladder.Connect(ladder.West);
                var bytes = templates[index].ToArray();
                bytes[at % bytes.Length] = value;
                var shortened = bytes[..Math.Max(0, bytes.Length - (cut % bytes.Length))];
                ladder.Inject(toEast ? ladder.East : ladder.West, shortened);
                Complete(ladder);
            },
            iter: 300);
    }

    [Test]
    public void NoBytesThrow() =>
        Gen.Byte.Array[0, 300].Sample(
            bytes =>
            {
                var ladder = new Ladder();
                ladder.Inject(ladder.East, bytes);
                ladder.East.Saw<DatagramDiscarded>().Should().ContainSingle();
                ladder.Wire.Should().BeEmpty();
                MainModeTests.NothingEstablished(ladder);
            },
            iter: 2000);

    private static byte[][] Recorded()
    {
        var ladder = new Ladder();
        ladder.Connect(ladder.West);
        ladder.Do(ladder.West, new DeleteChildSa(ladder.West.Endpoint.ChildSas[0].InboundSpi));
        return [.. ladder.Wire.Select(w => w.Bytes).Take(Messages)];
    }

    private static void Mirrored(Ladder ladder)
    {
        if (ladder.West.Endpoint.ChildSas is [var west] && ladder.East.Endpoint.ChildSas is [var east])
        {
            (west.InboundSpi, west.OutboundSpi).Should().Be((east.OutboundSpi, east.InboundSpi));
            west.InboundKeyMaterial.ToArray().Should().Equal(east.OutboundKeyMaterial.ToArray());
        }
    }

    private static void Complete(Ladder ladder)
    {
        ladder.West.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.East.Endpoint.EstablishedSas.Should().ContainSingle();
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        ladder.West.Saw<InstallChildSa>().Should().ContainSingle();
        ladder.East.Saw<InstallChildSa>().Should().ContainSingle();
        Mirrored(ladder);
    }
}
