// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Takes IPv4 packets out of an IPv4 ESP tunnel and sees that each is one the SA may bring (RFC 4301 section 5.2 steps 4 and 5).
/// </summary>
public static class TunnelDecapsulator
{
    /// <summary>Unprotects a packet and checks what was inside.</summary>
    /// <param name="sa">The SA that the packet's SPI leads to.</param>
    /// <param name="outer">The header before the ESP packet, or before the UDP header that carries it.</param>
    /// <param name="espPacket">From SPI to ICV.</param>
    /// <param name="innerPacket">Takes <see cref="EspInboundSa.PlaintextLength"/> bytes; unspecified when the outcome is not Ok.</param>
    /// <param name="written">
    /// Length of the inner packet by its own header, so that TFC padding is gone (RFC 4303 section 2.7); 0 when the outcome is not Ok.
    /// </param>
    /// <returns>What became of the packet; counted once in the SA's counters.</returns>
    public static EspOutcome TryDecapsulate(
        EspInboundSa sa, in Ipv4Header outer, ReadOnlySpan<byte> espPacket, Span<byte> innerPacket, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        if (outer.IsFragment)
        {
            return sa.Counters.Count(EspOutcome.Fragment);
        }

        var outcome = sa.Unprotect(espPacket, innerPacket, out var length, out var nextHeader, out _);
        if (outcome == EspOutcome.Ok)
        {
            outcome = nextHeader == (byte)IpProtocol.Ipip
                ? Check(sa.Parameters.Selectors, outer.Ecn, innerPacket[..length], out written)
                : EspOutcome.BadNextHeader;
        }

        return sa.Counters.Count(outcome);
    }

    private static EspOutcome Check(SelectorPair selectors, byte outerEcn, Span<byte> innerPacket, out int written)
    {
        written = 0;
        if (!Ipv4Header.TryRead(innerPacket, out var inner, out _)
            || !PacketSelectors.TryRead(innerPacket, out var packet))
        {
            return EspOutcome.BadInnerPacket;
        }

        if (!selectors.MatchesInbound(packet))
        {
            return EspOutcome.SelectorMismatch;
        }

        if (!EcnTunnel.TryCombine(inner.Ecn, outerEcn, out var ecn))
        {
            return EspOutcome.CongestionNotExpressible;
        }

        if (ecn != inner.Ecn)
        {
            EcnTunnel.Rewrite(innerPacket, inner.HeaderLength, ecn);
        }

        written = inner.TotalLength;
        return EspOutcome.Ok;
    }
}
