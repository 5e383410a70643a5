// SPDX-License-Identifier: Apache-2.0

using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;

namespace Ipsec.Ike.Tests;

/// <summary>SAs are replaced before they end, and nothing that is sent meanwhile is lost (RFC 2408 section 4.3).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RekeyTests
{
    private const int ConnectMessages = 9;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>Both sides have the same lifetimes: one of them is first, and there is one pair at almost any time.</summary>
    [Test]
    public void APairIsReplacedAgainAndAgain([Values(1ul, 2ul, 3ul)] ulong seed)
    {
        var simulation = Connected(new PolicyPair().Both(c => c with { LifetimeSeconds = 300 }), seed);
        simulation.SendPackets(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        simulation.Run(TimeSpan.FromHours(1));
        simulation.Lost.Should().BeEmpty();
        simulation.PacketsReceived.Should().Be(2 * 3600);
        simulation.West.Saw<InstallChildSa>().Should().HaveCountGreaterThan(11).And.HaveCountLessThan(30);
        simulation.West.Endpoint.ChildSas.Count.Should().BeInRange(1, 2);
        simulation.West.Endpoint.EstablishedSas.Should().ContainSingle();
        simulation.West.Saw<ChildSaLifetimeReached>().Concat(simulation.East.Saw<ChildSaLifetimeReached>()).Should().NotContain(e => e.IsHard);
    }

    [Test]
    public void ABundleIsReplacedWhole()
    {
        var simulation = Connected(new PolicyPair().Both(c => c with { LifetimeSeconds = 300, Suites = [Phase2Policies.Bundle], Pfs = PolicyPair.Group("ECP-256") }));
        simulation.Run(TimeSpan.FromMinutes(30));
        simulation.West.Endpoint.ChildSas.Count.Should().BeOneOf(2, 4);
        simulation.West.Endpoint.ChildSas.GroupBy(p => p.BundleId).Should().OnlyContain(bundle => bundle.Count() == 2);
        simulation.West.Saw<InstallChildSa>().Count().Should().BeGreaterThan(10);
    }

    [Test]
    public void KilobytesReplaceAPairToo()
    {
        var ladder = new Ladder(new PolicyPair().Both(c => c with { LifetimeKilobytes = 1000 }));
        ladder.Connect(ladder.West);
        var old = ladder.West.Endpoint.ChildSas.Single();
        ladder.Do(ladder.West, new ChildSaTraffic(old.InboundSpi, 0, 950 * 1024));
        ladder.West.Saw<ChildSaLifetimeReached>().Should().ContainSingle().Which.Unit.Should().Be(LifetimeUnit.Kilobytes);
        ladder.West.Endpoint.ChildSas.Should().HaveCount(2, "the old one stays for what is on its way");
        ladder.Run(TimeSpan.FromSeconds(11));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle().Which.Should().NotBe(old);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        ladder.West.Saw<RemoveChildSa>().Should().ContainSingle();
    }

    [Test]
    public void ACommandReplacesAPair([Values] bool byWest)
    {
        var simulation = Connected(new PolicyPair());
        simulation.SendPackets(Tick, TimeSpan.FromSeconds(30));
        var side = byWest ? simulation.West : simulation.East;
        var old = side.Endpoint.ChildSas.Single();
        simulation.Do(side, new RekeyChildSa(old.InboundSpi));
        simulation.Run(TimeSpan.FromSeconds(5));
        simulation.Mirrored(2);
        simulation.West.Sending[^1].Should().Be(simulation.West.Endpoint.ChildSas[^1], "the new one is sent on");
        simulation.Run(TimeSpan.FromSeconds(30));
        simulation.Mirrored(1);
        side.Saw<RemoveChildSa>().Single().Pair.Should().Be(old);
        simulation.Lost.Should().BeEmpty();
    }

    [Test]
    public void ACommandForAPairThatIsGoneDoesNothing()
    {
        var simulation = Connected(new PolicyPair());
        var sent = simulation.Wire.Count;
        simulation.Do(simulation.West, new RekeyChildSa(77777));
        simulation.Wire.Should().HaveCount(sent);
    }

    /// <summary>RFC 2408 section 4.3, and message 3 may be lost: whoever has answered is ready to receive.</summary>
    [Test]
    public void NoTrafficIsLostWhicheverMessageIs([Range(1, 4)] int lost, [Values] bool commit)
    {
        var simulation = Connected(new PolicyPair().Both(c => c with { SetCommitBit = commit }));
        var first = simulation.Wire.Count;
        var normal = simulation.Arrivals;
        simulation.Arrivals = number => number == first + lost ? [] : normal(number);
        simulation.SendPackets(Tick, TimeSpan.FromSeconds(60));
        simulation.Do(simulation.West, new RekeyChildSa(simulation.West.Endpoint.ChildSas.Single().InboundSpi));
        simulation.Run(TimeSpan.FromSeconds(61));
        simulation.Lost.Should().BeEmpty();
        if (lost < 4 || commit)
        {
            simulation.Mirrored(1);
            return;
        }

        // It was the Delete, which nobody repeats: the peer keeps the old pair, unused, until its life ends.
        simulation.West.Endpoint.ChildSas.Should().ContainSingle();
        simulation.East.Endpoint.ChildSas.Should().HaveCount(2);
        simulation.East.Sending[^1].Should().Be(simulation.East.Endpoint.ChildSas[^1]);
    }

    /// <summary>Both sides begin at once; every order in which the messages of the two directions can cross.</summary>
    [Test]
    public void CrossedRekeysEndWithOnePairInEveryOrder()
    {
        var slow = TimeSpan.FromMilliseconds(400);
        for (var order = 0; order < 256; order++)
        {
            var simulation = Connected(new PolicyPair(), (ulong)(order % 7) + 1);
            var first = simulation.Wire.Count;
            var last = new Dictionary<string, DateTimeOffset>();
            var mask = order;
            simulation.Arrivals = number =>
            {
                // A slow message holds up those behind it: the two directions keep their own order.
                var from = simulation.Wire[number - 1].From;
                var bit = number - first - 1;
                var due = simulation.Now + (bit < 8 && (mask >> bit & 1) == 1 ? slow : TimeSpan.FromMilliseconds(10));
                due = last.TryGetValue(from, out var before) && before > due ? before : due;
                last[from] = due;
                return [due - simulation.Now];
            };
            RekeyOnBothSides(simulation);
            simulation.SendPackets(Tick, TimeSpan.FromSeconds(40));
            simulation.Run(TimeSpan.FromSeconds(41));
            simulation.Lost.Should().BeEmpty($"order {order}");
            simulation.Mirrored(1);
        }
    }

    /// <summary>Any delay, loss and duplication of any message of two rekeys at once.</summary>
    [Test]
    public void CrossedRekeysEndWithAPairOnAnyNetwork() =>
        Gen.Select(Gen.Int[0, 3000].Array[24], Gen.Int[0, 9].Array[24], Gen.ULong[1, 50], Gen.Bool, Gen.Bool).Sample(
            (delays, fates, seed, commitWest, commitEast) =>
            {
                var policies = new PolicyPair().OfWest(c => c with { SetCommitBit = commitWest }).OfEast(c => c with { SetCommitBit = commitEast });
                var simulation = Connected(policies, seed);
                var first = simulation.Wire.Count;
                simulation.Arrivals = number => (number - first - 1) is var i && i < delays.Length
                    ? fates[i] switch
                    {
                        0 => [],
                        1 => [TimeSpan.FromMilliseconds(delays[i]), TimeSpan.FromMilliseconds(delays[i] + 500)],
                        _ => [TimeSpan.FromMilliseconds(delays[i])],
                    }
                    : [TimeSpan.FromMilliseconds(10)];
                RekeyOnBothSides(simulation);
                simulation.Run(TimeSpan.FromMinutes(4));

                // A Delete is sent once; when it is lost, one side keeps a pair for its lifetime. What both send on is there.
                foreach (var (from, to) in new[] { (simulation.West, simulation.East), (simulation.East, simulation.West) })
                {
                    from.Endpoint.ChildSas.Should().NotBeEmpty();
                    to.Endpoint.ChildSas.Should().NotBeEmpty();
                }

                simulation.Run(TimeSpan.FromHours(2));
                simulation.SendPackets(Tick, TimeSpan.FromSeconds(5));
                simulation.Lost.Clear();
                simulation.Run(TimeSpan.FromSeconds(6));
                simulation.Lost.Should().BeEmpty();
                simulation.PacketsReceived.Should().BePositive();
            },
            iter: 150);

    /// <summary>A peer that cannot be reached any more: the pair ends with its hard lifetime, after some attempts.</summary>
    [Test]
    public void WithoutAnswerThePairEndsInTheEnd()
    {
        var simulation = Connected(new PolicyPair().Both(c => c with { LifetimeSeconds = 300 }));
        simulation.Arrivals = _ => [];
        simulation.Run(TimeSpan.FromSeconds(301));
        simulation.West.Endpoint.ChildSas.Should().BeEmpty();
        simulation.West.Saw<ExchangeFailed>().Should().NotBeEmpty();
        simulation.West.Saw<ChildSaLifetimeReached>().Last().IsHard.Should().BeTrue();
        simulation.Wire.Count.Should().BeLessThan(100, "attempts are not made without pause");
    }

    /// <summary>Nobody wants the successor of a pair that was deleted meanwhile.</summary>
    [Test]
    public void ADeleteEndsARekeyThatIsUnderWay([Values] bool byTheSameSide)
    {
        var simulation = Connected(new PolicyPair());
        var first = simulation.Wire.Count;
        simulation.Arrivals = number => number == first + 1 ? [TimeSpan.FromSeconds(2)] : [TimeSpan.FromMilliseconds(10)];
        var (west, east) = (simulation.West.Endpoint.ChildSas.Single(), simulation.East.Endpoint.ChildSas.Single());
        simulation.Do(simulation.West, new RekeyChildSa(west.InboundSpi));
        simulation.Do(byTheSameSide ? simulation.West : simulation.East, new DeleteChildSa(byTheSameSide ? west.InboundSpi : east.InboundSpi));
        simulation.Run(TimeSpan.FromMinutes(5));
        simulation.Mirrored(0);
        simulation.West.Saw<ExchangeFailed>().Should().ContainSingle();
    }

    [Test]
    public void AnIkeSaIsReplacedAndItsIpsecSasStay([Values(1ul, 2ul)] ulong seed)
    {
        var policies = new PolicyPair().Connections(c => c with { Phase1 = [c.Phase1[0] with { LifetimeSeconds = 600 }] }).Both(c => c with { LifetimeSeconds = 100000 });
        var simulation = Connected(policies, seed);
        var pair = simulation.West.Endpoint.ChildSas.Single();
        simulation.SendPackets(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        simulation.Run(TimeSpan.FromHours(1));
        simulation.West.Saw<IkeSaEstablished>().Should().HaveCountGreaterThan(5).And.HaveCountLessThan(20);
        simulation.West.Endpoint.EstablishedSas.Count.Should().BeInRange(1, 2);
        simulation.Mirrored(1);
        simulation.West.Endpoint.ChildSas.Single().Should().Be(pair, "RFC 2409 section 5.5");
        simulation.Lost.Should().BeEmpty();
        simulation.West.Saw<IkeSaLifetimeReached>().Concat(simulation.East.Saw<IkeSaLifetimeReached>()).Should().NotContain(e => e.IsHard);

        // The Delete goes through the newest IKE SA: the one that made the pair is gone.
        simulation.Do(simulation.West, new DeleteChildSa(pair.InboundSpi));
        simulation.Run(TimeSpan.FromSeconds(1));
        simulation.Mirrored(0);
    }

    [Test]
    public void ACommandReplacesAnIkeSa([Values] bool byWest)
    {
        var simulation = Connected(new PolicyPair());
        var old = simulation.West.Endpoint.EstablishedSas.Single();
        var side = byWest ? simulation.West : simulation.East;
        simulation.Do(side, new RekeyIkeSa("tunnel"));
        simulation.Run(TimeSpan.FromSeconds(5));
        simulation.West.Endpoint.EstablishedSas.Should().HaveCount(2);
        simulation.Do(side, new RekeyChildSa(side.Endpoint.ChildSas.Single().InboundSpi));
        simulation.Run(TimeSpan.FromSeconds(1));
        side.Endpoint.ChildSas[^1].Cookies.Should().NotBe((old.InitiatorCookie, old.ResponderCookie), "what is new is negotiated under the new IKE SA");
        simulation.Run(TimeSpan.FromSeconds(15));
        foreach (var end in new[] { simulation.West, simulation.East })
        {
            end.Endpoint.EstablishedSas.Should().ContainSingle().Which.InitiatorCookie.Should().NotBe(old.InitiatorCookie);
        }

        simulation.Mirrored(1);
    }

    [Test]
    public void WithoutAnIkeSaTheCommandMakesOne()
    {
        var simulation = new Simulation(new PolicyPair());
        simulation.Do(simulation.West, new RekeyIkeSa("tunnel"));
        simulation.Run(TimeSpan.FromSeconds(1));
        simulation.East.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    /// <summary>Both sides replace the IKE SA at once: one of the two new ones stays.</summary>
    [Test]
    public void CrossedIkeRekeysEndWithOne([Range(0, 15)] int order)
    {
        var simulation = Connected(new PolicyPair(), (ulong)order + 1);
        var first = simulation.Wire.Count;
        simulation.Arrivals = number => [TimeSpan.FromMilliseconds(number - first is > 0 and < 5 && (order >> (number - first - 1) & 1) == 1 ? 300 : 10)];
        simulation.Do(simulation.West, new RekeyIkeSa("tunnel"));
        simulation.Do(simulation.East, new RekeyIkeSa("tunnel"));
        simulation.Run(TimeSpan.FromSeconds(30));
        var west = simulation.West.Endpoint.EstablishedSas.Should().ContainSingle().Subject;
        simulation.East.Endpoint.EstablishedSas.Should().ContainSingle().Which.InitiatorCookie.Should().Be(west.InitiatorCookie);
        simulation.Mirrored(1);
        simulation.Do(simulation.West, new InitiateChildSa("tunnel", "other"));
        simulation.Run(TimeSpan.FromSeconds(1));
        simulation.Mirrored(2);
    }

    /// <summary>When its IKE SA is gone, a pair is replaced under a new one.</summary>
    [Test]
    public void APairOutlivesItsIkeSaAndIsStillReplaced()
    {
        var policies = new PolicyPair()
            .Connections(c => c with { Rekey = c.Rekey with { IsAutomatic = false }, Phase1 = [c.Phase1[0] with { LifetimeSeconds = 100 }] });
        policies = policies with { West = policies.West with { Rekey = new() } };
        var simulation = Connected(policies);
        simulation.Arrivals = _ => [];
        simulation.Run(TimeSpan.FromSeconds(200));
        simulation.West.Endpoint.EstablishedSas.Should().BeEmpty();
        simulation.Arrivals = _ => [TimeSpan.FromMilliseconds(10)];
        simulation.Do(simulation.West, new RekeyChildSa(simulation.West.Endpoint.ChildSas.Single().InboundSpi));
        simulation.Run(TimeSpan.FromSeconds(30));
        simulation.Mirrored(1);
        simulation.West.Endpoint.EstablishedSas.Should().ContainSingle();
    }

    private static void RekeyOnBothSides(Simulation simulation)
    {
        foreach (var end in new[] { simulation.West, simulation.East })
        {
            simulation.Do(end, new RekeyChildSa(end.Endpoint.ChildSas.Single().InboundSpi));
        }
    }

    private static Simulation Connected(PolicyPair policies, ulong seed = 1)
    {
        var simulation = new Simulation(policies, seed);
        simulation.Do(simulation.West, new InitiateChildSa("tunnel", "net"));
        simulation.Run(TimeSpan.FromSeconds(1));
        simulation.Wire.Count.Should().BeInRange(ConnectMessages, ConnectMessages + 2);
        simulation.West.Endpoint.ChildSas.Should().NotBeEmpty();
        return simulation;
    }
}
