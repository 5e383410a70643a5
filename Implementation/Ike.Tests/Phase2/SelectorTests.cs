// SPDX-License-Identifier: Apache-2.0

using System.Net;
using CsCheck;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.Tests;

/// <summary>Client identities: RFC 2409 section 5.5, RFC 2407 section 4.6.2.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SelectorTests
{
    private static readonly IPAddress NetV6 = IPAddress.Parse("2001:db8:1::");

    private static IEnumerable<TestCaseData> Same()
    {
        yield return new(V4("198.18.1.0/24"), Range("198.18.1.0", "198.18.1.255"));
        yield return new(V4("198.18.1.7/24"), V4("198.18.1.0/24"));
        yield return new(IdentificationPayload.Ipv4Address(IPAddress.Parse("198.18.1.1")), V4("198.18.1.1/32"));
        yield return new(IdentificationPayload.Ipv4Address(IPAddress.Parse("198.18.1.1")), Range("198.18.1.1", "198.18.1.1"));
        yield return new(V4("0.0.0.0/0"), Range("0.0.0.0", "255.255.255.255"));
        yield return new(IdentificationPayload.Ipv6Subnet(NetV6, 64), IdentificationPayload.Ipv6Range(NetV6, IPAddress.Parse("2001:db8:1::ffff:ffff:ffff:ffff")));
        yield return new(IdentificationPayload.Ipv6Address(NetV6), IdentificationPayload.Ipv6Subnet(NetV6, 128));
        yield return new(IdentificationPayload.Fqdn("net.example"), IdentificationPayload.Fqdn("net.example"));
        yield return new(Wild("198.18.1.9", "255.255.0.255"), Wild("198.18.77.9", "255.255.0.255"));
    }

    private static IEnumerable<TestCaseData> Different()
    {
        yield return new(V4("198.18.1.0/24"), V4("198.18.1.0/25"));
        yield return new(V4("198.18.1.0/24"), V4("198.18.0.0/16"));
        yield return new(V4("198.18.1.0/24"), Range("198.18.1.0", "198.18.1.254"));
        yield return new(V4("198.18.1.0/24"), V4("198.18.1.0/24", protocol: 17));
        yield return new(V4("198.18.1.0/24", 6, 80), V4("198.18.1.0/24", 6, 443));
        yield return new(V4("198.18.1.0/24", 6, 80), V4("198.18.1.0/24", 17, 80));
        yield return new(V4("0.0.0.0/0"), IdentificationPayload.Ipv6Subnet(IPAddress.IPv6Any, 0));
        yield return new(IdentificationPayload.Ipv4Address(IPAddress.Parse("0.0.0.1")), IdentificationPayload.Ipv6Address(IPAddress.Parse("::1")));
        yield return new(Range("198.18.1.9", "198.18.1.1"), Range("198.18.1.1", "198.18.1.9"));
        yield return new(Wild("198.18.1.9", "255.255.0.255"), Wild("198.18.1.9", "255.255.255.0"));
        yield return new(IdentificationPayload.Fqdn("a.example"), IdentificationPayload.Fqdn("b.example"));
        yield return new(new IdentificationPayload(IdType.Ipv4Subnet, 0, 0, new byte[7]), V4("0.0.0.0/0"));
    }

    [TestCaseSource(nameof(Same))]
    public void TheSameTrafficInOtherWordsIsTheSame(object one, object other)
    {
        SelectorIdentity.Same((IdentificationPayload)one, (IdentificationPayload)other).Should().BeTrue();
        SelectorIdentity.Same((IdentificationPayload)other, (IdentificationPayload)one).Should().BeTrue();
        Agree((IdentificationPayload)one, (IdentificationPayload)other);
    }

    [TestCaseSource(nameof(Different))]
    public void OtherOrNarrowerTrafficIsRefused(object one, object other)
    {
        SelectorIdentity.Same((IdentificationPayload)one, (IdentificationPayload)other).Should().BeFalse();
        SelectorIdentity.Same((IdentificationPayload)other, (IdentificationPayload)one).Should().BeFalse();
        Refused(Play(new PolicyPair().OfWest(c => c with { LocalSelector = (IdentificationPayload)one }).OfEast(c => c with { RemoteSelector = (IdentificationPayload)other })));
    }

    [Test]
    public void IdentitiesComeBackAsTheyWere()
    {
        var ladder = Agree(Range("198.18.1.0", "198.18.1.255"), V4("198.18.1.0/24"));
        var offered = ladder.West.Sent(ExchangeType.QuickMode).First().Message.All<IdentificationPayload>();
        ladder.East.Sent(ExchangeType.QuickMode).First().Message.All<IdentificationPayload>().Should().Equal(offered);
    }

    /// <summary>RFC 2409 section 5.5: without identities the peers' own addresses are meant.</summary>
    [Test]
    public void AbsentIdentitiesAreThePeersAddresses([Values] bool byWest, [Values] bool ipv6)
    {
        var (west, east) = ipv6 ? (IPAddress.Parse("2001:db8::10"), IPAddress.Parse("2001:db8::2")) : (PolicyPair.WestEnd.Address, PolicyPair.EastEnd.Address);
        var policies = new PolicyPair();
        policies = policies with
        {
            West = policies.West with { Local = new(west, 500), Remote = new(east, 500) },
            East = policies.East with { Local = new(east, 500), Remote = new(west, 500) },
        };
        policies = policies
            .OfWest(c => c with { LocalSelector = SelectorIdentity.Of(west), RemoteSelector = SelectorIdentity.Of(east), Mode = EncapsulationMode.Transport, OmitIdentities = true })
            .OfEast(c => c with { LocalSelector = SelectorIdentity.Of(east), RemoteSelector = SelectorIdentity.Of(west), Mode = EncapsulationMode.Transport, OmitIdentities = byWest });
        var ladder = new Ladder(policies);
        var side = byWest ? ladder.West : ladder.East;
        ladder.Connect(side);
        ladder.West.Endpoint.ChildSas.Should().ContainSingle().Which.Mode.Should().Be(EncapsulationMode.Transport);
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        side.Sent(ExchangeType.QuickMode).First().Message.All<IdentificationPayload>().Should().HaveCount(byWest ? 0 : 2);
    }

    [Test]
    public void AbsentIdentitiesDoNotMeanASubnet()
    {
        var bend = new Bend(7, "no IDs") { Payloads = payloads => [.. payloads.Where(p => p is not IdentificationPayload)] };
        var ladder = new Ladder(seams: bend);
        ladder.Connect(ladder.West);
        Refused(ladder);
    }

    [Test]
    public void OneIdentityIsRefused()
    {
        var bend = new Bend(7, "one ID") { Payloads = payloads => payloads.RemoveAt(payloads.Length - 1) };
        var ladder = new Ladder(seams: bend);
        ladder.Connect(ladder.West);
        Refused(ladder);
    }

    [Test]
    public void IdentitiesCanOnlyBeOmittedWhereTheyAreTheAddresses()
    {
        var policy = new PolicyPair().OfWest(c => c with { OmitIdentities = true }).West;
        PolicyCheck.Check([policy]).Should().ContainSingle().Which.Field.Should().Be("connections[0].children[0].omitIdentities");
    }

    /// <summary>Of children with the same selectors, the one that fits the offer is meant.</summary>
    [Test]
    public void ChildrenMayShareSelectors()
    {
        var pair = new PolicyPair();
        var first = pair.East.Children[0] with { Suites = [Phase2Policies.Cbc] };
        var second = pair.East.Children[0] with { Name = "second", Pfs = PolicyPair.Group("ECP-256") };
        var ladder = Play((pair with { East = pair.East with { Children = [first, second] } }).OfWest(c => c with { Pfs = PolicyPair.Group("ECP-256") }));
        ladder.East.Endpoint.ChildSas.Should().ContainSingle().Which.Child.Should().Be("second");
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
    }

    /// <summary>Two selectors are the same exactly when they hold the same addresses.</summary>
    [Test]
    public void SamenessIsThatOfTheAddresses() =>
        Gen.Select(Gen.Int[0, 32], Gen.UInt, Gen.Int[0, 32], Gen.UInt[0, 3]).Sample(
            (prefixA, a, prefixB, delta) =>
            {
                var one = IdentificationPayload.Ipv4Subnet(Address(a), prefixA);
                var other = IdentificationPayload.Ipv4Subnet(Address(a ^ delta), prefixB);
                one.TryGetIpv4Range(out var firstA, out var lastA).Should().BeTrue();
                other.TryGetIpv4Range(out var firstB, out var lastB).Should().BeTrue();
                SelectorIdentity.Same(one, other).Should().Be((firstA, lastA) == (firstB, lastB));
                SelectorIdentity.Same(one, IdentificationPayload.Ipv4Range(Address(firstB), Address(lastB))).Should().Be((firstA, lastA) == (firstB, lastB));
            },
            iter: 2000);

    [Test]
    public void NoIdentityThrows() =>
        Gen.Select(Gen.Byte, Gen.Byte.Array[0, 40], Gen.Byte, Gen.Byte.Array[0, 40]).Sample(
            (typeA, a, typeB, b) =>
            {
                var one = new IdentificationPayload((IdType)typeA, 0, 0, a);
                SelectorIdentity.Same(one, one).Should().BeTrue();
                SelectorIdentity.Same(one, new IdentificationPayload((IdType)typeB, 0, 0, b)).Should().Be(SelectorIdentity.Same(new((IdType)typeB, 0, 0, b), one));
            },
            iter: 2000);

    private static Ladder Play(PolicyPair policies)
    {
        var ladder = new Ladder(policies);
        ladder.Connect(ladder.West);
        return ladder;
    }

    private static Ladder Agree(IdentificationPayload one, IdentificationPayload other)
    {
        var ladder = Play(new PolicyPair().OfWest(c => c with { LocalSelector = one }).OfEast(c => c with { RemoteSelector = other }));
        ladder.West.Endpoint.ChildSas.Should().ContainSingle();
        ladder.East.Endpoint.ChildSas.Should().ContainSingle();
        return ladder;
    }

    private static void Refused(Ladder ladder)
    {
        ladder.West.Saw<PeerNotified>().Should().ContainSingle().Which.Notification.NotifyType.Should().Be(NotifyType.InvalidIdInformation);
        ladder.West.Endpoint.ChildSas.Concat(ladder.East.Endpoint.ChildSas).Should().BeEmpty();
    }

    private static IPAddress Address(uint value) => new([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    private static IdentificationPayload V4(string text, byte protocol = 0, ushort port = 0) =>
        IdentificationPayload.Ipv4Subnet(IPAddress.Parse(text.Split('/')[0]), int.Parse(text.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture), protocol, port);

    private static IdentificationPayload Wild(string address, string mask) =>
        IdentificationPayload.Ipv4Subnet(IPAddress.Parse(address), IPAddress.Parse(mask));

    private static IdentificationPayload Range(string first, string last) =>
        IdentificationPayload.Ipv4Range(IPAddress.Parse(first), IPAddress.Parse(last));
}
