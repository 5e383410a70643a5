// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using Cookie = Ipsec.Wire.Isakmp.Cookie;

namespace Ipsec.Ike.Tests;

/// <summary>Whole negotiations in fragments, before and after there are keys.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FragmentationTests
{
    private const int Largest = 100;

    [Test]
    public void LargeMessagesCrossInFragmentsOnceThePeerHasAnnouncedThem()
    {
        var ladder = Fragmenting();
        ladder.Connect(ladder.West);

        NatTraversalTests.Complete(ladder);
        ladder.Wire[0].Bytes.Length.Should().BeGreaterThan(Largest, "west does not know yet what east takes");
        var fragments = Fragments(ladder).ToArray();
        fragments.Should().NotBeEmpty().And.OnlyContain(w => w.Bytes.Length <= Largest);
        ladder.Wire.Skip(1).Should().OnlyContain(w => w.Bytes.Length <= Largest);
        fragments.Select(f => f.From).Distinct().Should().HaveCount(2, "both have large messages");
    }

    [Test]
    public void SmallMessagesAreNotCut()
    {
        var ladder = new Ladder(new PolicyPair().Both(p => p with { Fragmentation = new() }));
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        ladder.Wire.Should().HaveCount(9);
        Fragments(ladder).Should().BeEmpty();
        foreach (var side in new[] { ladder.West, ladder.East })
        {
            side.Sent(ExchangeType.IdentityProtection).First().Message.All<VendorIdPayload>().Select(v => Convert.ToHexStringLower(v.Id.Span))
                .Should().ContainSingle().Which.Should().StartWith("4048b7d56ebce88525e7de7f00d6c2d3");
        }
    }

    [TestCase(FragmentationMode.Off, FragmentationMode.Yes)]
    [TestCase(FragmentationMode.Accept, FragmentationMode.Accept)]
    [TestCase(FragmentationMode.Yes, FragmentationMode.Off)]
    public void NobodySendsFragmentsUnasked(FragmentationMode west, FragmentationMode east)
    {
        var ladder = Fragmenting(west, east);
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        Fragments(ladder).Should().BeEmpty();
    }

    [Test]
    public void AcceptTakesWhatYesSends()
    {
        var ladder = Fragmenting(FragmentationMode.Yes, FragmentationMode.Accept);
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        Fragments(ladder).Should().NotBeEmpty().And.OnlyContain(f => f.From == "west");
    }

    [Test]
    public void ForcedEvenMessageOneIsCut()
    {
        var ladder = Fragmenting(FragmentationMode.Force, FragmentationMode.Accept, largest: 80);
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        MainModeTests.Header(ladder.Wire[0].Bytes).NextPayload.Should().Be(PayloadType.Fragment);
    }

    [Test]
    public void AnyLostDatagramIsMadeUpFor([Range(1, 30)] int lost)
    {
        var ladder = Fragmenting(FragmentationMode.Force, FragmentationMode.Force);
        ladder.Copies = n => n == lost ? 0 : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(15));
        NatTraversalTests.Complete(ladder);
    }

    [Test]
    public void AnyDuplicatedDatagramChangesNothing([Range(1, 30)] int duplicated)
    {
        var ladder = Fragmenting(FragmentationMode.Force, FragmentationMode.Force);
        ladder.Copies = n => n == duplicated ? 2 : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(15));
        NatTraversalTests.Complete(ladder);
    }

    [Test]
    public void TransactionsAndQuickModeFragmentToo()
    {
        var ladder = new Ladder(new PolicyPair().WithXauth(new() { Users = [PolicyPairs.Joe], Message = new string('x', 500) })
            .Both(p => p with { Fragmentation = new() { MaximumDatagram = 256 } }));
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        Fragments(ladder).Should().NotBeEmpty();
    }

    [Test]
    public void FragmentsCrossANatAndMoveItsPort()
    {
        var nat = PolicyPairs.NatOfWest();
        var ladder = new PolicyPair().WithNat().WestBehindNat().Both(p => p with { Fragmentation = new() { MaximumDatagram = Largest, Mode = FragmentationMode.Force } }).ThroughNat(nat);
        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        ladder.East.Endpoint.EstablishedSas[0].Remote.Should().Be(nat.Outside(4500));
    }

    /// <summary>Where the message is protected; before there are keys a forged public value is as good as a forged fragment of one.</summary>
    [Test]
    public void ForgedFragmentsDelayButDoNotPrevent()
    {
        var ladder = Fragmenting();
        var seen = 0;
        ladder.Alter = (n, bytes) => MainModeTests.Header(bytes).NextPayload == PayloadType.Fragment && ladder.East.Saw<IkeSaKeyed>().Any() && ++seen == 1 ? Damage(bytes) : bytes;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(20));
        NatTraversalTests.Complete(ladder);
        static byte[] Damage(byte[] bytes)
        {
            bytes[^1] ^= 1;
            return bytes;
        }
    }

    /// <summary>Fragments of strangers are kept within bounds, and never answered before they are a whole message.</summary>
    [Test]
    public void AFloodOfFragmentsIsNeitherAnsweredNorHarmful()
    {
        var ladder = Fragmenting();
        for (var i = 1; i <= 500; i++)
        {
            ladder.Inject(ladder.East, Forged(new Cookie((ulong)i), default, 2, new byte[1000])).Should().BeEmpty();
        }

        ladder.Connect(ladder.West);
        NatTraversalTests.Complete(ladder);
        var sa = ladder.East.Endpoint.EstablishedSas[0];
        for (var i = 1; i <= 500; i++)
        {
            ladder.Inject(ladder.East, Forged(sa.InitiatorCookie, sa.ResponderCookie, 2, new byte[1000], (ushort)i)).Should().BeEmpty();
        }

        NatTraversalTests.Complete(ladder);
    }

    [Test]
    public void WhatIsMadeOfFragmentsCausesNoMoreBytesThanCame()
    {
        var ladder = Fragmenting(largest: 1400);
        ladder.Copies = _ => 0;
        ladder.Connect(ladder.West);
        ladder.Copies = null;
        var message = ladder.Wire[0].Bytes;
        var header = MainModeTests.Header(message);
        var first = Forged(header.InitiatorCookie, default, 1, message[..40], last: false);
        var second = Forged(header.InitiatorCookie, default, 2, message[40..], last: true);
        ladder.Inject(ladder.East, first).Should().BeEmpty();
        ladder.Inject(ladder.East, second).Sum(b => b.Length).Should().BeInRange(1, first.Length + second.Length);
    }

    [TestCase("from elsewhere")]
    [TestCase("other cookies inside")]
    [TestCase("fragments inside")]
    [TestCase("encrypted")]
    [TestCase("a payload behind")]
    [TestCase("too short")]
    [TestCase("not taken here")]
    [TestCase("unknown SA")]
    public void WhatIsNoFragmentIsDiscarded(string kind)
    {
        var ladder = kind == "not taken here" ? new Ladder() : Fragmenting();
        ladder.Connect(ladder.West);
        var sa = ladder.East.Endpoint.EstablishedSas[0];
        var (i, r) = (sa.InitiatorCookie, sa.ResponderCookie);
        var inside = new IsakmpMessage(MainModeTests.Header(ladder.Wire[^1].Bytes) with { Flags = IsakmpFlags.None, InitiatorCookie = new Cookie(3) }, [new NoncePayload(new byte[8])]).Encode();
        var datagram = kind switch
        {
            "other cookies inside" => Forged(i, r, 1, inside, last: true),
            "fragments inside" => Forged(i, r, 1, Forged(i, r, 1, new byte[10], last: true), last: true),
            "unknown SA" => Forged(i, new Cookie(99), 1, new byte[9]),
            "too short" => new IsakmpMessage(Head(i, r), [new UnknownPayload(PayloadType.Fragment, new byte[2])]).Encode(),
            "a payload behind" => new IsakmpMessage(Head(i, r), [new FragmentPayload(1, 1, 1, new byte[9]), new NoncePayload(new byte[8])]).Encode(),
            "encrypted" => new IsakmpMessage(Head(i, r) with { Flags = IsakmpFlags.Encryption }, [new FragmentPayload(1, 1, 1, new byte[9])]).Encode(),
            _ => Forged(i, r, 1, new byte[9]),
        };
        var discarded = ladder.East.Saw<DatagramDiscarded>().Count();
        ladder.Inject(ladder.East, datagram, kind == "from elsewhere" ? new IPEndPoint(IPAddress.Parse("198.51.100.77"), 500) : null).Should().BeEmpty();
        ladder.East.Saw<DatagramDiscarded>().Should().HaveCount(discarded + 1);
        NatTraversalTests.Complete(ladder);
    }

    [Test]
    public void GarbageInFragmentsIsSurvived() => Check.Sample(
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Byte[0, 4], Gen.Byte[0, 3], Gen.Bool).Array[1, 10],
        pieces =>
        {
            var ladder = Fragmenting();
            ladder.Connect(ladder.West);
            var sa = ladder.East.Endpoint.EstablishedSas[0];
            foreach (var (data, number, flags, known) in pieces)
            {
                var payload = new FragmentPayload(1, number, flags, data);
                var header = known ? Head(sa.InitiatorCookie, sa.ResponderCookie) : Head(new Cookie(77), default);
                ladder.Inject(ladder.East, new IsakmpMessage(header, [payload]).Encode());
            }

            NatTraversalTests.Complete(ladder);
        },
        iter: 200);

    [Test]
    public void AMaximumThatLeavesNoRoomIsRefused()
    {
        var policy = new PolicyPair().West with { Fragmentation = new() { MaximumDatagram = 63 } };
        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].fragmentation.maximumDatagram");
    }

    private static Ladder Fragmenting(FragmentationMode west = FragmentationMode.Yes, FragmentationMode east = FragmentationMode.Yes, int largest = Largest)
    {
        var pair = new PolicyPair();
        return new(pair with
        {
            West = pair.West with { Fragmentation = new() { Mode = west, MaximumDatagram = largest } },
            East = pair.East with { Fragmentation = new() { Mode = east, MaximumDatagram = largest } },
        });
    }

    private static IEnumerable<(string From, byte[] Bytes)> Fragments(Ladder ladder) =>
        ladder.Wire.Where(w => MainModeTests.Header(w.Bytes).NextPayload == PayloadType.Fragment);

    private static IsakmpHeader Head(Cookie i, Cookie r) =>
        new(i, r, PayloadType.Fragment, IsakmpHeader.Version10, ExchangeType.IdentityProtection, IsakmpFlags.None, 0, 0);

    private static byte[] Forged(Cookie i, Cookie r, byte number, byte[] data, ushort id = 1, bool last = false) =>
        new IsakmpMessage(Head(i, r), [new FragmentPayload(id, number, last ? (byte)1 : (byte)0, data)]).Encode();
}
