// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Puts IPv4 packets into an IPv4 ESP tunnel: new outer header, then the ESP packet (RFC 4301 section 5.1.2.1, RFC 4303 section
/// 3.1.2). One object serves all SAs of a gateway, from any thread.
/// </summary>
/// <param name="dontFragment">What becomes of the DF bit.</param>
/// <param name="timeToLive">TTL of the outer header, which has nothing to do with the inner one.</param>
/// <param name="dscp">DSCP of the outer header; null copies the inner one.</param>
/// <param name="firstIdentification">Identification of the first outer header; the next ones count up.</param>
public sealed class TunnelEncapsulator(
    DontFragmentPolicy dontFragment = DontFragmentPolicy.Copy,
    byte timeToLive = TunnelEncapsulator.DefaultTimeToLive,
    byte? dscp = null,
    ushort firstIdentification = 0)
{
    /// <summary>TTL of outer headers when none is asked for.</summary>
    public const byte DefaultTimeToLive = 64;

    private int _identification = firstIdentification - 1;

    /// <summary>Length of the outer packet for an inner one.</summary>
    /// <param name="sa">The SA.</param>
    /// <param name="innerLength">Length of the inner packet, in bytes.</param>
    /// <returns>Bytes from the outer header to the ICV.</returns>
    public static int EncapsulatedLength(EspOutboundSa sa, int innerLength)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return Ipv4Header.MinSize + sa.ProtectedLength(innerLength);
    }

    /// <summary>Protects a packet and writes the outer header before it.</summary>
    /// <param name="sa">The SA, whose source and destination are the tunnel's ends.</param>
    /// <param name="innerPacket">A whole IPv4 packet; it may be a fragment (RFC 4303 section 3.3.4), and TFC padding may follow it.</param>
    /// <param name="destination">Takes <see cref="EncapsulatedLength"/> bytes. Must not overlap the inner packet.</param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, BadInnerPacket, or what <see cref="EspOutboundSa.TryProtect"/> answers.</returns>
    public EspOutcome TryEncapsulate(EspOutboundSa sa, ReadOnlySpan<byte> innerPacket, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        if (!Ipv4Header.TryRead(innerPacket, out var inner, out _))
        {
            return sa.Counters.Count(EspOutcome.BadInnerPacket);
        }

        if (destination.Length < Ipv4Header.MinSize)
        {
            return sa.Counters.Count(EspOutcome.BufferTooSmall);
        }

        var outcome = sa.Protect(
            innerPacket,
            (byte)IpProtocol.Ipip,
            destination[Ipv4Header.MinSize..],
            EspGeometry.MaxPacketLength - Ipv4Header.MinSize,
            out var espLength);
        if (outcome == EspOutcome.Ok)
        {
            OuterHeader(sa, inner, espLength).Write(destination);
            written = Ipv4Header.MinSize + espLength;
        }

        return sa.Counters.Count(outcome);
    }

    private Ipv4Header OuterHeader(EspOutboundSa sa, in Ipv4Header inner, int espLength) =>
        Ipv4Header.For(sa.Parameters.Source, sa.Parameters.Destination, IpProtocol.Esp, espLength) with
        {
            Dscp = dscp ?? inner.Dscp,

            // Normal mode of RFC 6040 section 4.1.
            Ecn = inner.Ecn,
            Identification = (ushort)Interlocked.Increment(ref _identification),
            DontFragment = dontFragment switch
            {
                DontFragmentPolicy.Clear => false,
                DontFragmentPolicy.Set => true,
                _ => inner.DontFragment,
            },
            TimeToLive = timeToLive,
        };
}
