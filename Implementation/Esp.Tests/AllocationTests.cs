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

    [TestCaseSource(typeof(TestSa), nameof(TestSa.AllParameters))]
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

    private static long AllocatedBy(Func<bool> step)
    {
        for (var i = 0; i < Packets; i++)
        {
            step().Should().BeTrue();
        }

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
