// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Takes IPv4 and IPv6 packets out of tunnels and sees that each is one the SA may bring (RFC 4301 section 5.2 steps 4 and 5). One
/// object serves all SAs of a gateway, from any thread.
/// </summary>
/// <param name="options">What becomes of the inner header; null for the defaults.</param>
public sealed class TunnelDecapsulator(TunnelOptions? options = null)
{
    private const int MinFragmentOffset = 16;

    private static readonly TunnelDecapsulator Default = new();

    private readonly TunnelOptions _options = options ?? new TunnelOptions();

    /// <summary>Unprotects an ESP packet and checks what was inside, with the default options.</summary>
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
        return sa.Counters.Count(outer.IsFragment
            ? EspOutcome.Fragment
            : Default.Open(sa, outer.Dscp, outer.Ecn, espPacket, innerPacket, out written));
    }

    /// <summary>Unprotects an ESP packet in its outer one, removes a UDP header, and checks what was inside.</summary>
    /// <param name="sa">The SA that the packet's SPI leads to.</param>
    /// <param name="outer">The outer headers, as read from the packet.</param>
    /// <param name="packet">The outer packet.</param>
    /// <param name="innerPacket">Takes as many bytes as the packet; unspecified when the outcome is not Ok. Must not overlap it.</param>
    /// <param name="written">Length of the inner packet by its own header; 0 when the outcome is not Ok.</param>
    /// <returns>What became of the packet; counted once in the SA's counters.</returns>
    public EspOutcome TryDecapsulate(
        EspInboundSa sa, in IpPacketHead outer, ReadOnlySpan<byte> packet, Span<byte> innerPacket, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        var outcome = EspInUdp.TryFind(sa.Parameters, outer, packet, out var espPacket);
        return sa.Counters.Count(outcome == EspOutcome.Ok
            ? Open(sa, outer.Dscp, outer.Ecn, espPacket, innerPacket, out written)
            : outcome);
    }

    /// <summary>Checks an AH packet and what was inside.</summary>
    /// <param name="sa">The SA that the packet's SPI leads to.</param>
    /// <param name="outer">The outer headers, as read from the packet.</param>
    /// <param name="packet">The outer packet.</param>
    /// <param name="innerPacket">Takes as many bytes as the packet; unspecified when the outcome is not Ok. Must not overlap it.</param>
    /// <param name="written">Length of the inner packet by its own header; 0 when the outcome is not Ok.</param>
    /// <returns>What became of the packet; counted once in the SA's counters.</returns>
    public EspOutcome TryDecapsulate(
        AhInboundSa sa, in IpPacketHead outer, ReadOnlySpan<byte> packet, Span<byte> innerPacket, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        var outcome = sa.Check(outer, packet, innerPacket, out var ah, out var payload);
        if (outcome == EspOutcome.Ok)
        {
            payload.CopyTo(innerPacket);
            outcome = Admit(
                sa.Parameters, outer.Dscp, outer.Ecn, (byte)ah.NextHeader, innerPacket[..payload.Length], out written);
        }

        return sa.Counters.Count(outcome);
    }

    private EspOutcome Open(
        EspInboundSa sa, byte outerDscp, byte outerEcn, ReadOnlySpan<byte> espPacket, Span<byte> innerPacket, out int written)
    {
        written = 0;
        var outcome = sa.Unprotect(espPacket, innerPacket, out var length, out var nextHeader, out _);
        return outcome == EspOutcome.Ok
            ? Admit(sa.Parameters, outerDscp, outerEcn, nextHeader, innerPacket[..length], out written)
            : outcome;
    }

    private EspOutcome Admit(
        SaParameters parameters, byte outerDscp, byte outerEcn, byte nextHeader, Span<byte> innerPacket, out int written)
    {
        written = 0;
        if (nextHeader is not ((byte)IpProtocol.Ipip or (byte)IpProtocol.Ipv6))
        {
            return EspOutcome.BadNextHeader;
        }

        if (!IpPacketHead.TryRead(innerPacket, out var inner, out _))
        {
            return EspOutcome.BadInnerPacket;
        }

        if (nextHeader != (byte)OuterHeader.ProtocolOf(inner.Version))
        {
            return EspOutcome.BadNextHeader;
        }

        if (parameters.Bundle is null or { IsInnermost: true }
            && !parameters.Selectors.MatchesInbound(PacketSelectors.Of(inner, innerPacket)))
        {
            return EspOutcome.SelectorMismatch;
        }

        // An SA for fragments alone: one that reached back over the upper layer's first octets could change what was let through in the
        // first one (RFC 4301 section 7.2; RFC 1858 section 3).
        if (inner is { Version: IpVersion.V4, FragmentOffset: > 0 and < MinFragmentOffset } && parameters.Selectors.Local.IsOpaquePort)
        {
            return EspOutcome.BadFragment;
        }

        if (!EcnTunnel.TryCombine(inner.Ecn, outerEcn, out var ecn))
        {
            return EspOutcome.CongestionNotExpressible;
        }

        var dscp = _options.CopyDscpInwards ? outerDscp : inner.Dscp;
        if (ecn != inner.Ecn || dscp != inner.Dscp)
        {
            TrafficClass.Write(innerPacket, dscp, ecn);
        }

        written = inner.TotalLength;
        return EspOutcome.Ok;
    }
}
