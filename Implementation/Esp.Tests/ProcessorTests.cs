// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

/// <summary>Two endpoints that process packets as RFC 4301 section 5 says.</summary>
public sealed class ProcessorTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_protected_packet_arrives_and_the_same_in_clear_does_not()
    {
        using var ends = new Ends(TestSa.Gcm);
        var packet = TestPackets.WestToEast();

        var sent = ends.Send(packet, out var wire);
        var received = ends.Receive(wire, out var restored);

        sent.Outcome.Should().Be(EspOutcome.Ok);
        sent.Entry.Name.Should().Be("net");
        received.Outcome.Should().Be(EspOutcome.Ok);
        restored.Should().Equal(packet);
        ends.Receive(packet, out _).Outcome.Should().Be(EspOutcome.ProtectionMissing);
        ends.Receive(wire, out _).Outcome.Should().Be(EspOutcome.Replayed);
        ends.In.Counters[EspOutcome.Ok].Should().Be(1);
        ends.In.Counters[EspOutcome.Replayed].Should().Be(1);
        ends.In.Counters.Total.Should().Be(3);
        ends.Out.Counters.Total.Should().Be(1);
    }

    [Test]
    public void Policy_lets_pass_discards_or_asks_for_an_sa()
    {
        using var ends = new Ends(TestSa.Gcm);

        ends.Send(TestPackets.WithPorts("198.18.1.10", "198.18.2.20", 17, 500, 500), out _).Outcome.Should().Be(EspOutcome.Bypassed);
        ends.Send(TestPackets.WithPorts("198.18.7.1", "198.18.2.20", 17, 1, 1), out _).Outcome.Should().Be(EspOutcome.PolicyDiscards);
        ends.Send([1, 2, 3], out _).Outcome.Should().Be(EspOutcome.BadInnerPacket);
        ends.Receive(TestPackets.WithPorts("198.18.1.10", "198.18.2.20", 17, 500, 500), out _).Outcome.Should().Be(EspOutcome.Bypassed);
        ends.Receive(TestPackets.WithPorts("198.18.7.1", "198.18.2.20", 17, 5, 5), out _).Outcome.Should().Be(EspOutcome.PolicyDiscards);
        ends.Receive([], out _).Outcome.Should().Be(EspOutcome.BadInnerPacket);
        ends.Outbound.TryRemove(TestSa.Spi, TestSa.East, out _).Should().BeTrue();
        var wanting = ends.Send(TestPackets.WestToEast(), out _);
        wanting.Outcome.Should().Be(EspOutcome.NoSa);
        wanting.Wanted!.ToString().Should().Be("198.18.1.0/24 === 198.18.2.20");
    }

    [Test]
    public void A_bundle_is_applied_in_order_and_each_part_is_demanded()
    {
        var bundle = new SaBundle(7, 0, 2);
        var esp = TestSa.Gcm with { Bundle = bundle };
        var ah = TestAh.Sha256 with { Bundle = bundle with { Position = 1 } };
        using var ends = new Ends(esp, ah);
        var packet = TestPackets.WestToEast();

        ends.Send(packet, out var wire).Outcome.Should().Be(EspOutcome.Ok);

        wire[9].Should().Be(51, "AH is outside");
        wire[20].Should().Be(50, "and ESP behind it");
        using var espAlone = TestSa.Sender(esp, 50);
        ends.Receive(espAlone.Encapsulate(packet), out _).Outcome.Should().Be(EspOutcome.BundleMismatch, "AH is missing");
        using var ahAlone = new AhOutboundSa(ah, 50);
        var forUs = TestPackets.WithPorts("198.51.100.1", "198.51.100.2", 17, 1, 1);
        ends.Receive(ahAlone.Encapsulate(forUs), out _).Outcome.Should().Be(EspOutcome.BundleMismatch, "ESP is missing");
        var stranger = TestSa.Parameters("AES-GCM-16-128", null, 0xABCD) with { Bundle = null };
        ends.Inbound.TryAdd(new EspInboundSa(stranger.AtReceiver())).Should().BeTrue();
        using var strangers = TestSa.Sender(stranger);
        using var ahAround = new AhOutboundSa(ah, 60);
        ends.Receive(ahAround.Encapsulate(strangers.Encapsulate(packet)), out _).Outcome
            .Should().Be(EspOutcome.BundleMismatch, "another ESP SA is no part of it");
        ends.Receive(wire, out var restored).Outcome.Should().Be(EspOutcome.Ok, "the window took no number of what was refused unread");
        restored.Should().Equal(packet);
        ends.Outbound.TryRemove(TestAh.Spi, TestSa.East, out _).Should().BeTrue();
        ends.Send(packet, out _).Outcome.Should().Be(EspOutcome.BundleMismatch);
    }

    [Test]
    public void Traffic_of_another_sa_is_refused()
    {
        using var ends = new Ends(TestSa.Gcm);
        using var sender = TestSa.Sender(TestSa.Gcm with { Selectors = SelectorPair.Any }, 9);
        var foreign = TestPackets.Build(TestPackets.Header("198.18.66.1", "198.18.2.20", 17, 8), new byte[8]);

        ends.Receive(sender.Encapsulate(foreign), out var restored).Outcome.Should().Be(EspOutcome.SelectorMismatch);

        restored.Should().BeEmpty();
        ends.Audit.Events.Should().ContainSingle().Which.Outcome.Should().Be(EspOutcome.SelectorMismatch);
    }

    [Test]
    public void Auditable_events_have_what_the_rfc_asks_for()
    {
        using var ends = new Ends(TestSa.Gcm);
        ends.Send(TestPackets.WestToEast(), out var wire);
        var tampered = wire.ToArray();
        tampered[^1] ^= 1;
        ends.Receive(tampered, out _).Outcome.Should().Be(EspOutcome.IntegrityFailure);
        wire[20] ^= 0xFF;
        ends.Receive(wire, out _).Outcome.Should().Be(EspOutcome.UnknownSpi);

        ends.Audit.Events.Should().Equal(
            new AuditEvent(EspOutcome.IntegrityFailure, Now, IpProtocol.Esp, TestSa.Spi, 0xC6336401, 0xC6336402, 1, 0),
            new AuditEvent(EspOutcome.UnknownSpi, Now, IpProtocol.Esp, TestSa.Spi ^ 0xFF000000, 0xC6336401, 0xC6336402, 1, 0));
    }

    [Test]
    public void Esp_that_is_for_somebody_else_is_traffic_like_any_other()
    {
        using var ends = new Ends(TestSa.Gcm);
        var transit = TestPackets.WithPorts("198.18.7.1", "198.18.7.2", 50, 1, 1);
        ends.Receive(transit, out _).Outcome.Should().Be(EspOutcome.PolicyDiscards);
    }

    [Test]
    public void A_fragment_that_reaches_back_is_not_taken_on_an_sa_for_fragments()
    {
        var opaque = new SelectorPair(TestSa.Networks.Local.ForOpaque(17), TestSa.Networks.Remote.ForOpaque(17));
        var parameters = TestSa.Gcm with { Selectors = opaque };
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters.AtReceiver());

        receiver.Decapsulate(sender.Encapsulate(TestPackets.WestToEast(64, h => h with { FragmentOffset = 8 })), out _)
            .Should().Be(EspOutcome.BadFragment);
        receiver.Decapsulate(sender.Encapsulate(TestPackets.WestToEast(64, h => h with { FragmentOffset = 16 })), out _)
            .Should().Be(EspOutcome.Ok);
        receiver.Decapsulate(sender.Encapsulate(TestPackets.WestToEast()), out _).Should().Be(EspOutcome.SelectorMismatch);
    }

    [Test]
    public void An_sa_ends_with_its_time_and_asks_for_another_before()
    {
        var lifetime = new SaLifetime(SoftTime: TimeSpan.FromMinutes(5), HardTime: TimeSpan.FromMinutes(6));
        using var ends = new Ends(TestSa.Gcm with { Lifetime = lifetime, Established = Now });

        ends.Send(TestPackets.WestToEast(), out _).IsReplacementDue.Should().BeFalse();
        ends.Time = Now.AddMinutes(5);
        var last = ends.Send(TestPackets.WestToEast(), out var wire);
        (last.Outcome, last.IsReplacementDue).Should().Be((EspOutcome.Ok, true));
        ends.Time = Now.AddMinutes(6);
        ends.Send(TestPackets.WestToEast(), out _).Outcome.Should().Be(EspOutcome.LifetimeEnded);
        ends.Receive(wire, out _).Outcome.Should().Be(EspOutcome.LifetimeEnded);
    }

    [Test]
    public void A_packet_that_may_not_be_divided_is_answered_with_the_mtu()
    {
        using var ends = new Ends(TestSa.Gcm);
        ends.SenderSa.PathMtu = new PathMtu(1400);
        var packet = TestPackets.WestToEast(1380, h => h with { DontFragment = true });

        var result = ends.Send(packet, out _);

        result.Outcome.Should().Be(EspOutcome.PathMtuExceeded);
        result.MayFragment.Should().BeFalse();
        ends.SenderSa.EncapsulatedLength(result.Mtu, 0).Should().BeLessThanOrEqualTo(1400);
        ends.SenderSa.EncapsulatedLength(result.Mtu + 1, 0).Should().BeGreaterThan(1400);
        ends.SenderSa.SequenceNumber.Should().Be(0);
        ends.Send(TestPackets.WestToEast(result.Mtu - 20, h => h with { DontFragment = true }), out var wire).Outcome.Should().Be(EspOutcome.Ok);
        wire.Length.Should().BeLessThanOrEqualTo(1400);
    }

    [TestCase(FragmentationOrder.BeforeProtection)]
    [TestCase(FragmentationOrder.AfterProtection)]
    public void A_packet_that_may_be_divided_arrives_whole(FragmentationOrder order)
    {
        using var ends = new Ends(TestSa.Gcm);
        ends.SenderSa.PathMtu = new PathMtu(700);
        var packet = TestPackets.WestToEast(3000, h => h with { Identification = 5 });
        var sink = new Packets();

        new FragmentingSender(ends.Out, order).Send(packet, Now, sink).Outcome.Should().Be(EspOutcome.Ok);

        sink.Sent.Should().HaveCountGreaterThan(4).And.OnlyContain(sent => sent.Length <= 700);
        var outside = new FragmentReassembly(ReassemblyLimits.Default);
        var inside = new FragmentReassembly(ReassemblyLimits.Default);
        byte[]? arrived = null;
        foreach (var sent in sink.Sent.AsEnumerable().Reverse())
        {
            if (TryWhole(outside, sent) is { } whole && ends.Receive(whole, out var inner).Outcome == EspOutcome.Ok)
            {
                arrived ??= TryWhole(inside, inner);
            }
        }

        arrived.Should().Equal(packet);
        if (order == FragmentationOrder.BeforeProtection)
        {
            ends.Receive(sink.Sent[0], out _).Outcome.Should().Be(EspOutcome.Replayed, "each fragment is a packet of the SA");
        }
        else
        {
            ends.Receive(sink.Sent[0], out _).Outcome.Should().Be(EspOutcome.Fragment);
        }
    }

    [Test]
    public void Nothing_is_allocated_on_the_way_through_policy_bundle_and_audit()
    {
        var bundle = new SaBundle(7, 0, 2);
        using var ends = new Ends(TestSa.Gcm with { Bundle = bundle }, TestAh.Sha256 with { Bundle = bundle with { Position = 1 } });
        var packet = TestPackets.WestToEast(1000);
        byte[] wire = new byte[2000], restored = new byte[2000], scratch = new byte[2000];

        AllocationTests.AllocatedBy(() =>
        {
            var sent = ends.Out.Process(packet, Now, wire, scratch);
            var received = ends.In.Process(wire.AsSpan(0, sent.Length), Now, restored, scratch);
            var again = ends.In.Process(wire.AsSpan(0, sent.Length), Now, restored, scratch);
            return sent.Outcome == EspOutcome.Ok && received.Outcome == EspOutcome.Ok && again.Outcome == EspOutcome.Replayed;
        }).Should().Be(0);
    }

    [Test]
    public void A_path_mtu_is_lowered_not_below_the_least_and_forgotten()
    {
        var mtu = new PathMtu(1500);
        mtu.Lower(IpVersion.V4, 9000, Now).Should().BeFalse();
        mtu.Lower(IpVersion.V4, 68, Now).Should().BeTrue();
        mtu.Current.Should().Be(576);
        mtu.Age(Now.AddMinutes(9));
        mtu.Current.Should().Be(576);
        mtu.Age(Now.AddMinutes(10));
        mtu.Current.Should().Be(1500);
        mtu.Lower(IpVersion.V6, 100, Now).Should().BeTrue();
        mtu.Current.Should().Be(1280);
    }

    private static byte[]? TryWhole(FragmentReassembly reassembly, byte[] packet)
    {
        IpPacketHead.TryRead(packet, out var head, out _).Should().BeTrue();
        var whole = new byte[70000];
        return reassembly.TryAdd(head, packet, Now, whole, out var written) == EspOutcome.Ok ? whole[..written] : null;
    }

    private sealed class Packets : IPacketSink
    {
        public List<byte[]> Sent { get; } = [];

        public void Send(ReadOnlySpan<byte> packet) => Sent.Add(packet.ToArray());
    }

    private sealed class RecordingSink : IAuditSink
    {
        public List<AuditEvent> Events { get; } = [];

        public void Record(in AuditEvent auditEvent, long suppressed)
        {
            if (Events.Count < 100)
            {
                Events.Add(auditEvent);
            }
        }
    }

    private sealed class Ends : IDisposable
    {
        public Ends(EspSaParameters esp, AhSaParameters? ah = null)
        {
            SenderSa = TestSa.Sender(esp);
            Outbound.TryAdd(SenderSa);
            Inbound.TryAdd(new EspInboundSa(esp.AtReceiver()));
            if (ah is not null)
            {
                Outbound.TryAdd(new AhOutboundSa(ah));
                Inbound.TryAdd(new AhInboundSa(ah));
            }

            var west = Policy(TestSa.Networks);
            var east = Policy(TestSa.Networks.Reversed);
            var trail = new AuditTrail(Audit, AuditPolicy.Default);
            Out = new OutboundProcessor(west, Outbound, new TunnelEncapsulator(), trail);
            In = new InboundProcessor(east, Inbound, address => address == 0xC6336402, new TunnelDecapsulator(), trail);
        }

        public Sad<IOutboundSa> Outbound { get; } = new();

        public Sad<IInboundSa> Inbound { get; } = new();

        public EspOutboundSa SenderSa { get; }

        public OutboundProcessor Out { get; }

        public InboundProcessor In { get; }

        public RecordingSink Audit { get; } = new();

        public DateTimeOffset Time { get; set; } = Now;

        public OutboundResult Send(ReadOnlySpan<byte> packet, out byte[] wire)
        {
            var destination = new byte[4000];
            var result = Out.Process(packet, Time, destination, new byte[4000]);
            wire = destination[..result.Length];
            return result;
        }

        public InboundResult Receive(ReadOnlySpan<byte> packet, out byte[] restored)
        {
            var destination = new byte[4000];
            var result = In.Process(packet, Time, destination, new byte[4000]);
            restored = destination[..result.Length];
            return result;
        }

        public void Dispose()
        {
            foreach (var sa in Outbound.All)
            {
                sa.Dispose();
            }

            foreach (var sa in Inbound.All)
            {
                sa.Dispose();
            }
        }

        private static Spd Policy(SelectorPair networks) => new(
            new SpdEntry("ike", new SelectorPair(TrafficSelector.Any.For(17, 500, 500), TrafficSelector.Any.For(17, 500, 500)), SpdAction.Bypass),
            new SpdEntry("net", networks, SpdAction.Protect, Populate: PopulateFromPacket.RemoteAddress));
    }
}
