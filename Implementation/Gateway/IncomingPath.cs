// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>
/// The way of packets from the network to the protected side (RFC 4301 section 5.2): reassembly, SA, policy; and the messages of routers
/// about the paths of SAs (section 8.2.1). Has buffers of its own and allocates nothing for a whole packet: for one thread at a time.
/// Several may work on one data plane.
/// </summary>
public sealed class IncomingPath
{
    private readonly InboundProcessor _processor;
    private readonly Sad<IOutboundSa> _outbound;
    private readonly FragmentReassembly _reassembly;
    private readonly Func<AddressNumber, bool> _isLocal;
    private readonly bool _believesIcmp;
    private readonly byte[] _whole = new byte[IpsecDataPlane.LargestPacket];
    private readonly byte[] _inner = new byte[IpsecDataPlane.LargestPacket];
    private readonly byte[] _scratch = new byte[IpsecDataPlane.LargestPacket];

    internal IncomingPath(InboundProcessor processor, Sad<IOutboundSa> outbound, DataPlaneOptions options, Func<AddressNumber, bool> isLocal)
    {
        _processor = processor;
        _outbound = outbound;
        _reassembly = new(options.Reassembly);
        _isLocal = isLocal;
        _believesIcmp = options.BelieveIcmp;
    }

    /// <summary>Opens a packet. Fragments of what is protected are put together first (RFC 4303 section 3.4.1).</summary>
    /// <param name="packet">An IPv4 or IPv6 packet: ESP, AH, ESP in UDP on port 4500, or what came in clear.</param>
    /// <param name="now">The time.</param>
    /// <param name="innerPacket">What is to be delivered, after Ok and Bypassed; valid until the next call.</param>
    /// <returns>What became of it; FragmentKept when the rest of it is awaited.</returns>
    public InboundResult Receive(ReadOnlySpan<byte> packet, DateTimeOffset now, out ReadOnlySpan<byte> innerPacket)
    {
        innerPacket = default;
        if (IpPacketHead.TryRead(packet, out var head, out _) && _isLocal(head.Destination))
        {
            if (head.IsFragment && head.Protocol is IpProtocol.Esp or IpProtocol.Ah or IpProtocol.Udp)
            {
                var outcome = _reassembly.TryAdd(head, packet, now, _whole, out var length);
                if (outcome != EspOutcome.Ok)
                {
                    return new InboundResult(_processor.Counters.Count(outcome), null, 0);
                }

                packet = _whole.AsSpan(0, length);
            }
            else if (_believesIcmp && head.Protocol is IpProtocol.Icmp or IpProtocol.Icmpv6 && TryLearn(head, packet, now))
            {
                return new InboundResult(_processor.Counters.Count(EspOutcome.PathMtuLearned), null, 0);
            }
        }

        var result = _processor.Process(packet, now, _inner, _scratch);
        innerPacket = result.Outcome == EspOutcome.Bypassed ? packet : _inner.AsSpan(0, result.Length);
        return result;
    }

    /// <summary>Takes a packet that may be a message of a router about the path of an SA, and nothing else of it.</summary>
    /// <param name="packet">A whole packet.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is such a message, and messages are believed.</returns>
    public bool TryLearn(ReadOnlySpan<byte> packet, DateTimeOffset now)
    {
        var isLearned = _believesIcmp
            && IpPacketHead.TryRead(packet, out var head, out _)
            && head.Protocol is IpProtocol.Icmp or IpProtocol.Icmpv6
            && _isLocal(head.Destination)
            && TryLearn(head, packet, now);
        if (isLearned)
        {
            _processor.Counters.Count(EspOutcome.PathMtuLearned);
        }

        return isLearned;
    }

    /// <summary>A message about a packet of one of our SAs lowers what its path is believed to take.</summary>
    private bool TryLearn(in IpPacketHead head, ReadOnlySpan<byte> packet, DateTimeOffset now)
    {
        var message = packet[head.HeaderLength..head.TotalLength];
        if (head.IsFragment
            || !UpperLayerChecksum.IsRight(packet)
            || !IcmpTooBig.TryRead(head.Version, message, out var tooBig)
            || !IcmpTooBig.TryReadQuotedSpi(message[tooBig.QuotedOffset..], out var protocol, out var spi, out var destination)
            || !_outbound.TryFind(spi, protocol, destination, out var sa)
            || sa.PathMtu is not { } path)
        {
            return false;
        }

        path.Lower(head.Version, tooBig.Mtu, now);
        return true;
    }
}
