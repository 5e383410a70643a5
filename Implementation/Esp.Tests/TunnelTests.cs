// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class TunnelTests
{
    private const int OuterSize = 20;

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
    public void A_packet_comes_out_of_the_tunnel_unchanged(EspSaParameters parameters)
    {
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters.AtReceiver());
        var inner = TestPackets.WestToEast();

        var packet = Encapsulate(new TunnelEncapsulator(), sender, inner);

        Decapsulate(receiver, packet, out var restored).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(inner);
    }

    [Test]
    public void The_outer_header_is_the_tunnels_own()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        var tunnel = new TunnelEncapsulator(firstIdentification: ushort.MaxValue);
        var inner = TestPackets.WestToEast(change: header => header with { TimeToLive = 3, Identification = 77, Dscp = 46, Ecn = 2 });

        var first = Outer(Encapsulate(tunnel, sender, inner), out var packet);
        var second = Outer(Encapsulate(tunnel, sender, inner), out _);

        first.Source.Should().Be(TestSa.West);
        first.Destination.Should().Be(TestSa.East);
        first.Protocol.Should().Be(IpProtocol.Esp);
        first.TimeToLive.Should().Be(64);
        first.TotalLength.Should().Be(packet.Length);
        first.HeaderLength.Should().Be(OuterSize);
        first.Dscp.Should().Be(46);
        first.Ecn.Should().Be(2);
        first.Identification.Should().Be(ushort.MaxValue);
        second.Identification.Should().Be(0);
    }

    [TestCase(DontFragmentPolicy.Copy, false, false)]
    [TestCase(DontFragmentPolicy.Copy, true, true)]
    [TestCase(DontFragmentPolicy.Clear, true, false)]
    [TestCase(DontFragmentPolicy.Set, false, true)]
    public void Dont_fragment_follows_the_policy(DontFragmentPolicy policy, bool inner, bool outer)
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        var packet = TestPackets.WestToEast(change: header => header with { DontFragment = inner });

        Outer(Encapsulate(new TunnelEncapsulator(policy), sender, packet), out _).DontFragment.Should().Be(outer);
    }

    [Test]
    public void Dscp_and_ttl_can_be_fixed()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        var tunnel = new TunnelEncapsulator(timeToLive: 200, dscp: 10);

        var outer = Outer(Encapsulate(tunnel, sender, TestPackets.WestToEast(change: header => header with { Dscp = 46 })), out _);

        outer.Dscp.Should().Be(10);
        outer.TimeToLive.Should().Be(200);
    }

    // Rows of RFC 6040 figure 4; -1 is a dropped packet. 0 Not-ECT, 1 ECT(1), 2 ECT(0), 3 CE.
    [TestCase(0, new[] { 0, 0, 0, -1 })]
    [TestCase(2, new[] { 2, 1, 2, 3 })]
    [TestCase(1, new[] { 1, 1, 1, 3 })]
    [TestCase(3, new[] { 3, 3, 3, 3 })]
    public void Congestion_marks_are_combined_at_the_exit(int inner, int[] byOuter)
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());
        var original = TestPackets.WestToEast(change: header => header with { Ecn = (byte)inner });
        for (var outer = 0; outer < byOuter.Length; outer++)
        {
            var packet = Encapsulate(new TunnelEncapsulator(), sender, original);
            (Outer(packet, out _) with { Ecn = (byte)outer }).Write(packet);

            var outcome = Decapsulate(receiver, packet, out var restored);

            if (byOuter[outer] < 0)
            {
                outcome.Should().Be(EspOutcome.CongestionNotExpressible);
                continue;
            }

            outcome.Should().Be(EspOutcome.Ok);
            var expected = TestPackets.WestToEast(change: header => header with { Ecn = (byte)byOuter[outer] });
            restored.Should().Equal(expected, "the checksum is right again");
        }
    }

    [Test]
    public void Traffic_flow_padding_is_cut_off_by_the_inner_length()
    {
        using var sender = TestSa.Sender(TestSa.Cbc);
        using var receiver = new EspInboundSa(TestSa.Cbc.AtReceiver());
        var inner = TestPackets.WestToEast();

        var packet = Encapsulate(new TunnelEncapsulator(), sender, [.. inner, .. TestSa.Bytes(100)]);

        packet.Length.Should().BeGreaterThan(inner.Length + 100);
        Decapsulate(receiver, packet, out var restored).Should().Be(EspOutcome.Ok);
        restored.Should().Equal(inner);
    }

    [TestCase("198.18.3.1", TestPackets.EastHost)]
    [TestCase(TestPackets.WestHost, "198.18.3.1")]
    [TestCase(TestPackets.EastHost, TestPackets.WestHost)]
    public void Traffic_that_is_not_the_sas_is_discarded(string source, string destination)
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());
        var stray = TestPackets.WithPorts(source, destination, 17, 1, 2);

        Decapsulate(receiver, Encapsulate(new TunnelEncapsulator(), sender, stray), out var restored)
            .Should().Be(EspOutcome.SelectorMismatch);

        restored.Should().BeEmpty();
        receiver.Counters[EspOutcome.SelectorMismatch].Should().Be(1);
        receiver.Counters.Total.Should().Be(1);
    }

    [Test]
    public void Ports_outside_the_selectors_are_discarded()
    {
        var narrow = new SelectorPair(
            TrafficSelector.Subnet("198.18.1.0/24").For(17, 53, 53), TrafficSelector.Subnet("198.18.2.0/24").For(17));
        var parameters = TestSa.Gcm with { Selectors = narrow };
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters.AtReceiver());
        foreach (var (port, expected) in new[] { (53, EspOutcome.Ok), (54, EspOutcome.SelectorMismatch) })
        {
            var packet = TestPackets.WithPorts(TestPackets.WestHost, TestPackets.EastHost, 17, (ushort)port, 4000);
            Decapsulate(receiver, Encapsulate(new TunnelEncapsulator(), sender, packet), out _).Should().Be(expected);
        }
    }

    [TestCase(6)]
    [TestCase(17)]
    [TestCase(41)]
    public void Only_ipv4_is_expected_inside(byte nextHeader)
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());

        Decapsulate(receiver, WithOuter(sender.Protect(TestPackets.WestToEast(), nextHeader)), out _).Should().Be(EspOutcome.BadNextHeader);
    }

    [Test]
    public void What_is_no_packet_is_neither_sent_nor_delivered()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());
        var broken = TestPackets.WestToEast();
        broken[10] ^= 1;

        new TunnelEncapsulator().TryEncapsulate(sender, broken, new byte[500], out _).Should().Be(EspOutcome.BadInnerPacket);
        sender.SequenceNumber.Should().Be(0);
        Decapsulate(receiver, WithOuter(sender.Protect(broken)), out _).Should().Be(EspOutcome.BadInnerPacket);
        Decapsulate(receiver, WithOuter(sender.Protect([])), out _).Should().Be(EspOutcome.BadInnerPacket);
    }

    [TestCase(true, 0)]
    [TestCase(false, 8)]
    public void Fragments_of_esp_packets_are_discarded(bool more, int offset)
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());
        var packet = Encapsulate(new TunnelEncapsulator(), sender, TestPackets.WestToEast());
        (Outer(packet, out _) with { MoreFragments = more, FragmentOffset = offset }).Write(packet);

        Decapsulate(receiver, packet, out _).Should().Be(EspOutcome.Fragment);
        receiver.ReplayWindow!.Highest.Should().Be(0);
    }

    [Test]
    public void Fragments_inside_are_carried()
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        using var receiver = new EspInboundSa(TestSa.Gcm.AtReceiver());
        var fragment = TestPackets.WestToEast(change: header => header with { FragmentOffset = 1480, MoreFragments = true });

        Decapsulate(receiver, Encapsulate(new TunnelEncapsulator(), sender, fragment), out var restored).Should().Be(EspOutcome.Ok);

        restored.Should().Equal(fragment);
    }

    [TestCase(0)]
    [TestCase(19)]
    [TestCase(100)]
    public void Too_small_a_buffer_is_not_written(int size)
    {
        using var sender = TestSa.Sender(TestSa.Gcm);
        var room = new byte[size];

        new TunnelEncapsulator().TryEncapsulate(sender, TestPackets.WestToEast(), room, out var written)
            .Should().Be(EspOutcome.BufferTooSmall);

        written.Should().Be(0);
        room.Should().NotContain(value => value != 0);
        sender.SequenceNumber.Should().Be(0);
    }

    [Test]
    public void A_packet_cut_anywhere_is_not_delivered()
    {
        using var sender = TestSa.Sender(TestSa.Cbc);
        using var receiver = new EspInboundSa(TestSa.Cbc.AtReceiver());
        var packet = Encapsulate(new TunnelEncapsulator(), sender, TestPackets.WestToEast());
        var outer = Outer(packet, out _);
        var room = new byte[packet.Length];
        for (var length = OuterSize; length < packet.Length; length++)
        {
            TunnelDecapsulator.TryDecapsulate(receiver, outer, packet.AsSpan(OuterSize, length - OuterSize), room, out var written)
                .Should().NotBe(EspOutcome.Ok);
            written.Should().Be(0);
        }
    }

    private static byte[] Encapsulate(TunnelEncapsulator tunnel, EspOutboundSa sa, ReadOnlySpan<byte> inner)
    {
        var packet = new byte[TunnelEncapsulator.EncapsulatedLength(sa, inner.Length)];
        tunnel.TryEncapsulate(sa, inner, packet, out var written).Should().Be(EspOutcome.Ok);
        written.Should().Be(packet.Length);
        return packet;
    }

    private static byte[] WithOuter(byte[] esp) =>
        TestPackets.Build(Ipv4Header.For(TestSa.West, TestSa.East, IpProtocol.Esp, esp.Length), esp);

    private static EspOutcome Decapsulate(EspInboundSa sa, byte[] packet, out byte[] inner)
    {
        var room = new byte[packet.Length];
        var outcome = TunnelDecapsulator.TryDecapsulate(sa, Outer(packet, out _), packet.AsSpan(OuterSize), room, out var written);
        inner = room[..written];
        return outcome;
    }

    private static Ipv4Header Outer(byte[] packet, out byte[] same)
    {
        same = packet;
        Ipv4Header.TryRead(packet, out var outer, out var error).Should().BeTrue("{0}", error);
        return outer;
    }
}
