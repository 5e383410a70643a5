// SPDX-License-Identifier: Apache-2.0

using System.Net;
using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

public sealed class SadTests
{
    private static readonly IPAddress North = IPAddress.Parse("198.51.100.3");

    [Test]
    public void An_sa_is_found_by_spi_and_by_spi_and_destination()
    {
        var sad = new Sad<Entry>();
        var sa = new Entry(TestSa.Gcm);
        sad.TryAdd(sa).Should().BeTrue();

        sad.TryFind(TestSa.Spi, out var bySpi).Should().BeTrue();
        sad.TryFind(TestSa.Spi, IPAddress.Parse("198.51.100.2"), out var byBoth).Should().BeTrue();
        bySpi.Should().BeSameAs(sa);
        byBoth.Should().BeSameAs(sa);
        sad.TryFind(TestSa.Spi + 1, out _).Should().BeFalse();
        sad.TryFind(TestSa.Spi, North, out _).Should().BeFalse();
    }

    [Test]
    public void Two_receivers_may_choose_the_same_spi()
    {
        var sad = new Sad<Entry>();
        var east = new Entry(TestSa.Gcm);
        var north = new Entry(TestSa.Gcm with { Destination = North });

        sad.TryAdd(east).Should().BeTrue();
        sad.TryAdd(north).Should().BeTrue();
        sad.TryAdd(new Entry(TestSa.Gcm)).Should().BeFalse("that pair of SPI and destination is taken");

        sad.TryFind(TestSa.Spi, TestSa.East, out var found).Should().BeTrue();
        found.Should().BeSameAs(east);
        sad.TryFind(TestSa.Spi, North, out found).Should().BeTrue();
        found.Should().BeSameAs(north);

        sad.TryRemove(TestSa.Spi, TestSa.East, out var removed).Should().BeTrue();
        removed.Should().BeSameAs(east);
        sad.TryFind(TestSa.Spi, out found).Should().BeTrue();
        found.Should().BeSameAs(north);
        sad.TryRemove(TestSa.Spi, TestSa.East, out _).Should().BeFalse();
        sad.TryRemove(TestSa.Spi, North, out _).Should().BeTrue();
        sad.TryFind(TestSa.Spi, out _).Should().BeFalse();
        sad.All.Should().BeEmpty();
        sad.TryAdd(east).Should().BeTrue();
    }

    [Test]
    public void The_preferred_sa_comes_first()
    {
        var sad = new Sad<Entry>();
        var older = new Entry(TestSa.Gcm);
        var newer = new Entry(TestSa.Gcm with { Spi = TestSa.Spi + 1 });
        var gone = new Entry(TestSa.Gcm with { Spi = TestSa.Spi + 2 });
        sad.TryAdd(older).Should().BeTrue();
        sad.TryAdd(newer).Should().BeTrue();

        sad.TryPrefer(older).Should().BeTrue();
        sad.TryPrefer(gone).Should().BeFalse();
        Preferred().Should().BeSameAs(older);
        sad.TryPrefer(newer).Should().BeTrue();
        Preferred().Should().BeSameAs(newer);
        sad.TryRemove(newer).Should().BeTrue();
        Preferred().Should().BeSameAs(older);

        Entry Preferred()
        {
            sad.TryFindOutbound(TestSa.Gcm.Name, TestPackets.Selectors(TestPackets.WestToEast()), out var sa).Should().BeTrue();
            return sa!;
        }
    }

    [TestCase(0u)]
    [TestCase(1u)]
    [TestCase(255u)]
    public void Reserved_spis_are_refused(uint spi)
    {
        EspSaParameters.IsReservedSpi(spi).Should().BeTrue();
        FluentActions.Invoking(() => new Sad<Entry>().TryAdd(new Entry(TestSa.Gcm with { Spi = spi })))
            .Should().Throw<ArgumentException>();
    }

    [Test]
    public void The_lowest_usable_spi_is_accepted() =>
        new Sad<Entry>().TryAdd(new Entry(TestSa.Gcm with { Spi = EspSaParameters.FirstUsableSpi })).Should().BeTrue();

    [Test]
    public void Outbound_traffic_takes_the_newest_sa_that_may_carry_it()
    {
        var sad = new Sad<Entry>();
        var packet = TestPackets.Selectors(TestPackets.WestToEast());
        var old = new Entry(TestSa.Gcm with { Spi = 1000 });
        var replacement = new Entry(TestSa.Gcm with { Spi = 2000 });
        var elsewhere = new Entry(TestSa.Gcm with { Spi = 3000, Selectors = TestSa.Networks.Reversed });
        var other = new Entry(TestSa.Gcm with { Spi = 4000, Name = "other" });

        sad.TryFindOutbound("net", packet, out _).Should().BeFalse();
        sad.TryAdd(old);
        sad.TryAdd(other);
        sad.TryFindOutbound("net", packet, out var found).Should().BeTrue();
        found.Should().BeSameAs(old);
        sad.TryAdd(replacement);
        sad.TryAdd(elsewhere);
        sad.TryFindOutbound("net", packet, out found).Should().BeTrue();
        found.Should().BeSameAs(replacement);
        sad.TryRemove(2000, TestSa.East, out _).Should().BeTrue();
        sad.TryFindOutbound("net", packet, out found).Should().BeTrue();
        found.Should().BeSameAs(old);
        sad.TryFindOutbound("none", packet, out _).Should().BeFalse();
        sad.All.Select(sa => sa.Parameters.Spi).Should().Equal(1000, 3000, 4000);
    }

    [Test]
    public void Lookups_go_on_while_sas_come_and_go()
    {
        var sad = new Sad<Entry>();
        var lasting = new Entry(TestSa.Gcm);
        sad.TryAdd(lasting);
        using var stop = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            for (var i = 0u; !stop.IsCancellationRequested; i++)
            {
                var passing = TestSa.Gcm with { Destination = North, Spi = i % 2 == 0 ? TestSa.Spi : 5000 + (i % 100) };
                sad.TryAdd(new Entry(passing));
                sad.TryRemove(passing.Spi, North, out _);
            }
        });
        writer.Start();
        var missed = Enumerable.Range(0, 100_000).Count(_ =>
            !sad.TryFind(TestSa.Spi, TestSa.East, out var found) || !ReferenceEquals(found, lasting)
            || !sad.TryFind(TestSa.Spi, out var first) || !ReferenceEquals(first, lasting));
        stop.Cancel();
        writer.Join();

        missed.Should().Be(0);
        sad.All.Should().Equal(lasting);
    }

    private sealed class Entry(SaParameters parameters) : ISecurityAssociation
    {
        public SaParameters Parameters => parameters;

        public SaUsage Usage { get; } = new();
    }
}
