// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports;

/// <summary>A UDP datagram as a whole IPv4 or IPv6 packet.</summary>
public static class UdpPacket
{
    /// <summary>Builds the packet.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="destination">Where it goes; of the same version.</param>
    /// <param name="payload">The UDP payload.</param>
    /// <param name="withChecksum">
    /// Whether UDP has a checksum. Over IPv4 what belongs to UDP encapsulation has none (RFC 3948 sections 2.1 and 2.3); over IPv6 it always has
    /// one (RFC 8200 section 8.1).
    /// </param>
    /// <returns>The packet.</returns>
    public static byte[] Build(IPEndPoint source, IPEndPoint destination, ReadOnlySpan<byte> payload, bool withChecksum = true)
    {
        var (from, to) = (AddressNumber.From(source.Address), AddressNumber.From(destination.Address));
        var length = UdpHeader.Size + payload.Length;
        var headerSize = from.Version == IpVersion.V4 ? Ipv4Header.MinSize : Ipv6Header.Size;
        var packet = new byte[headerSize + length];
        var datagram = packet.AsSpan(headerSize);
        payload.CopyTo(datagram[UdpHeader.Size..]);
        UdpHeader.WriteWithoutChecksum(datagram, (ushort)source.Port, (ushort)destination.Port);
        if (from.Version == IpVersion.V4)
        {
            Ipv4Header.For((uint)from.Value, (uint)to.Value, IpProtocol.Udp, length).Write(packet);
        }
        else
        {
            Ipv6Header.For(from, to, IpProtocol.Udp, length).Write(packet);
        }

        if (withChecksum || from.Version == IpVersion.V6)
        {
            WriteChecksum(datagram, from, to);
        }

        return packet;
    }

    /// <summary>Takes a packet apart.</summary>
    /// <param name="packet">An IPv4 or IPv6 packet.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="payload">The UDP payload.</param>
    /// <returns>False when it is not a whole UDP datagram with a right checksum, or over IPv4 none.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> packet, out IPEndPoint source, out IPEndPoint destination, out ReadOnlyMemory<byte> payload)
    {
        (source, destination, payload) = (null!, null!, default);
        if (!IpPacketHead.TryRead(packet.Span, out var head, out _) || head.Protocol != IpProtocol.Udp || head.IsFragment)
        {
            return false;
        }

        var datagram = packet[head.HeaderLength..head.TotalLength];
        if (!UdpHeader.TryRead(datagram.Span, out var udp, out _) || !IsRight(udp, head, datagram.Span[..udp.Length]))
        {
            return false;
        }

        source = new(head.Source.ToIPAddress(), udp.SourcePort);
        destination = new(head.Destination.ToIPAddress(), udp.DestinationPort);
        payload = datagram.Slice(UdpHeader.Size, udp.PayloadLength);
        return true;
    }

    private static bool IsRight(in UdpHeader udp, in IpPacketHead head, ReadOnlySpan<byte> datagram) =>
        (udp.Checksum == 0 && head.Version == IpVersion.V4)
        || InternetChecksum.Compute(datagram, InternetChecksum.PseudoHeader(head.Source, head.FinalDestination, IpProtocol.Udp, datagram.Length)) == 0;

    private static void WriteChecksum(Span<byte> datagram, in AddressNumber source, in AddressNumber destination)
    {
        var checksum = InternetChecksum.Compute(datagram, InternetChecksum.PseudoHeader(source, destination, IpProtocol.Udp, datagram.Length));

        // RFC 768: a computed zero is sent as all ones, because zero says that there is no checksum.
        var field = datagram[UdpHeader.ChecksumOffset..];
        BinaryPrimitives.WriteUInt16BigEndian(field, checksum == 0 ? ushort.MaxValue : checksum);
    }
}
