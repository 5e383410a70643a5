// SPDX-License-Identifier: Apache-2.0

using FluentAssertions;
using Ipsec.Crypto;
using Ipsec.Sa;
using Ipsec.Wire.Ip;
using NUnit.Framework;

namespace Ipsec.Esp.Tests;

public sealed class AllocationTests
{
    private const int Packets = 500;
    private const int Rounds = 3;

    // Camellia's engine, which is not the platform's, allocates for each block.
    public static IEnumerable<EspSaParameters> WithoutCamellia => TestSa.AllParameters
        .Where(parameters => !parameters.EncryptionAlgorithm.Name.StartsWith("CAMELLIA", StringComparison.Ordinal));

    [TestCaseSource(nameof(WithoutCamellia))]
    public void A_packet_there_and_back_allocates_nothing(EspSaParameters parameters)
    {
        using var sender = new EspOutboundSa(parameters, new SystemRandomSource());
        using var receiver = new EspInboundSa(parameters);
        var payload = TestSa.Bytes(1400);
        var packet = new byte[sender.ProtectedLength(payload.Length)];
        var plaintext = new byte[packet.Length];

        AllocatedBy(() =>
        {
            var sent = sender.TryProtect(payload, 4, packet, out _);
            var received = receiver.TryUnprotect(packet, plaintext, out _, out _, out _);
            var again = receiver.TryUnprotect(packet, plaintext, out _, out _, out _);
            return sent == EspOutcome.Ok && received == EspOutcome.Ok && again == EspOutcome.Replayed;
        }).Should().Be(0);
    }

    [TestCaseSource(typeof(TestAh), nameof(TestAh.AllParameters))]
    public void An_ah_packet_there_and_back_allocates_nothing(AhSaParameters parameters)
    {
        using var sender = new AhOutboundSa(parameters);
        using var receiver = new AhInboundSa(parameters);
        var packet = TestPackets.WestToEast(1300);
        byte[] wire = new byte[1500], restored = new byte[1500];
        var (into, outOf) = (new TunnelEncapsulator(), new TunnelDecapsulator());

        AllocatedBy(() =>
        {
            var sent = sender.TryEncapsulate(into, packet, wire, out var length);
            IpPacketHead.TryRead(wire.AsSpan(0, length), out var head, out _);
            var received = receiver.TryDecapsulate(outOf, head, wire.AsSpan(0, length), restored, out _);
            return sent == EspOutcome.Ok && received == EspOutcome.Ok;
        }).Should().Be(0);
    }

    [TestCase(SaMode.Tunnel)]
    [TestCase(SaMode.Transport)]
    public void Ipv6_in_udp_and_a_batch_allocate_nothing(SaMode mode)
    {
        var parameters = TestSa.Gcm with
        {
            Source = TestAh.West6,
            Destination = TestAh.East6,
            Mode = mode,
            Nat = new NatEncapsulation(),
            Selectors = SelectorPair.AnyIpv6,
        };
        using var sender = TestSa.Sender(parameters);
        using var receiver = new EspInboundSa(parameters);
        var packet = TestAh.Ipv6Packet(1200);
        byte[] wire = new byte[1500], restored = new byte[1500];
        var (into, outOf) = (new TunnelEncapsulator(), new TunnelDecapsulator());
        var items = new EspBatchItem[8];

        AllocatedBy(() =>
        {
            var sent = sender.TryEncapsulate(into, packet, wire, out var length);
            IpPacketHead.TryRead(wire.AsSpan(0, length), out var head, out _);
            var received = receiver.TryDecapsulate(outOf, head, wire.AsSpan(0, length), restored, out _);
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = new EspBatchItem { InputLength = 100, OutputOffset = i * 150, OutputLength = 150 };
            }

            return sent == EspOutcome.Ok && received == EspOutcome.Ok && sender.ProtectBatch(packet, wire, items) == items.Length;
        }).Should().Be(0);
    }

    [TestCase("AES-GCM-16-256", null)]
    [TestCase("AES-CBC-256", "HMAC-SHA2-256-128")]
    public void A_packet_through_policy_tunnel_and_database_allocates_nothing(string encryption, string? integrity)
    {
        var parameters = TestSa.Parameters(encryption, integrity);
        using var sender = new EspOutboundSa(parameters, new SystemRandomSource());
        using var receiver = new EspInboundSa(parameters.AtReceiver());
        var spd = new Spd(new SpdEntry("net", TestSa.Networks, SpdAction.Protect));
        var outbound = new Sad<EspOutboundSa>();
        var inbound = new Sad<EspInboundSa>();
        outbound.TryAdd(sender).Should().BeTrue();
        inbound.TryAdd(receiver).Should().BeTrue();
        var tunnel = new TunnelEncapsulator();
        var original = TestPackets.WestToEast(1300);
        var wire = new byte[TunnelEncapsulator.EncapsulatedLength(sender, original.Length)];
        var restored = new byte[wire.Length];

        AllocatedBy(() =>
        {
            PacketSelectors.TryRead(original, out var selectors);
            var entry = spd.LookupOutbound(selectors);
            outbound.TryFindOutbound(entry.Name, selectors, out var found);
            var sent = tunnel.TryEncapsulate(found!, original, wire, out _);
            Ipv4Header.TryRead(wire, out var outer, out _);
            EspHeader.TryRead(wire.AsSpan(20), out var header, out _);
            inbound.TryFind(header.Spi, TestSa.East, out var sa);
            var received = TunnelDecapsulator.TryDecapsulate(sa!, outer, wire.AsSpan(20), restored, out var written);
            return sent == EspOutcome.Ok && received == EspOutcome.Ok && written == original.Length;
        }).Should().Be(0);
    }

    /// <summary>
    /// What the best of several rounds allocates. The runtime makes things of its own on a thread, once, when it compiles a method anew;
    /// what a packet costs, every round pays.
    /// </summary>
    internal static long AllocatedBy(Func<bool> step)
    {
        for (var i = 0; i < Packets; i++)
        {
            step().Should().BeTrue();
        }

        return Enumerable.Range(0, Rounds).Min(_ => AllocatedByRound(step));
    }

    private static long AllocatedByRound(Func<bool> step)
    {
        var succeeded = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Packets; i++)
        {
            succeeded += step() ? 1 : 0;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        succeeded.Should().Be(Packets);
        return allocated;
    }
}
