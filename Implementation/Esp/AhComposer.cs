// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Makes single AH packets in which sequence number and next header are the caller's choice. The ICV is right, so that a receiver judges
/// what is inside. No state; nothing keeps a number from being used twice.
/// </summary>
public static class AhComposer
{
    /// <summary>Puts AH between the headers of a packet and its payload.</summary>
    /// <param name="parameters">The SA.</param>
    /// <param name="sequenceNumber">The number, at least 1; the packet shows its low 32 bits.</param>
    /// <param name="packet">A whole packet: the outer one of tunnel mode, whose payload is the inner one, or transport mode's own.</param>
    /// <param name="nextHeader">Next header field of AH; null for what the packet's header says.</param>
    /// <returns>The packet with AH.</returns>
    /// <exception cref="ArgumentException">The packet cannot carry AH.</exception>
    public static byte[] Compose(AhSaParameters parameters, ulong sequenceNumber, ReadOnlySpan<byte> packet, byte? nextHeader = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!IpPacketHead.TryRead(packet, out var head, out var error))
        {
            throw new ArgumentException($"{error}", nameof(packet));
        }

        using var sa = new AhOutboundSa(parameters with { Lifetime = SaLifetime.Unlimited }, sequenceNumber);
        var composed = new byte[head.TotalLength + sa.HeaderLength(head.Version)];
        var headers = new KeptHeaders(packet, head, head.TransportOffset, head.TransportProtocolOffset);
        var outcome = sa.Protect(
            headers,
            nextHeader ?? packet[head.TransportProtocolOffset],
            packet[head.TransportOffset..head.TotalLength],
            composed,
            out var written);
        return outcome == EspOutcome.Ok
            ? composed[..written]
            : throw new ArgumentException($"{parameters}: {outcome}.", nameof(packet));
    }
}
