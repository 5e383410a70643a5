// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Processing of packets that leave the protected side (RFC 4301 section 5.1): policy, SA or bundle of SAs, path MTU. A packet costs no
/// lock and no allocation unless it needs an SA that is not there. May be used by several threads at once.
/// </summary>
/// <param name="spd">The policy.</param>
/// <param name="sad">The SAs to send on, ESP and AH.</param>
/// <param name="tunnel">Makes the outer headers of tunnel mode.</param>
/// <param name="audit">Where auditable events go; null for nowhere.</param>
public sealed class OutboundProcessor(Spd spd, Sad<IOutboundSa> sad, TunnelEncapsulator tunnel, AuditTrail? audit = null)
{
    /// <summary>What became of all packets, whatever their SA.</summary>
    public EspCounters Counters { get; } = new();

    /// <summary>Processes a packet.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="destination">Takes the protected packet: 65575 bytes are always enough. Must not overlap the packet.</param>
    /// <param name="scratch">As large; used for bundles. Must not overlap the others.</param>
    /// <param name="ignorePathMtu">Whether a packet longer than the path takes is made all the same, to be fragmented afterwards.</param>
    /// <returns>What became of it.</returns>
    public OutboundResult Process(
        ReadOnlySpan<byte> packet, DateTimeOffset now, Span<byte> destination, Span<byte> scratch, bool ignorePathMtu = false)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            return new OutboundResult(Counters.Count(EspOutcome.BadInnerPacket), SpdEntry.Unreadable, null, 0);
        }

        var selectors = PacketSelectors.Of(head, packet);
        var entry = spd.LookupOutbound(selectors);
        if (entry.Action != SpdAction.Protect)
        {
            var outcome = entry.Action == SpdAction.Bypass ? EspOutcome.Bypassed : EspOutcome.PolicyDiscards;
            return new OutboundResult(Counters.Count(outcome), entry, null, 0);
        }

        if (!sad.TryFindOutbound(entry.Name, selectors, out var first))
        {
            return new OutboundResult(Counters.Count(EspOutcome.NoSa), entry, null, 0) { Wanted = entry.SelectorsFor(selectors) };
        }

        var result = Protect(entry, first, head, packet, now, destination, scratch, ignorePathMtu);
        Counters.Count(result.Outcome);
        if (audit is not null && result.Outcome != EspOutcome.Ok)
        {
            audit.Record(new AuditEvent(
                result.Outcome,
                now,
                first.Parameters.Protocol,
                first.Parameters.Spi,
                first.Parameters.SourceNumber,
                first.Parameters.DestinationNumber,
                (uint)first.SequenceNumber,
                0));
        }

        return result;
    }

    private OutboundResult Protect(
        SpdEntry entry,
        IOutboundSa first,
        in IpPacketHead head,
        ReadOnlySpan<byte> packet,
        DateTimeOffset now,
        Span<byte> destination,
        Span<byte> scratch,
        bool ignorePathMtu)
    {
        var failure = new OutboundResult(EspOutcome.LifetimeEnded, entry, first, 0) { IsReplacementDue = true };
        var bundle = first.Parameters.Bundle;
        var size = bundle?.Size ?? 1;
        var length = head.TotalLength;
        for (var position = 0; position < size; position++)
        {
            if (!TryMember(entry, first, position, out var sa))
            {
                return failure with { Outcome = EspOutcome.BundleMismatch };
            }

            if (sa.Judge(now) == SaLifetimeState.Ended)
            {
                return failure;
            }

            length = sa.EncapsulatedLength(length, position == 0 ? head.TransportOffset : 0);
            if (!ignorePathMtu && sa.PathMtu is { } path && length > path.Current)
            {
                return TooLong(failure, first, head, path, length);
            }
        }

        var current = packet[..head.TotalLength];
        var written = 0;
        for (var position = 0; position < size; position++)
        {
            TryMember(entry, first, position, out var sa);

            // The two buffers take turns, and the last one to be written is the caller's destination.
            var target = (size - position) % 2 == 1 ? destination : scratch;
            var outcome = sa!.TryEncapsulate(tunnel, current, target, out written);
            if (outcome != EspOutcome.Ok)
            {
                return failure with { Outcome = outcome, IsReplacementDue = sa.IsReplacementDue(now) };
            }

            current = target[..written];
        }

        return new OutboundResult(EspOutcome.Ok, entry, first, written) { IsReplacementDue = first.IsReplacementDue(now) };
    }

    private bool TryMember(SpdEntry entry, IOutboundSa first, int position, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IOutboundSa? sa)
    {
        if (position == 0)
        {
            sa = first;
            return true;
        }

        return sad.TryFindMember(entry.Name, first.Parameters.Bundle!, position, out sa);
    }

    private static OutboundResult TooLong(
        in OutboundResult failure, IOutboundSa first, in IpPacketHead head, PathMtu path, int length)
    {
        // What the other SAs of a bundle add comes off as well.
        var more = length - first.EncapsulatedLength(head.TotalLength, head.TransportOffset);
        var headers = first.Parameters.Mode == SaMode.Transport ? head.TransportOffset : 0;
        return failure with
        {
            Outcome = EspOutcome.PathMtuExceeded,
            IsReplacementDue = false,
            Mtu = PathMtu.InnerMtu(first, path.Current - more, headers),
            MayFragment = !head.DontFragment && first.Parameters.Mode == SaMode.Tunnel,
        };
    }
}
