// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Crypto;
using Ipsec.Transports.Nat;
using Ipsec.Wire.Ip;
using static Ipsec.Gateway.Tests.Nat.NatPackets;

namespace Ipsec.Gateway.Tests.Nat;

/// <summary>The mappings, filters and forwards of a NAT (RFC 4787).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NatBoxTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("198.51.100.77");
    private static readonly IPEndPoint Ari = End("198.18.1.5:500");
    private static readonly IPEndPoint Bob = End("198.18.1.6:500");
    private static readonly IPEndPoint Peer = End("198.51.100.2:500");
    private static readonly IPEndPoint Other = End("198.51.100.3:4500");
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void ADatagramGoesOutUnderTheOutsideAddressAndItsAnswerComesBack()
    {
        var box = Box(Kind);
        Out(box, Ari, Peer).Should().Be("198.51.100.77:500");
        In(box, Peer, 500).Should().Be("198.18.1.5:500");
        box.Mappings.Should().ContainSingle().Which.ToString().Should().Be("Udp 198.18.1.5:500 as 500");
    }

    [Test]
    public void TwoHostsCannotBothKeepTheirPort()
    {
        var box = Box(Kind);
        Out(box, Ari, Peer).Should().EndWith(":500");
        Out(box, Bob, Peer).Should().Be("198.51.100.77:49152");
        In(box, Peer, 49152).Should().Be("198.18.1.6:500");
        In(box, Peer, 500).Should().Be("198.18.1.5:500");
    }

    [Test]
    public void ForgettingAMappingGivesAnotherPort()
    {
        var box = Box(Kind with { Ports = NatPortAssignment.Sequential, FirstPort = 1024 });
        var removed = new List<string>();
        box.MappingRemoved += mapping => removed.Add(mapping.ToString());
        Out(box, Ari, Peer).Should().EndWith(":1024");
        Out(box, Ari, Peer).Should().EndWith(":1024", "the mapping is stable until then");
        box.Forget();
        removed.Should().Equal("Udp 198.18.1.5:500 as 1024");
        In(box, Peer, 1024).Should().Be("NoMapping");
        Out(box, Ari, Peer).Should().EndWith(":1025");
        In(box, Peer, 1025).Should().Be("198.18.1.5:500");
    }

    [TestCase(false, "NoMapping")]
    [TestCase(true, "198.18.1.5:500")]
    public void AnIdleMappingEnds(bool inboundRefresh, string late)
    {
        var box = Box(Kind with { IdleTimeout = TimeSpan.FromSeconds(30), Ports = NatPortAssignment.Sequential, InboundRefresh = inboundRefresh });
        Out(box, Ari, Peer).Should().EndWith(":49152");
        In(box, Peer, 49152, after: 29).Should().Be("198.18.1.5:500");
        In(box, Peer, 49152, after: 31).Should().Be(late, "packets from outside {0}prolong it", inboundRefresh ? "" : "do not ");
        Out(box, Ari, Peer, after: 62).Should().EndWith(":49153");
    }

    [Test]
    public void PacketsFromInsideKeepAMapping()
    {
        var box = Box(Kind with { IdleTimeout = TimeSpan.FromSeconds(30), Ports = NatPortAssignment.Sequential });
        for (var after = 0; after < 200; after += 20)
        {
            Out(box, Ari, Peer, after).Should().EndWith(":49152");
        }
    }

    [Test]
    public void ASymmetricNatHasAMappingForEachDestination()
    {
        var box = Box(Kind with { Mapping = NatMappingBehavior.AddressAndPortDependent, Ports = NatPortAssignment.Sequential });
        Out(box, Ari, Peer).Should().EndWith(":49152");
        Out(box, Ari, Other).Should().EndWith(":49153");
        Out(box, Ari, Peer).Should().EndWith(":49152");
        box.Mappings.Select(mapping => mapping.Remote).Should().BeEquivalentTo([Peer, Other]);
    }

    [TestCase(NatFilteringBehavior.EndpointIndependent, "198.18.1.5:500", "198.18.1.5:500")]
    [TestCase(NatFilteringBehavior.AddressDependent, "198.18.1.5:500", "Filtered")]
    [TestCase(NatFilteringBehavior.AddressAndPortDependent, "Filtered", "Filtered")]
    public void WhoMaySendInDependsOnTheFiltering(NatFilteringBehavior filtering, string sameAddress, string stranger)
    {
        var box = Box(Kind with { Filtering = filtering });
        Out(box, Ari, Peer);
        In(box, Peer, 500).Should().Be("198.18.1.5:500");
        In(box, new(Peer.Address, 9), 500).Should().Be(sameAddress);
        In(box, Other, 500).Should().Be(stranger);
    }

    [Test]
    public void RandomPortsComeFromTheSeedAndTheRange()
    {
        var policy = Kind with { Ports = NatPortAssignment.Random, FirstPort = 2000, LastPort = 2009 };
        var first = Ports(5);
        first.Should().OnlyHaveUniqueItems().And.HaveCount(10).And.OnlyContain(port => port >= 2000 && port <= 2009);
        Ports(5).Should().Equal(first);
        Ports(6).Should().NotEqual(first);

        List<int> Ports(ulong seed)
        {
            var box = new NatBox(policy, new SeededRandomSource(seed));
            for (var port = 1; port <= 10; port++)
            {
                Out(box, new(Ari.Address, port), Peer);
            }

            Out(box, new(Ari.Address, 11), Peer).Should().Be("PortsExhausted");
            return [.. box.Mappings.Select(mapping => mapping.OutsidePort)];
        }
    }

    [Test]
    public void AHostBehindAStaticTranslationIsReachedByAnybodyInEveryProtocol()
    {
        var box = Box(Kind with { Forwards = [new(Ari.Address)] });
        In(box, Other, 4500).Should().Be("198.18.1.5:4500");
        Out(box, new(Ari.Address, 4500), Other).Should().Be("198.51.100.77:4500");
        box.Mappings.Should().BeEmpty();
        var esp = Ip(Peer.Address, Outside, IpProtocol.Esp, new byte[40]);
        box.Translate(NatDirection.Inbound, esp, Start, out var inside).Should().Be(NatVerdict.Translated);
        Addresses(inside).Should().Be(("198.51.100.2", "198.18.1.5"));
        Out(box, Bob, Peer).Should().Be("198.51.100.77:500", "another host still has its dynamic mapping");
    }

    [Test]
    public void APortForwardLeadsToItsHostAndIsNotGivenToAnother()
    {
        var box = Box(Kind with { Forwards = [new(Ari.Address, 4500, 14500)] });
        In(box, Peer, 14500).Should().Be("198.18.1.5:4500");
        Out(box, new(Ari.Address, 4500), Peer).Should().Be("198.51.100.77:14500");
        Out(box, new(Bob.Address, 14500), Peer).Should().Be("198.51.100.77:49152");
        In(box, Peer, 4500).Should().Be("NoMapping");
    }

    [Test]
    public void FiltersDropWhatTheyName()
    {
        var box = Box(Kind with { Filters = [new(IpProtocol.Esp), new(IpProtocol.Udp, 500, NatDirection.Outbound)] });
        Out(box, Ari, Peer).Should().Be("Blocked");
        Out(box, new(Ari.Address, 4500), Other).Should().Be("198.51.100.77:4500");
        box.Translate(NatDirection.Outbound, Ip(Ari.Address, Peer.Address, IpProtocol.Esp, new byte[40]), Start, out _).Should().Be(NatVerdict.Blocked);
        box.Counters[NatDirection.Outbound, NatVerdict.Blocked].Should().Be(2);
        box.Counters.ToString().Should().Be("Outbound Blocked 2, Outbound Translated 1");
    }

    [Test]
    public void AnotherOutsideAddressMovesTheHostsWithTheirPorts()
    {
        var box = Box(Kind);
        Out(box, Ari, Peer);
        box.Policy = box.Policy with { Outside = IPAddress.Parse("198.51.100.78") };
        Out(box, Ari, Peer).Should().Be("198.51.100.78:500");
        In(box, Peer, 500).Should().Be("NoMapping", "nobody answers at the old address");
    }

    [Test]
    public void ADatagramWithoutChecksumStaysWithoutAndAWrongOneStaysWrong()
    {
        var box = Box(Kind);
        box.Translate(NatDirection.Outbound, Udp(Ari, Peer, "esp"u8, withChecksum: false), Start, out var without);
        without[Ipv4Header.MinSize + 6].Should().Be(0);
        without[Ipv4Header.MinSize + 7].Should().Be(0);
        Ends(without).Source.Should().Be("198.51.100.77:500");

        var damaged = Udp(Ari, Peer, "x"u8);
        damaged[^1] ^= 1;
        box.Translate(NatDirection.Outbound, damaged, Start, out var translated).Should().Be(NatVerdict.Translated);
        UdpHeader.TryRead(translated.AsSpan(Ipv4Header.MinSize), Ipv4Header.ToNumber(Outside), Ipv4Header.ToNumber(Peer.Address), out _, out _).Should().BeFalse();
    }

    [Test]
    public void TheLastHostThatSendsEspToAPeerGetsItsAnswers()
    {
        var box = Box(Kind);
        var removed = 0;
        box.MappingRemoved += _ => removed++;
        Esp(NatDirection.Outbound, Ari.Address, Peer.Address).Should().Be(("198.51.100.77", "198.51.100.2"));
        Esp(NatDirection.Inbound, Peer.Address, Outside).Should().Be(("198.51.100.2", "198.18.1.5"));
        Esp(NatDirection.Outbound, Bob.Address, Peer.Address);
        Esp(NatDirection.Inbound, Peer.Address, Outside).Should().Be(("198.51.100.2", "198.18.1.6"));
        removed.Should().Be(1);
        box.Translate(NatDirection.Inbound, Ip(Other.Address, Outside, IpProtocol.Esp, new byte[40]), Start, out _).Should().Be(NatVerdict.NoMapping);

        (string, string) Esp(NatDirection direction, IPAddress from, IPAddress to)
        {
            box.Translate(direction, Ip(from, to, IpProtocol.Esp, new byte[40]), Start, out var translated).Should().Be(NatVerdict.Translated);
            return Addresses(translated);
        }
    }

    [Test]
    public void WhatCannotBeTranslatedIsDropped()
    {
        var box = Box(Kind);
        var fragment = Udp(Ari, Peer, "x"u8);
        Ipv4Header.TryRead(fragment, out var header, out _);
        (header with { MoreFragments = true }).Write(fragment);
        Translate(fragment).Should().Be(NatVerdict.Fragment);
        Translate(Ip(Ari.Address, Peer.Address, IpProtocol.Tcp, new byte[20])).Should().Be(NatVerdict.UnsupportedProtocol);
        Translate(Ip(Ari.Address, Peer.Address, IpProtocol.Udp, new byte[7])).Should().Be(NatVerdict.Malformed);
        Translate([0x45, 0]).Should().Be(NatVerdict.Malformed);
        In(box, Peer, 500).Should().Be("NoMapping");

        NatVerdict Translate(byte[] packet)
        {
            var verdict = box.Translate(NatDirection.Outbound, packet, Start, out var translated);
            translated.Should().BeEmpty();
            return verdict;
        }
    }

    private static NatPolicy Kind { get; } = new() { Outside = Outside };

    private static NatBox Box(NatPolicy policy) => new(policy, new SeededRandomSource(1));

    private static string Out(NatBox box, IPEndPoint from, IPEndPoint to, int after = 0)
    {
        var verdict = box.Translate(NatDirection.Outbound, Udp(from, to, "payload"u8), Start.AddSeconds(after), out var packet);
        if (verdict != NatVerdict.Translated)
        {
            return $"{verdict}";
        }

        Ends(packet).Destination.Should().Be($"{to}");
        return Ends(packet).Source;
    }

    private static string In(NatBox box, IPEndPoint from, int port, int after = 0)
    {
        var verdict = box.Translate(NatDirection.Inbound, Udp(from, new(Outside, port), "payload"u8), Start.AddSeconds(after), out var packet);
        if (verdict != NatVerdict.Translated)
        {
            return $"{verdict}";
        }

        Ends(packet).Source.Should().Be($"{from}");
        return Ends(packet).Destination;
    }
}
