// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Transport mode for IPv4 and IPv6: the packet keeps its header, options and the extension headers that are read on the way, and what
/// follows them is protected by ESP, ESP in UDP, or AH (RFC 4303 section 3.1.1, RFC 4302 section 3.1.1, RFC 3948 section 3.2). Only
/// protocol, length and checksum change.
/// </summary>
public static class TransportEncapsulator
{
    /// <summary>Protects a packet with ESP.</summary>
    /// <param name="sa">The SA.</param>
    /// <param name="packet">A whole packet, not a fragment of one (RFC 4303 section 3.3.4).</param>
    /// <param name="destination">
    /// Takes the headers and <see cref="EspOutboundSa.ProtectedLength"/> bytes for the rest, and 8 for UDP. Must not overlap the packet.
    /// </param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, BadInnerPacket, Fragment, or what <see cref="EspOutboundSa.TryProtect(ReadOnlySpan{byte}, byte, Span{byte}, out int)"/> answers.</returns>
    public static EspOutcome TryEncapsulate(EspOutboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return sa.Counters.Count(Encapsulate(sa, packet, destination, out written));
    }

    /// <summary>Protects a packet with AH.</summary>
    /// <param name="sa">The SA.</param>
    /// <param name="packet">A whole packet, not a fragment of one (RFC 4302 section 3.3.4).</param>
    /// <param name="destination">Takes <see cref="AhOutboundSa.EncapsulatedLength"/> bytes. Must not overlap the packet.</param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, BadInnerPacket, Fragment, TooLong, BufferTooSmall, SequenceExhausted, LifetimeEnded or UnknownSpi.</returns>
    public static EspOutcome TryEncapsulate(AhOutboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        var outcome = Examine(packet, out var head);
        if (outcome == EspOutcome.Ok)
        {
            var headers = new KeptHeaders(packet, head, head.TransportOffset, head.TransportProtocolOffset);
            var payload = packet[head.TransportOffset..head.TotalLength];
            outcome = sa.Protect(headers, packet[head.TransportProtocolOffset], payload, destination, out written);
        }

        return sa.Counters.Count(outcome);
    }

    /// <summary>Unprotects an ESP packet and checks that it is one the SA may bring (RFC 4301 section 5.2 step 4).</summary>
    /// <param name="sa">The SA that the packet's SPI leads to.</param>
    /// <param name="packet">A whole packet with ESP in it.</param>
    /// <param name="destination">
    /// Takes the headers and <see cref="EspInboundSa.PlaintextLength"/> bytes for the rest; unspecified when the outcome is not Ok.
    /// Must not overlap the packet.
    /// </param>
    /// <param name="written">Length of the packet as it was before protection; 0 when the outcome is not Ok.</param>
    /// <returns>What became of the packet; counted once in the SA's counters.</returns>
    public static EspOutcome TryDecapsulate(EspInboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        return IpPacketHead.TryRead(packet, out var head, out _)
            ? TransportDecapsulator.TryDecapsulate(sa, head, packet, destination, out written)
            : sa.Counters.Count(EspOutcome.BadInnerPacket);
    }

    private static EspOutcome Encapsulate(EspOutboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        written = 0;
        var outcome = Examine(packet, out var head);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var headerLength = head.TransportOffset;
        var espOffset = headerLength + sa.UdpSize;
        if (destination.Length < espOffset)
        {
            return EspOutcome.BufferTooSmall;
        }

        var limit = EspGeometry.MaxPacketLength + (head.Version == IpVersion.V6 ? Ipv6Header.Size : 0);
        outcome = sa.Protect(
            packet[headerLength..head.TotalLength],
            packet[head.TransportProtocolOffset],
            destination[espOffset..],
            limit - espOffset,
            out var espLength);
        if (outcome == EspOutcome.Ok)
        {
            written = espOffset + espLength;
            var whole = destination[..written];
            packet[..headerLength].CopyTo(whole);
            whole[head.TransportProtocolOffset] = (byte)EspInUdp.Write(sa.Parameters, whole[headerLength..]);
            IpPacketHead.WriteLength(whole);
        }

        return outcome;
    }

    private static EspOutcome Examine(ReadOnlySpan<byte> packet, out IpPacketHead head) =>
        !IpPacketHead.TryRead(packet, out head, out _) ? EspOutcome.BadInnerPacket
        : head.IsFragment ? EspOutcome.Fragment
        : EspOutcome.Ok;
}
