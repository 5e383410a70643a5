// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// ESP in transport mode for IPv4: the packet keeps its header, options included, and what follows it is protected (RFC 4303 section
/// 3.1.1). Only protocol, total length and checksum change.
/// </summary>
public static class TransportEncapsulator
{
    private const int TotalLengthOffset = 2;
    private const int ProtocolOffset = 9;
    private const int ChecksumOffset = 10;

    /// <summary>Protects a packet.</summary>
    /// <param name="sa">The SA.</param>
    /// <param name="packet">A whole IPv4 packet, not a fragment of one (RFC 4303 section 3.3.4).</param>
    /// <param name="destination">
    /// Takes the header and <see cref="EspOutboundSa.ProtectedLength"/> bytes for the rest. Must not overlap the packet.
    /// </param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, BadInnerPacket, Fragment, or what <see cref="EspOutboundSa.TryProtect"/> answers.</returns>
    public static EspOutcome TryEncapsulate(EspOutboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return sa.Counters.Count(Encapsulate(sa, packet, destination, out written));
    }

    /// <summary>Unprotects a packet and checks that it is one the SA may bring (RFC 4301 section 5.2 step 4).</summary>
    /// <param name="sa">The SA that the packet's SPI leads to.</param>
    /// <param name="packet">A whole IPv4 packet with protocol 50.</param>
    /// <param name="destination">
    /// Takes the header and <see cref="EspInboundSa.PlaintextLength"/> bytes for the rest; unspecified when the outcome is not Ok.
    /// Must not overlap the packet.
    /// </param>
    /// <param name="written">Length of the packet as it was before protection; 0 when the outcome is not Ok.</param>
    /// <returns>What became of the packet; counted once in the SA's counters.</returns>
    public static EspOutcome TryDecapsulate(EspInboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return sa.Counters.Count(Decapsulate(sa, packet, destination, out written));
    }

    private static EspOutcome Encapsulate(EspOutboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        written = 0;
        var outcome = Examine(packet, destination, out var header);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var headerLength = header.HeaderLength;
        outcome = sa.Protect(
            packet[headerLength..header.TotalLength],
            (byte)header.Protocol,
            destination[headerLength..],
            EspGeometry.MaxPacketLength - headerLength,
            out var espLength);
        if (outcome == EspOutcome.Ok)
        {
            written = headerLength + espLength;
            WriteHeader(packet[..headerLength], (byte)IpProtocol.Esp, written, destination);
        }

        return outcome;
    }

    private static EspOutcome Decapsulate(EspInboundSa sa, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        written = 0;
        var outcome = Examine(packet, destination, out var header);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var headerLength = header.HeaderLength;
        var esp = packet[headerLength..header.TotalLength];
        outcome = sa.Unprotect(esp, destination[headerLength..], out var length, out var nextHeader, out _);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var whole = destination[..(headerLength + length)];
        WriteHeader(packet[..headerLength], nextHeader, whole.Length, whole);
        if (!PacketSelectors.TryRead(whole, out var selectors))
        {
            return EspOutcome.BadInnerPacket;
        }

        if (!sa.Parameters.Selectors.MatchesInbound(selectors))
        {
            return EspOutcome.SelectorMismatch;
        }

        written = whole.Length;
        return EspOutcome.Ok;
    }

    private static EspOutcome Examine(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> destination, out Ipv4Header header) =>
        !Ipv4Header.TryRead(packet, out header, out _) ? EspOutcome.BadInnerPacket
        : header.IsFragment ? EspOutcome.Fragment
        : destination.Length < header.HeaderLength ? EspOutcome.BufferTooSmall
        : EspOutcome.Ok;

    private static void WriteHeader(ReadOnlySpan<byte> original, byte protocol, int totalLength, Span<byte> destination)
    {
        original.CopyTo(destination);
        var header = destination[..original.Length];
        BinaryPrimitives.WriteUInt16BigEndian(header[TotalLengthOffset..], (ushort)totalLength);
        header[ProtocolOffset] = protocol;
        header.Slice(ChecksumOffset, sizeof(ushort)).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], InternetChecksum.Compute(header));
    }
}
