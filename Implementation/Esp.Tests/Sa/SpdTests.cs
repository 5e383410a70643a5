// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

public sealed class SpdTests
{
    private static readonly SelectorPair Everything = SelectorPair.Any;

    private static readonly SpdEntry Ike = new(
        "ike", new SelectorPair(TrafficSelector.Any.For(17, 500, 500), TrafficSelector.Any.For(17, 500, 500)), SpdAction.Bypass);

    private static readonly SpdEntry Net = new("net", TestSa.Networks, SpdAction.Protect);

    private static readonly SpdEntry Host = new(
        "host",
        new SelectorPair(TrafficSelector.Subnet("198.18.1.10/32"), TrafficSelector.Subnet("198.18.2.0/24")),
        SpdAction.Discard);

    [Test]
    public void The_first_entry_that_matches_decides()
    {
        var packet = TestPackets.WestToEast();

        new Spd(Host, Net).LookupOutbound(packet).Should().Be(Host);
        new Spd(Net, Host).LookupOutbound(packet).Should().Be(Net);
        new Spd(Ike, Net, Host).LookupOutbound(packet).Should().Be(Net);
    }

    [Test]
    public void What_nothing_matches_is_discarded()
    {
        var spd = new Spd(Ike, Net);
        var stray = TestPackets.WithPorts("198.18.3.1", "198.18.2.1", 17, 1, 2);

        spd.LookupOutbound(stray).Should().Be(SpdEntry.Unmatched);
        spd.LookupInbound(stray).Should().Be(SpdEntry.Unmatched);
        SpdEntry.Unmatched.Action.Should().Be(SpdAction.Discard);
        new Spd().LookupOutbound(TestPackets.WestToEast()).Should().Be(SpdEntry.Unmatched);
    }

    [Test]
    public void What_cannot_be_read_is_discarded_even_where_everything_may_pass()
    {
        var spd = new Spd(new SpdEntry("all", Everything, SpdAction.Bypass));
        var packet = TestPackets.WestToEast();
        packet[0] = 0x65;

        spd.LookupOutbound(packet).Should().Be(SpdEntry.Unreadable);
        spd.LookupInbound(packet).Should().Be(SpdEntry.Unreadable);
        spd.LookupOutbound([]).Should().Be(SpdEntry.Unreadable);
        SpdEntry.Unreadable.Action.Should().Be(SpdAction.Discard);
    }

    [Test]
    public void Inbound_local_and_remote_are_swapped()
    {
        var spd = new Spd(Net);
        var reply = TestPackets.WithPorts("198.18.2.20", "198.18.1.10", 17, 1, 2);

        spd.LookupInbound(reply).Should().Be(Net);
        spd.LookupOutbound(reply).Should().Be(SpdEntry.Unmatched);
        spd.LookupInbound(TestPackets.WestToEast()).Should().Be(SpdEntry.Unmatched);
    }

    [TestCase(TrafficDirections.Outbound, true, false)]
    [TestCase(TrafficDirections.Inbound, false, true)]
    [TestCase(TrafficDirections.Both, true, true)]
    [TestCase(TrafficDirections.None, false, false)]
    public void An_entry_speaks_for_its_directions_only(TrafficDirections directions, bool outbound, bool inbound)
    {
        var spd = new Spd(new SpdEntry("one way", Everything, SpdAction.Bypass, directions));

        (spd.LookupOutbound(TestPackets.WestToEast()) != SpdEntry.Unmatched).Should().Be(outbound);
        (spd.LookupInbound(TestPackets.WestToEast()) != SpdEntry.Unmatched).Should().Be(inbound);
    }

    [TestCase("198.18.1.0", "198.18.2.255", true)]
    [TestCase("198.18.1.255", "198.18.2.0", true)]
    [TestCase("198.18.0.255", "198.18.2.0", false)]
    [TestCase("198.18.1.0", "198.18.3.0", false)]
    public void Edges_of_the_ranges_belong_to_them(string source, string destination, bool matches) =>
        (new Spd(Net).LookupOutbound(TestPackets.WithPorts(source, destination, 6, 1, 2)) == Net).Should().Be(matches);

    [Test]
    public void Entries_can_be_put_in_any_order()
    {
        var spd = new Spd();
        spd.Add(Net);
        spd.Insert(0, Host);
        spd.Insert(2, Ike);
        spd.Entries.Should().Equal(Host, Net, Ike);

        var snapshot = spd.Entries;
        spd.Remove(Host).Should().BeTrue();
        spd.Remove(Host).Should().BeFalse();
        spd.Entries.Should().Equal(Net, Ike);
        snapshot.Should().Equal(Host, Net, Ike);

        spd.Replace([Ike]);
        spd.Entries.Should().Equal(Ike);
        FluentActions.Invoking(() => spd.Insert(2, Net)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Lookups_see_the_old_policy_or_the_new_one_and_nothing_between()
    {
        var spd = new Spd(Host, Net);
        var packet = TestPackets.WestToEast();
        using var stop = new CancellationTokenSource();
        var writer = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                spd.Replace([Net, Host]);
                spd.Replace([Host, Net]);
            }
        });
        writer.Start();
        var found = Enumerable.Range(0, 50_000).Select(_ => spd.LookupOutbound(packet)).Distinct().ToList();
        stop.Cancel();
        writer.Join();

        found.Should().BeSubsetOf([Net, Host]);
    }

    [Test]
    public void Entries_read_like_a_policy() => Net.ToString().Should().Be("net: Protect 198.18.1.0/24 === 198.18.2.0/24");

    [Test]
    public void A_pair_contains_a_narrower_one()
    {
        Everything.Contains(TestSa.Networks).Should().BeTrue();
        TestSa.Networks.Contains(Host.Selectors).Should().BeTrue();
        TestSa.Networks.Contains(Host.Selectors.Reversed).Should().BeFalse();
        TestSa.Networks.Reversed.Reversed.Should().Be(TestSa.Networks);
    }
}
