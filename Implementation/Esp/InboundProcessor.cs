// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Processing of packets that come from the unprotected side (RFC 4301 section 5.2): SA or bundle of SAs, or policy for what comes in
/// clear. Fragments have to be put together before (<see cref="FragmentReassembly"/>). A packet costs no lock and no allocation. May be
/// used by several threads at once.
/// </summary>
/// <param name="spd">The policy.</param>
/// <param name="sad">The SAs to receive on, ESP and AH.</param>
/// <param name="local">Whether an address is this endpoint's own: only there ESP and AH are its business.</param>
/// <param name="tunnel">What a tunnel end does with inner headers.</param>
/// <param name="audit">Where auditable events go; null for nowhere.</param>
public sealed class InboundProcessor(
    Spd spd, Sad<IInboundSa> sad, Func<AddressNumber, bool> local, TunnelDecapsulator tunnel, AuditTrail? audit = null)
{
    /// <summary>What became of all packets, whatever their SA.</summary>
    public EspCounters Counters { get; } = new();

    /// <summary>Processes a packet.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="destination">Takes as many bytes as the packet. Must not overlap it.</param>
    /// <param name="scratch">As large; used for bundles. Must not overlap the others.</param>
    /// <returns>What became of it. After Bypassed the packet itself is what is to be delivered.</returns>
    public InboundResult Process(ReadOnlySpan<byte> packet, DateTimeOffset now, Span<byte> destination, Span<byte> scratch)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            return new InboundResult(Counters.Count(EspOutcome.BadInnerPacket), null, 0);
        }

        if (!ProtectedPacket.TryRead(head, packet, out var protection)
            || !local(head.Destination)
            || (protection.IsInUdp && !IsForEncapsulationPort(head, packet)))
        {
            var outcome = Clear(head, packet);
            Audit(outcome, now, head, default);
            return new InboundResult(Counters.Count(outcome), null, 0);
        }

        var result = Unprotect(head, protection, packet, now, destination, scratch);
        Counters.Count(result.Outcome);
        Audit(result.Outcome, now, head, protection);
        return result;
    }

    private static bool IsForEncapsulationPort(in IpPacketHead head, ReadOnlySpan<byte> packet) =>
        UdpHeader.TryRead(packet[head.HeaderLength..head.TotalLength], out var udp, out _)
        && udp.DestinationPort == UdpEncapsulation.Port;

    // What had to come under an SA is not taken in clear (step 3b).
    private EspOutcome Clear(in IpPacketHead head, ReadOnlySpan<byte> packet) =>
        spd.LookupInbound(PacketSelectors.Of(head, packet)).Action switch
        {
            SpdAction.Bypass => EspOutcome.Bypassed,
            SpdAction.Protect => EspOutcome.ProtectionMissing,
            _ => EspOutcome.PolicyDiscards,
        };

    private InboundResult Unprotect(
        IpPacketHead head,
        ProtectedPacket protection,
        ReadOnlySpan<byte> packet,
        DateTimeOffset now,
        Span<byte> destination,
        Span<byte> scratch)
    {
        var current = packet;
        SaBundle? outer = null;
        while (true)
        {
            if (!sad.TryFind(protection.Spi, protection.Protocol, head.Destination, out var sa))
            {
                return new InboundResult(head.IsFragment ? EspOutcome.Fragment : EspOutcome.UnknownSpi, null, 0);
            }

            var bundle = sa.Parameters.Bundle;
            if (!Follows(bundle, outer))
            {
                return new InboundResult(sa.Counters.Count(EspOutcome.BundleMismatch), sa, 0);
            }

            if (sa.Judge(now) == SaLifetimeState.Ended)
            {
                return new InboundResult(sa.Counters.Count(EspOutcome.LifetimeEnded), sa, 0);
            }

            // The two buffers take turns, and what comes out last is in the caller's destination.
            var target = (bundle?.Position ?? 0) % 2 == 0 ? destination : scratch;
            var outcome = sa.TryDecapsulate(tunnel, head, current, target, out var written);
            if (outcome != EspOutcome.Ok || bundle is null or { IsInnermost: true })
            {
                return new InboundResult(outcome, sa, written);
            }

            current = target[..written];
            outer = bundle;
            if (!IpPacketHead.TryRead(current, out head, out _) || !ProtectedPacket.TryRead(head, current, out protection))
            {
                return new InboundResult(sa.Counters.Count(EspOutcome.BundleMismatch), sa, 0);
            }
        }
    }

    // The first SA of a packet is one that stands alone or the outermost of its bundle, the others are the next further in.
    private static bool Follows(SaBundle? bundle, SaBundle? outer) => outer is null
        ? bundle is null or { IsOutermost: true }
        : bundle is not null && bundle.Id == outer.Id && bundle.Position == outer.Position - 1;

    private void Audit(EspOutcome outcome, DateTimeOffset now, in IpPacketHead head, in ProtectedPacket protection)
    {
        if (audit is not null && AuditEvent.IsAuditable(outcome))
        {
            audit.Record(new AuditEvent(
                outcome,
                now,
                protection.Protocol,
                protection.Spi,
                head.Source,
                head.Destination,
                protection.SequenceNumber,
                head.FlowLabel));
        }
    }
}
