// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Ike.Tests;

/// <summary>RFC 3947 section 7: a NAT that gives the peer another address or port, and those who only pretend it has.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatMovesTests
{
    private static readonly IPEndPoint Attacker = new(IPAddress.Parse("198.51.100.77"), 4500);

    [Test]
    public void AnAuthenticatedMessageFromTheNewMappingIsFollowed()
    {
        var (ladder, nat) = Connected();
        var old = nat.Outside(4500);
        nat.Restart();
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "other"));

        var moved = ladder.East.Saw<PeerAddressChanged>().Should().ContainSingle().Subject;
        (moved.Old, moved.New, moved.Sa.Remote).Should().Be((old, nat.Outside(4500), nat.Outside(4500)));
        moved.Pairs.Should().ContainSingle("the pair that was there before");
        ladder.East.Saw<SendDatagram>().Last().Remote.Should().Be(nat.Outside(4500));
        ladder.West.Endpoint.ChildSas.Should().HaveCount(2);
    }

    [Test]
    public void AnEspPacketFromTheNewMappingIsFollowedToo()
    {
        var (ladder, nat) = Connected();
        var old = nat.Outside(4500);
        var now = new IPEndPoint(old.Address, 41234);
        ladder.Do(ladder.East, new PeerAddressSeen(ladder.East.Endpoint.ChildSas[0].InboundSpi, EastAt4500, now));
        ladder.East.Saw<PeerAddressChanged>().Should().ContainSingle().Which.New.Should().Be(now);
        ladder.Do(ladder.East, new PeerAddressSeen(ladder.East.Endpoint.ChildSas[0].InboundSpi, EastAt4500, now));
        ladder.East.Saw<PeerAddressChanged>().Should().ContainSingle("nothing has changed since");
    }

    /// <summary>RFC 3947 section 4: the responder starts its rekey from 4500 to Y.</summary>
    [Test]
    public void ARekeyOfTheIkeSaBeginsOnTheNewPorts([Values] bool byEast)
    {
        var (ladder, nat) = Connected();
        var before = ladder.Wire.Count;
        ladder.Do(byEast ? ladder.East : ladder.West, new RekeyIkeSa("tunnel"));
        ladder.Wire.Count.Should().BeGreaterThan(before + 5);
        ladder.East.Saw<SendDatagram>().TakeLast(3).Should().OnlyContain(d => d.Local.Port == 4500 && d.Remote.Equals(nat.Outside(4500)));
        ladder.West.Saw<SendDatagram>().TakeLast(3).Should().OnlyContain(d => d.Local.Port == 4500 && d.Remote.Port == 4500);
        ladder.West.Saw<IkeSaEstablished>().Should().HaveCount(2);
        ladder.Run(TimeSpan.FromSeconds(100));
        ladder.West.Saw<SendKeepalive>().Should().HaveCountGreaterThan(1).And.HaveCountLessThanOrEqualTo(5, "two IKE SAs share one mapping");
        ladder.East.Saw<SendKeepalive>().Should().BeEmpty();
    }

    [Test]
    public void PairsHaveThePortsOfTheNat()
    {
        var (ladder, nat) = Connected();
        ladder.East.Endpoint.ChildSas[0].Udp.Should().Be(new UdpEncapsulation(4500, (ushort)nat.Outside(4500).Port));
        ladder.Do(ladder.East, new PeerAddressSeen(ladder.East.Endpoint.ChildSas[0].InboundSpi, EastAt4500, new(PolicyPair.WestEnd.Address, 45678)));
        ladder.East.Endpoint.ChildSas[0].Udp.Should().Be(new UdpEncapsulation(4500, 45678));
    }

    /// <summary>Two hosts behind one NAT have one address: only the port tells them apart.</summary>
    [Test]
    public void AnothersMoveDoesNotTakeMyPairsAlong()
    {
        var (ladder, nat) = Connected();
        var mine = ladder.East.Endpoint.ChildSas[0];
        var other = new PolicyPair().WithNat().WestBehindNat().ThroughNat(nat, seed: 99);
        ladder.Path = nat.Translate;
        nat.Restart();

        // The second host's phase 1 runs with the same east over another mapping of the same NAT.
        foreach (var sent in Relay(ladder, other))
        {
            sent.Should().NotBeNull();
        }

        ladder.East.Endpoint.EstablishedSas.Should().HaveCount(2);
        var theirs = ladder.East.Endpoint.ChildSas.Single(p => p.InboundSpi != mine.InboundSpi);
        ladder.Do(ladder.East, new PeerAddressSeen(theirs.InboundSpi, EastAt4500, new(PolicyPair.WestEnd.Address, 49999)));
        ladder.East.Endpoint.ChildSas.Single(p => p.InboundSpi == mine.InboundSpi).Udp.Should().Be(mine.Udp);
        ladder.East.Endpoint.ChildSas.Single(p => p.InboundSpi == theirs.InboundSpi).Udp!.RemotePort.Should().Be(49999);
    }

    [Test]
    public void TheAddressMayChangeAsWell()
    {
        var (ladder, nat) = Connected();
        nat.Restart();
        var moved = new NatBox(PolicyPairs.WestInside, IPAddress.Parse("198.51.100.55"));
        ladder.Path = moved.Translate;
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "other"));
        ladder.East.Saw<PeerAddressChanged>().Should().ContainSingle().Which.Pairs.Should().OnlyContain(p => p.RemoteAddress.ToString() == "198.51.100.55");
        ladder.East.Endpoint.ChildSas.Should().HaveCount(2).And.OnlyContain(p => p.RemoteAddress.ToString() == "198.51.100.55");
    }

    /// <summary>A copy of any recorded datagram, from an address of the attacker's choice: no answer, no change.</summary>
    [Test]
    public void ReplaysFromElsewhereMoveNothingAndAreNotAnswered()
    {
        var (ladder, _) = Connected();
        foreach (var (from, bytes) in ladder.Wire.ToArray())
        {
            ladder.Inject(from == "west" ? ladder.East : ladder.West, bytes, Attacker, from == "west" ? EastAt4500 : WestAt4500).Should().BeEmpty();
        }

        ladder.East.Saw<PeerAddressChanged>().Should().BeEmpty();
        ladder.East.Saw<SendDatagram>().Should().NotContain(d => d.Remote.Equals(Attacker));
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "other"));
        ladder.West.Endpoint.ChildSas.Should().HaveCount(2);
    }

    [Test]
    public void AForgedMessageFromElsewhereMovesNothing()
    {
        var (ladder, nat) = Connected();
        ladder.Copies = _ => 0;
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "other"));
        var forged = ladder.Wire[^1].Bytes.ToArray();
        forged[^1] ^= 1;
        ladder.Inject(ladder.East, forged, Attacker, EastAt4500).Sum(b => b.Length).Should().BeLessThanOrEqualTo(forged.Length);
        ladder.East.Saw<PeerAddressChanged>().Should().BeEmpty();
        ladder.East.Endpoint.EstablishedSas[0].Remote.Should().Be(nat.Outside(4500));
    }

    /// <summary>The host behind the NAT must not follow: its peer's address does not change (RFC 3947 section 7).</summary>
    [Test]
    public void TheEndBehindTheNatFollowsNobody()
    {
        var (ladder, _) = Connected();
        ladder.Copies = _ => 0;
        ladder.Do(ladder.East, new InitiateChildSa("tunnel", "other"));
        var genuine = ladder.Wire[^1].Bytes;
        ladder.Inject(ladder.West, genuine, Attacker, WestAt4500).Should().BeEmpty();
        ladder.West.Saw<DatagramDiscarded>().Should().Contain(d => d.Clause == "RFC 2408 section 2.5.3");
        ladder.Do(ladder.West, new PeerAddressSeen(ladder.West.Endpoint.ChildSas[0].InboundSpi, WestAt4500, Attacker));
        ladder.West.Saw<PeerAddressChanged>().Should().BeEmpty();
    }

    [Test]
    public void WithoutANatNobodyIsFollowed()
    {
        var ladder = new Ladder(new PolicyPair().WithNat());
        ladder.Connect(ladder.West);
        ladder.Copies = _ => 0;
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "other"));
        ladder.Inject(ladder.East, ladder.Wire[^1].Bytes, Attacker, EastAt4500).Should().BeEmpty();
        ladder.East.Saw<PeerAddressChanged>().Should().BeEmpty();
    }

    [Test]
    public void ADelayedGenuineMessageBringsTheAddressBack()
    {
        var (ladder, nat) = Connected();
        ladder.Copies = _ => 0;
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "other"));
        var genuine = ladder.Wire[^1].Bytes;
        ladder.Copies = null;

        // Somebody on the path is faster with the genuine message than the path itself: section 8 of the RFC.
        ladder.Path = datagram => datagram.Remote.Equals(Attacker) ? null : nat.Translate(datagram);
        ladder.Inject(ladder.East, genuine, Attacker, EastAt4500);
        ladder.East.Endpoint.EstablishedSas[0].Remote.Should().Be(Attacker);
        ladder.Do(ladder.West, new InitiateChildSa("tunnel", "net"));
        ladder.East.Endpoint.EstablishedSas[0].Remote.Should().Be(nat.Outside(4500), "the next genuine message puts it right");
    }

    [Test]
    public void AnyLostOrDuplicatedMessageIsMadeUpFor([Range(1, 9)] int number, [Values(0, 2)] int copies)
    {
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(PolicyPairs.NatOfWest());
        ladder.Copies = n => n == number ? copies : 1;
        ladder.Connect(ladder.West);
        ladder.Run(TimeSpan.FromSeconds(15));
        NatTraversalTests.Complete(ladder);
        ladder.East.Endpoint.EstablishedSas[0].Local.Port.Should().Be(4500);
    }

    [Test]
    public void AnyMessageMayComeLate([Range(1, 9)] int number)
    {
        byte[]? held = null;
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(PolicyPairs.NatOfWest());
        ladder.Copies = n => n == number ? 0 : 1;
        ladder.Connect(ladder.West);
        held = ladder.Wire[number - 1].Bytes;
        var from = ladder.Wire[number - 1].From;
        ladder.Run(TimeSpan.FromSeconds(15));
        ladder.Inject(from == "west" ? ladder.East : ladder.West, held, at: from == "west" ? EastAt4500 : new(PolicyPairs.WestInside, 4500));
        NatTraversalTests.Complete(ladder);
    }

    /// <summary>What is damaged on the way never throws and never moves anything for good.</summary>
    [Test]
    public void DamageOnTheWayIsSurvived() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Int[1, 9], CsCheck.Gen.Int[0, 2000]),
        damage =>
        {
            var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(PolicyPairs.NatOfWest());
            ladder.Alter = (n, bytes) =>
            {
                if (n == damage.Item1)
                {
                    bytes[damage.Item2 / 8 % bytes.Length] ^= (byte)(1 << (damage.Item2 % 8));
                }

                return bytes;
            };
            ladder.Connect(ladder.West);
            ladder.Run(TimeSpan.FromSeconds(15));
            ladder.East.Endpoint.EstablishedSas.Should().HaveCountLessThanOrEqualTo(2);
        },
        iter: 300);

    /// <summary>Runs the west of one ladder against the east of another, and gives what crossed.</summary>
    private static List<SendDatagram> Relay(Ladder ladder, Ladder other)
    {
        var east = ladder.East.Endpoint;
        var west = other.West.Endpoint;
        var nat = other.Path!;
        var crossed = new List<SendDatagram>();
        var waiting = new Queue<(bool ToEast, SendDatagram Datagram)>();
        Take(true, west.Handle(new InitiateChildSa("tunnel", "net"), ladder.Now).Effects);
        while (waiting.TryDequeue(out var next))
        {
            var arriving = nat(next.Datagram)!;
            crossed.Add(arriving);
            var input = new DatagramReceived(arriving.Remote, arriving.Local, arriving.Bytes);
            Take(!next.ToEast, (next.ToEast ? east : west).Handle(input, ladder.Now).Effects);
        }

        return crossed;

        void Take(bool toEast, IEnumerable<IkeEffect> effects)
        {
            foreach (var datagram in effects.OfType<SendDatagram>())
            {
                waiting.Enqueue((toEast, datagram));
            }
        }
    }

    private static IPEndPoint EastAt4500 => new(PolicyPair.EastEnd.Address, 4500);

    private static IPEndPoint WestAt4500 => new(PolicyPairs.WestInside, 4500);

    private static (Ladder Ladder, NatBox Nat) Connected()
    {
        var nat = PolicyPairs.NatOfWest();
        var ladder = new PolicyPair().WithNat().WestBehindNat().ThroughNat(nat);
        ladder.Connect(ladder.West);
        return (ladder, nat);
    }
}
