// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Esp.Tests.Sa;

public sealed class TrafficSelectorTests
{
    [TestCase("198.18.1.0/24", "198.18.1.0", "198.18.1.255")]
    [TestCase("198.18.1.77/24", "198.18.1.0", "198.18.1.255")]
    [TestCase("198.18.1.128/25", "198.18.1.128", "198.18.1.255")]
    [TestCase("198.18.1.1/32", "198.18.1.1", "198.18.1.1")]
    [TestCase("198.18.0.0/15", "198.18.0.0", "198.19.255.255")]
    [TestCase("128.0.0.0/1", "128.0.0.0", "255.255.255.255")]
    [TestCase("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    public void A_subnet_contains_its_edges_and_nothing_beyond(string cidr, string first, string last)
    {
        var selector = TrafficSelector.Subnet(cidr);
        var (low, high) = (Number(first), Number(last));

        selector.ContainsAddress(low).Should().BeTrue();
        selector.ContainsAddress(high).Should().BeTrue();
        (low > 0 && selector.ContainsAddress(low - 1)).Should().BeFalse();
        (high < uint.MaxValue && selector.ContainsAddress(high + 1)).Should().BeFalse();
        selector.Should().Be(TrafficSelector.Range(IPAddress.Parse(first), IPAddress.Parse(last)));
    }

    [TestCase(65535, true)]
    [TestCase(1000, true)]
    [TestCase(1024, true)]
    [TestCase(999, false)]
    public void Port_ranges_include_their_ends(int port, bool expected)
    {
        var selector = TrafficSelector.Any.For(6, 1000);
        selector.Contains(1, 6, (ushort)port).Should().Be(expected);
        TrafficSelector.Any.For(6, 0, (ushort)port).Contains(1, 6, (ushort)port).Should().BeTrue();
        TrafficSelector.Any.For(6, 0, (ushort)(port - 1)).Contains(1, 6, (ushort)port).Should().BeFalse();
    }

    [Test]
    public void A_packet_without_ports_matches_any_port_only()
    {
        TrafficSelector.Any.For(6).Contains(1, 6, null).Should().BeTrue();
        TrafficSelector.Any.For(6, 0, 65534).Contains(1, 6, null).Should().BeFalse();
        TrafficSelector.Any.For(6, 1, 65535).Contains(1, 6, null).Should().BeFalse();
    }

    [Test]
    public void A_protocol_matches_itself_and_zero_all()
    {
        TrafficSelector.Any.Contains(1, 200, 5).Should().BeTrue();
        TrafficSelector.Any.For(17).Contains(1, 17, 5).Should().BeTrue();
        TrafficSelector.Any.For(17).Contains(1, 6, 5).Should().BeFalse();
    }

    [TestCase("198.18.1.0/24")]
    [TestCase("0.0.0.0/0")]
    [TestCase("198.18.1.1")]
    [TestCase("198.18.1.5-198.18.1.9")]
    [TestCase("198.18.1.1[17]")]
    [TestCase("198.18.1.0/24[17/53]")]
    [TestCase("198.18.1.5-198.18.2.9[6/1000-2000]")]
    [TestCase("198.18.1.1[0/53]")]
    [TestCase("198.18.1.1[17/opaque]")]
    [TestCase("2001:db8::1")]
    [TestCase("2001:db8:1::/48")]
    [TestCase("::/0[58/32768]")]
    [TestCase("2001:db8::5-2001:db8::9[6/1000-2000]")]
    public void What_is_written_is_read_again(string text)
    {
        TrafficSelector.TryParse(text, out var selector).Should().BeTrue();
        selector!.ToString().Should().Be(text);
    }

    [Test]
    public void Every_selector_survives_being_written()
    {
        var selectors =
            from first in Gen.UInt
            from size in Gen.OneOf(Gen.UInt, Gen.UInt[0, 300])
            from protocol in Gen.Byte
            from low in Gen.UShort
            from high in Gen.UShort
            select (first, last: Math.Max(first, unchecked(first + size)), protocol, low: Math.Min(low, high), high: Math.Max(low, high));
        selectors.Sample(numbers =>
        {
            TrafficSelector.TryCreate(numbers.first, numbers.last, numbers.protocol, numbers.low, numbers.high, out var selector)
                .Should().BeTrue();
            TrafficSelector.TryParse(selector!.ToString(), out var again).Should().BeTrue();
            again.Should().Be(selector);
        });
    }

    [TestCase("")]
    [TestCase("198.18.1")]
    [TestCase("198.18.1.0.0")]
    [TestCase("198.18.01.0")]
    [TestCase("0x7f.0.0.1")]
    [TestCase("198.18.1.256")]
    [TestCase("198.18.1.0/33")]
    [TestCase("198.18.1.0/")]
    [TestCase("198.18.1.0/-1")]
    [TestCase("198.18.1.9-198.18.1.5")]
    [TestCase("198.18.1.9-")]
    [TestCase("198.18.1.9[17")]
    [TestCase("198.18.1.9[256]")]
    [TestCase("198.18.1.9[17/]")]
    [TestCase("198.18.1.9[17/9-8]")]
    [TestCase("198.18.1.9[17/65536]")]
    [TestCase("2001:db8::1%eth0")]
    [TestCase("[2001:db8::1]")]
    [TestCase("2001:db8::/129")]
    [TestCase("2001:db8::1-198.18.1.1")]
    [TestCase("2001:db8::g")]
    [TestCase("198.18.1.1[17/opaq]")]
    [TestCase(" 198.18.1.1")]
    public void What_is_no_selector_is_refused(string text)
    {
        TrafficSelector.TryParse(text, out var selector).Should().BeFalse();
        selector.Should().BeNull();
    }

    [Test]
    public void Factories_refuse_what_is_no_subnet_or_upside_down()
    {
        FluentActions.Invoking(() => TrafficSelector.Subnet("198.18.1.5-198.18.1.9")).Should().Throw<FormatException>();
        FluentActions.Invoking(() => TrafficSelector.Subnet(IPAddress.Any, 33)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => TrafficSelector.Subnet(IPAddress.IPv6Any, 129)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => TrafficSelector.Range(IPAddress.Any, IPAddress.IPv6Any)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => TrafficSelector.Range(IPAddress.Broadcast, IPAddress.Any)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => TrafficSelector.Any.For(6, 2, 1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void Intersection_contains_what_both_contain()
    {
        var numbers = Gen.Select(Gen.UInt[0, 20], Gen.UInt[0, 20], Gen.Byte[0, 2], Gen.UShort[0, 9], Gen.UShort[0, 9]);
        var selectors = numbers.Select((a, b, protocol, p, q) =>
        {
            TrafficSelector.TryCreate(Math.Min(a, b), Math.Max(a, b), protocol, Math.Min(p, q), Math.Max(p, q), out var selector);
            return selector!;
        });
        var samples = Gen.Select(selectors, selectors, Gen.UInt[0, 21], Gen.Byte[1, 3], Gen.UShort[0, 10]);
        samples.Sample((left, right, address, protocol, port) =>
        {
            var both = left.Contains(address, protocol, port) && right.Contains(address, protocol, port);
            var shared = left.TryIntersect(right, out var common);
            (shared && common!.Contains(address, protocol, port)).Should().Be(both);
            if (shared)
            {
                left.Contains(common!).Should().BeTrue();
                right.Contains(common!).Should().BeTrue();
            }
        });
    }

    [Test]
    public void Containment_is_containment_of_every_packet()
    {
        var wide = TrafficSelector.Subnet("198.18.0.0/16").For(17, 10, 20);
        wide.Contains(TrafficSelector.Subnet("198.18.5.0/24").For(17, 10, 20)).Should().BeTrue();
        wide.Contains(TrafficSelector.Subnet("198.18.5.0/24").For(17, 9, 20)).Should().BeFalse();
        wide.Contains(TrafficSelector.Subnet("198.18.5.0/24").For(17, 10, 21)).Should().BeFalse();
        wide.Contains(TrafficSelector.Subnet("198.18.5.0/24").For(0, 10, 20)).Should().BeFalse();
        wide.Contains(TrafficSelector.Subnet("198.18.0.0/15").For(17, 10, 20)).Should().BeFalse();
        TrafficSelector.Any.Contains(wide).Should().BeTrue();
    }

    [Test]
    public void Quick_mode_identifications_become_selectors()
    {
        var network = IPAddress.Parse("198.18.1.0");
        var cases = new (IdentificationPayload Identification, string Expected)[]
        {
            (IdentificationPayload.Ipv4Subnet(network, 24), "198.18.1.0/24"),
            (IdentificationPayload.Ipv4Address(network), "198.18.1.0"),
            (IdentificationPayload.Ipv4Range(network, IPAddress.Parse("198.18.1.9")), "198.18.1.0-198.18.1.9"),
            (IdentificationPayload.Ipv4Address(network, 17, 53), "198.18.1.0[17/53]"),
            (IdentificationPayload.Ipv4Address(network, 17), "198.18.1.0[17]"),
        };
        foreach (var (identification, expected) in cases)
        {
            TrafficSelector.TryFrom(identification, out var selector).Should().BeTrue();
            selector!.ToString().Should().Be(expected);
        }

        TrafficSelector.TryFrom(IdentificationPayload.Fqdn("west.example"), out _).Should().BeFalse();
        TrafficSelector.TryFrom(IdentificationPayload.Ipv4Range(IPAddress.Broadcast, network), out _).Should().BeFalse();
    }

    private static uint Number(string address) => Ipv4Header.ToNumber(IPAddress.Parse(address));
}
