// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

/// <summary>The checksums of TCP, UDP, ICMP and ICMPv6 in whole packets of either version.</summary>
public static class UpperLayerChecksum
{
    /// <summary>Whether the checksum of a packet is right, or its protocol has none that is known here.</summary>
    /// <param name="packet">A whole packet, no fragment.</param>
    public static bool IsRight(ReadOnlySpan<byte> packet)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _)
            || !TryPlace(head, packet[head.HeaderLength..head.TotalLength], out var offset, out var isOptional))
        {
            return true;
        }

        var payload = packet[head.HeaderLength..head.TotalLength];
        return (isOptional && BinaryPrimitives.ReadUInt16BigEndian(payload[offset..]) == 0)
            || InternetChecksum.Compute(payload, Initial(head)) == 0;
    }

    /// <summary>Computes the checksum of a packet and puts it into its place.</summary>
    /// <param name="packet">A whole packet, no fragment, everything else in place.</param>
    /// <returns>False when its protocol has none that is known here, or the packet cannot be read.</returns>
    public static bool TryWrite(Span<byte> packet)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _)
            || !TryPlace(head, packet[head.HeaderLength..head.TotalLength], out var offset, out _))
        {
            return false;
        }

        var payload = packet[head.HeaderLength..head.TotalLength];
        payload.Slice(offset, sizeof(ushort)).Clear();
        var checksum = InternetChecksum.Compute(payload, Initial(head));
        BinaryPrimitives.WriteUInt16BigEndian(payload[offset..], OnTheWire(head.Protocol, checksum));
        return true;
    }

    /// <summary>
    /// Makes a TCP or UDP checksum, computed for other addresses than the header has now, fit the header (RFC 3948 section 3.1.2, first
    /// way). A UDP checksum of zero, which says that there is none, stays.
    /// </summary>
    /// <param name="packet">A whole packet with the addresses it has now.</param>
    /// <param name="source">Source address that the checksum was computed for.</param>
    /// <param name="destination">Destination address that the checksum was computed for.</param>
    /// <returns>False when the packet is neither TCP nor UDP, or cut before the checksum.</returns>
    public static bool TryAdapt(Span<byte> packet, in AddressNumber source, in AddressNumber destination)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _)
            || head.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp)
            || head.Version != source.Version
            || head.Version != destination.Version
            || !TryPlace(head, packet[head.HeaderLength..head.TotalLength], out var offset, out var isOptional))
        {
            return false;
        }

        var field = packet[(head.HeaderLength + offset)..];
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(field);
        if (isOptional && checksum == 0)
        {
            return true;
        }

        checksum = InternetChecksum.Replace(checksum, source, head.Source);
        checksum = InternetChecksum.Replace(checksum, destination, head.Destination);
        BinaryPrimitives.WriteUInt16BigEndian(field, OnTheWire(head.Protocol, checksum));
        return true;
    }

    // RFC 768: a computed zero is sent as all ones, because zero says that there is no checksum.
    private static ushort OnTheWire(IpProtocol protocol, ushort checksum) =>
        protocol == IpProtocol.Udp && checksum == 0 ? ushort.MaxValue : checksum;

    private static uint Initial(in IpPacketHead head) => head.Protocol == IpProtocol.Icmp
        ? 0
        : InternetChecksum.PseudoHeader(head.Source, head.FinalDestination, head.Protocol, head.PayloadLength);

    private static bool TryPlace(in IpPacketHead head, ReadOnlySpan<byte> payload, out int offset, out bool isOptional)
    {
        isOptional = head.Protocol == IpProtocol.Udp && head.Version == IpVersion.V4;
        (offset, var size) = head.Protocol switch
        {
            IpProtocol.Tcp => (TcpHeader.ChecksumOffset, TcpHeader.MinSize),
            IpProtocol.Udp => (UdpHeader.ChecksumOffset, UdpHeader.Size),
            IpProtocol.Icmp when head.Version == IpVersion.V4 => (IcmpHeader.ChecksumOffset, IcmpHeader.Size),
            IpProtocol.Icmpv6 when head.Version == IpVersion.V6 => (IcmpHeader.ChecksumOffset, IcmpHeader.Size),
            _ => (0, int.MaxValue),
        };
        return !head.IsFragment && payload.Length >= size;
    }
}
