// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Takes packets out of transport mode (RFC 4303 section 3.4, RFC 4302 section 3.4, RFC 3948 section 3.3) and sees that each is one the
/// SA may bring (RFC 4301 section 5.2 step 4).
/// </summary>
internal static class TransportDecapsulator
{
    public static EspOutcome TryDecapsulate(
        EspInboundSa sa, in IpPacketHead head, ReadOnlySpan<byte> packet, Span<byte> destination, out int written) =>
        sa.Counters.Count(Open(sa, head, packet, destination, out written));

    public static EspOutcome TryDecapsulate(
        AhInboundSa sa, in IpPacketHead head, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        written = 0;
        var outcome = sa.Check(head, packet, destination, out var ah, out var payload);
        if (outcome == EspOutcome.Ok)
        {
            var headers = new KeptHeaders(packet, head, head.HeaderLength, head.ProtocolOffset);
            var whole = destination[..(headers.Length + payload.Length)];
            payload.CopyTo(whole[headers.Length..]);
            headers.Write(whole, (byte)ah.NextHeader);
            outcome = Admit(sa.Parameters, whole, out written);
        }

        return sa.Counters.Count(outcome);
    }

    private static EspOutcome Open(
        EspInboundSa sa, in IpPacketHead head, ReadOnlySpan<byte> packet, Span<byte> destination, out int written)
    {
        written = 0;
        var outcome = EspInUdp.TryFind(sa.Parameters, head, packet, out var espPacket);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var headerLength = head.HeaderLength;
        if (destination.Length < headerLength)
        {
            return EspOutcome.BufferTooSmall;
        }

        outcome = sa.Unprotect(espPacket, destination[headerLength..], out var length, out var nextHeader, out _);
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        var whole = destination[..(headerLength + length)];
        packet[..headerLength].CopyTo(whole);
        whole[head.ProtocolOffset] = nextHeader;
        IpPacketHead.WriteLength(whole);
        outcome = Admit(sa.Parameters, whole, out written);
        if (outcome == EspOutcome.Ok && sa.Parameters.Nat is { } nat)
        {
            UpperLayerChecksum.TryAdapt(whole, nat.OriginalSource ?? head.Source, nat.OriginalDestination ?? head.Destination);
        }

        return outcome;
    }

    private static EspOutcome Admit(SaParameters parameters, ReadOnlySpan<byte> packet, out int written)
    {
        written = 0;
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            return EspOutcome.BadInnerPacket;
        }

        if (parameters.Bundle is null or { IsInnermost: true }
            && !parameters.Selectors.MatchesInbound(PacketSelectors.Of(head, packet)))
        {
            return EspOutcome.SelectorMismatch;
        }

        written = packet.Length;
        return EspOutcome.Ok;
    }
}
