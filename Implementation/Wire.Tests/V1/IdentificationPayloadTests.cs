// SPDX-License-Identifier: Apache-2.0
using System.Net;
using FluentAssertions;
using Ipsec.Wire.V1;
using NUnit.Framework;

namespace Ipsec.Wire.Tests.V1;

public sealed class IdentificationPayloadTests
{
    private static IEnumerable<TestCaseData> Texts()
    {
        yield return new(IdentificationPayload.Ipv4Address(IPAddress.Parse("198.51.100.1")), "198.51.100.1");
        yield return new(IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.1.0"), 24), "198.18.1.0/24");
        yield return new(IdentificationPayload.Ipv4Subnet(IPAddress.Any, 0), "0.0.0.0/0");
        yield return new(IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.1.1"), 32, 6, 80), "198.18.1.1/32[6/80]");
        yield return new(
            IdentificationPayload.Ipv4Subnet(IPAddress.Parse("198.18.0.0"), IPAddress.Parse("255.0.255.0")), "198.18.0.0/255.0.255.0");
        yield return new(
            IdentificationPayload.Ipv4Range(IPAddress.Parse("198.18.1.1"), IPAddress.Parse("198.18.1.9")), "198.18.1.1-198.18.1.9");
        yield return new(IdentificationPayload.Ipv6Address(IPAddress.Parse("2001:db8::1")), "2001:db8::1");
        yield return new(IdentificationPayload.Ipv6Subnet(IPAddress.Parse("2001:db8::"), 33), "2001:db8::/33");
        yield return new(
            IdentificationPayload.Ipv6Range(IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2")), "2001:db8::1-2001:db8::2");
        yield return new(IdentificationPayload.Fqdn("west.example"), "west.example");
        yield return new(IdentificationPayload.Fqdn("west.example", 17, 500), "west.example[17/500]");
        yield return new(IdentificationPayload.UserFqdn("user@west.example"), "user@west.example");
        yield return new(IdentificationPayload.KeyId(Hex.Bytes("0aff")), "KeyId:0x0aff");
        yield return new(IdentificationPayload.DistinguishedName(Hex.Bytes("3000")), "DerAsn1Dn:0x3000");

        // Nothing a peer sends may reach a terminal or a report as control characters.
        yield return new(IdentificationPayload.Fqdn("a\u001b[2J"), "Fqdn:0x611b5b324a");
        yield return new(IdentificationPayload.Fqdn(""), "Fqdn:0x");
        yield return new(new IdentificationPayload(IdType.Ipv4Address, 0, 0, Hex.Bytes("c63364")), "Ipv4Address:0xc63364");
        yield return new(new IdentificationPayload((IdType)200, 0, 0, default), "200:0x");
    }

    [TestCaseSource(nameof(Texts))]
    public void Reads_as_people_write_it(IdentificationPayload payload, string text) => payload.ToString().Should().Be(text);

    [Test]
    public void An_address_is_a_range_of_one()
    {
        IdentificationPayload.Ipv4Address(IPAddress.Parse("198.18.1.9")).TryGetIpv4Range(out var first, out var last).Should().BeTrue();

        first.Should().Be(0xc6120109);
        last.Should().Be(0xc6120109);
    }

    [TestCase("198.18.1.77", 24, 0xc6120100u, 0xc61201ffu)]
    [TestCase("198.18.1.77", 32, 0xc612014du, 0xc612014du)]
    [TestCase("198.18.1.77", 0, 0u, uint.MaxValue)]
    [TestCase("198.18.1.77", 31, 0xc612014cu, 0xc612014du)]
    public void A_subnet_is_the_range_of_its_prefix(string address, int prefix, uint first, uint last)
    {
        var payload = IdentificationPayload.Ipv4Subnet(IPAddress.Parse(address), prefix);

        payload.TryGetIpv4Range(out var from, out var to).Should().BeTrue();
        payload.TryGetPrefixLength(out var length).Should().BeTrue();

        (from, to).Should().Be((first, last));
        length.Should().Be(prefix);
    }

    [Test]
    public void A_range_is_as_given_and_never_backwards()
    {
        var one = IPAddress.Parse("198.18.1.1");
        var nine = IPAddress.Parse("198.18.1.9");

        IdentificationPayload.Ipv4Range(one, nine).TryGetIpv4Range(out var first, out var last).Should().BeTrue();
        (first, last).Should().Be((0xc6120101, 0xc6120109));
        IdentificationPayload.Ipv4Range(nine, one).TryGetIpv4Range(out _, out _).Should().BeFalse();
    }

    [TestCase(IdType.Ipv4Address, "c63364")]
    [TestCase(IdType.Ipv4Address, "c633640101")]
    [TestCase(IdType.Ipv4Subnet, "c6120100ff")]
    [TestCase(IdType.Ipv4Subnet, "c6120100ff00ff00")]
    [TestCase(IdType.Ipv4Range, "")]
    [TestCase(IdType.Fqdn, "c6336401")]
    [TestCase(IdType.Ipv6Address, "20010db8000000000000000000000001")]
    public void Other_data_are_no_range(IdType type, string data)
    {
        new IdentificationPayload(type, 0, 0, Hex.Bytes(data)).TryGetIpv4Range(out _, out _).Should().BeFalse();
    }

    [Test]
    public void Addresses_of_both_families_are_addresses()
    {
        var address = IPAddress.Parse("2001:db8::1");

        IdentificationPayload.Ipv6Address(address).TryGetAddress(out var read).Should().BeTrue();
        read.Should().Be(address);
        IdentificationPayload.Fqdn("abcd").TryGetAddress(out _).Should().BeFalse();
    }

    [Test]
    public void An_address_of_the_wrong_family_is_our_own_mistake()
    {
        var wrong = () => IdentificationPayload.Ipv4Address(IPAddress.IPv6Loopback);
        var tooLong = () => IdentificationPayload.Ipv4Subnet(IPAddress.Any, 33);

        wrong.Should().Throw<ArgumentException>();
        tooLong.Should().Throw<ArgumentOutOfRangeException>();
    }
}
