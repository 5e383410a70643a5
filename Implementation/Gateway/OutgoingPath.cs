// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>
/// The way of packets from the protected side to the network (RFC 4301 section 5.1): policy, SA, path MTU. Has buffers of its own and
/// allocates nothing per packet: for one thread at a time. Several may work on one data plane.
/// </summary>
public sealed class OutgoingPath
{
    private readonly FragmentingSender _sender;
    private readonly FragmentReassembly _reassembly;
    private readonly Func<AddressNumber, bool> _isLocal;
    private readonly byte[] _whole = new byte[IpsecDataPlane.LargestPacket];
    private readonly byte[] _message = new byte[IcmpTooBig.MaxIpv6Size];

    internal OutgoingPath(OutboundProcessor processor, DataPlaneOptions options, Func<AddressNumber, bool> isLocal)
    {
        _sender = new(processor, options.Fragmentation);
        _reassembly = new(options.Reassembly);
        _isLocal = isLocal;
    }

    /// <summary>
    /// Protects a packet and hands over what is to be sent: it, or its fragments. Fragments of a packet that this host itself sends are put
    /// together first, as transport mode protects whole packets only (RFC 4303 section 3.3.4).
    /// </summary>
    /// <param name="packet">The IPv4 or IPv6 packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="outer">Takes what goes to the network; nothing when the outcome is neither Ok nor Bypassed.</param>
    /// <param name="inner">Takes the message to the packet's sender that it is too long for its path; null for nobody.</param>
    /// <returns>What became of it; FragmentKept when the rest of it is awaited.</returns>
    public OutboundResult Send(ReadOnlySpan<byte> packet, DateTimeOffset now, IPacketSink outer, IPacketSink? inner)
    {
        var isReassembled = IpPacketHead.TryRead(packet, out var head, out _) && head.IsFragment && _isLocal(head.Source);
        if (isReassembled)
        {
            var outcome = _reassembly.TryAdd(head, packet, now, _whole, out var length);
            if (outcome != EspOutcome.Ok)
            {
                return new OutboundResult(outcome, Sa.SpdEntry.Unmatched, null, 0);
            }

            packet = _whole.AsSpan(0, length);
        }

        var result = _sender.Send(packet, now, outer, isReassembled);
        if (result.Outcome != EspOutcome.PathMtuExceeded)
        {
            return result;
        }

        // What was learned of a path is forgotten after a while, so that a longer one is found again (RFC 4301 section 8.2.2).
        var before = result.Sa!.PathMtu!.Current;
        result.Sa.PathMtu.Age(now);
        if (result.Sa.PathMtu.Current != before)
        {
            result = _sender.Send(packet, now, outer, isReassembled);
        }

        if (result.Outcome == EspOutcome.PathMtuExceeded && inner is not null)
        {
            Tell(packet, result, inner);
        }

        return result;
    }

    private void Tell(ReadOnlySpan<byte> packet, in OutboundResult result, IPacketSink inner)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _) || !MayBeAnswered(head, packet))
        {
            return;
        }

        // A gateway that has no address of the packet's version speaks in the name of the destination: somebody has to.
        var own = result.Sa!.Parameters.SourceNumber;
        var reporter = own.Version == head.Version && own != head.Source ? own : head.Destination;
        var length = IcmpTooBig.Write(reporter, packet, result.Mtu, _message);
        if (length > 0)
        {
            inner.Send(_message.AsSpan(0, length));
        }
    }

    // No errors about errors, groups, or fragments that show no upper-layer header (RFC 1122 section 3.2.2; RFC 4443 section 2.4 (e)).
    private static bool MayBeAnswered(in IpPacketHead head, ReadOnlySpan<byte> packet)
    {
        if (head.FragmentOffset != 0 || head.Source.IsUnspecified || head.Source.IsMulticast || (head.Version == IpVersion.V4 && head.Destination.IsMulticast))
        {
            return false;
        }

        return head.Protocol switch
        {
            IpProtocol.Icmp => IcmpHeader.TryRead(packet[head.HeaderLength..head.TotalLength], out var icmp, out _)
                && icmp.Type is (byte)Icmpv4Type.EchoRequest or (byte)Icmpv4Type.EchoReply,
            IpProtocol.Icmpv6 => IcmpHeader.TryRead(packet[head.HeaderLength..head.TotalLength], out var icmp, out _) && icmp.Type >= 128,
            _ => true,
        };
    }
}
