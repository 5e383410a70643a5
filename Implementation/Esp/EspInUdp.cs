// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>The UDP header between IP and ESP (RFC 3948 section 2.1).</summary>
internal static class EspInUdp
{
    /// <summary>Writes the header if the SA wants one.</summary>
    /// <param name="parameters">The SA.</param>
    /// <param name="payload">All that follows the IP header; room for the UDP header is before the ESP packet.</param>
    /// <returns>The protocol that the IP header has to name.</returns>
    public static IpProtocol Write(EspSaParameters parameters, Span<byte> payload)
    {
        if (parameters.Nat is not { } nat)
        {
            return IpProtocol.Esp;
        }

        UdpHeader.WriteWithoutChecksum(payload, nat.SourcePort, nat.DestinationPort);
        if (parameters.SourceNumber.Version == IpVersion.V6)
        {
            // IPv6 has no header checksum, so UDP needs one (RFC 8200 section 8.1); RFC 3948's zero is for IPv4.
            var pseudoHeader = InternetChecksum.PseudoHeader(
                parameters.SourceNumber, parameters.DestinationNumber, IpProtocol.Udp, payload.Length);
            var checksum = InternetChecksum.Compute(payload, pseudoHeader);
            BinaryPrimitives.WriteUInt16BigEndian(
                payload[UdpHeader.ChecksumOffset..], checksum == 0 ? ushort.MaxValue : checksum);
        }

        return IpProtocol.Udp;
    }

    /// <summary>Finds the ESP packet behind the headers of a packet, in UDP or not as the SA has it.</summary>
    public static EspOutcome TryFind(
        EspSaParameters parameters, in IpPacketHead head, ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> espPacket)
    {
        espPacket = packet[head.HeaderLength..head.TotalLength];
        if (head.IsFragment)
        {
            return EspOutcome.Fragment;
        }

        if (parameters.Nat is null)
        {
            return head.Protocol == IpProtocol.Esp ? EspOutcome.Ok : EspOutcome.EncapsulationMismatch;
        }

        if (head.Protocol != IpProtocol.Udp)
        {
            return EspOutcome.EncapsulationMismatch;
        }

        // Receivers must not depend on the UDP checksum being there or right (RFC 3948 section 2.1).
        if (!UdpHeader.TryRead(espPacket, out var udp, out _))
        {
            return EspOutcome.TooShort;
        }

        espPacket = espPacket[UdpHeader.Size..udp.Length];
        return UdpEncapsulation.Classify(espPacket) == UdpEncapsulationKind.Esp ? EspOutcome.Ok : EspOutcome.EncapsulationMismatch;
    }
}
