// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Sends packets through an outbound processor and divides those that are too long for their path (RFC 4301 section 8.2). Has its own
/// buffers: for one thread at a time.
/// </summary>
/// <param name="processor">Protects the packets.</param>
/// <param name="order">When to divide.</param>
/// <param name="firstIdentification">Identification of the first IPv6 packet that is divided; the next ones count up.</param>
public sealed class FragmentingSender(OutboundProcessor processor, FragmentationOrder order, uint firstIdentification = 1)
{
    private const int LongestPacket = ushort.MaxValue + Ipv6Header.Size;

    private readonly byte[] _protected = new byte[LongestPacket];
    private readonly byte[] _scratch = new byte[LongestPacket];
    private readonly byte[] _fragment = new byte[LongestPacket];
    private uint _identification = firstIdentification;

    /// <summary>Processes a packet and hands what comes of it to a sink.</summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet.</param>
    /// <param name="now">The time.</param>
    /// <param name="sink">Takes the packets that go out; nothing when the outcome is neither Ok nor Bypassed.</param>
    /// <param name="wasFragmented">Whether the packet came in fragments and was put together: then it may be divided again, whatever its version.</param>
    /// <returns>
    /// What became of it. PathMtuExceeded with the MTU to be told to the packet's sender, when it must not be divided; see
    /// <see cref="IcmpTooBig.Write"/>.
    /// </returns>
    public OutboundResult Send(ReadOnlySpan<byte> packet, DateTimeOffset now, IPacketSink sink, bool wasFragmented = false)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var result = processor.Process(packet, now, _protected, _scratch);
        switch (result.Outcome)
        {
            case EspOutcome.Ok:
                sink.Send(_protected.AsSpan(0, result.Length));
                return result;
            case EspOutcome.Bypassed:
                sink.Send(packet);
                return result;
            case EspOutcome.PathMtuExceeded when order == FragmentationOrder.AfterProtection || MustFollow(result, packet, wasFragmented):
                return SendThenDivide(packet, now, result, sink);
            case EspOutcome.PathMtuExceeded when result.MayFragment:
                return DivideThenSend(packet, now, result, sink);
            default:
                return result;
        }
    }

    // Transport mode protects whole packets only, so that a fragment can only be one of the protected packet (RFC 4303 section 3.3.4).
    private static bool MustFollow(in OutboundResult tooLong, ReadOnlySpan<byte> packet, bool wasFragmented) =>
        tooLong.Sa!.Parameters.Mode == SaMode.Transport
        && IpPacketHead.TryRead(packet, out var head, out _)
        && (wasFragmented || !head.DontFragment);

    private OutboundResult DivideThenSend(ReadOnlySpan<byte> packet, DateTimeOffset now, in OutboundResult tooLong, IPacketSink sink)
    {
        if (!IpFragmenter.TryCreate(packet, tooLong.Mtu, 0, out var fragments))
        {
            return tooLong;
        }

        var result = tooLong;
        while (fragments.TryNext(_fragment, out var length))
        {
            result = processor.Process(_fragment.AsSpan(0, length), now, _protected, _scratch);
            if (result.Outcome != EspOutcome.Ok)
            {
                return result;
            }

            sink.Send(_protected.AsSpan(0, result.Length));
        }

        return result;
    }

    private OutboundResult SendThenDivide(ReadOnlySpan<byte> packet, DateTimeOffset now, in OutboundResult tooLong, IPacketSink sink)
    {
        // An outer header that has DF set, by policy or copied, stands for a packet that nobody may divide.
        var mtu = tooLong.Sa!.PathMtu!.Current;
        var result = processor.Process(packet, now, _protected, _scratch, ignorePathMtu: true);
        if (result.Outcome != EspOutcome.Ok)
        {
            return result;
        }

        if (!IpFragmenter.TryCreate(_protected.AsSpan(0, result.Length), mtu, _identification++, out var fragments))
        {
            return tooLong;
        }

        while (fragments.TryNext(_fragment, out var length))
        {
            sink.Send(_fragment.AsSpan(0, length));
        }

        return result;
    }
}
