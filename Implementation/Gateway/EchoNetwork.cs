// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>A network in which every address answers ICMP echo requests (RFC 792; RFC 4443 section 4) and nothing else.</summary>
public sealed class EchoNetwork : IInnerNetwork
{
    // Not zero, which a system that sends the packet as it is would replace, behind the back of AH's ICV.
    private const ushort Identification = 1;

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _) || head.IsFragment)
        {
            return;
        }

        var message = packet[head.HeaderLength..head.TotalLength];
        if (head.Protocol == IpProtocol.Icmp)
        {
            if (IcmpEcho.TryRead(message, out var echo, out _) && !echo.IsReply)
            {
                reply(Packet(head.Destination, head.Source, isReply: true, echo.Identifier, echo.SequenceNumber, message[IcmpEcho.PayloadOffset..]));
            }
        }
        else if (head.Protocol == IpProtocol.Icmpv6
            && UpperLayerChecksum.IsRight(packet[..head.TotalLength])
            && IcmpHeader.TryRead(message, out var header, out _)
            && header is { Type: (byte)Icmpv6Type.EchoRequest, Code: 0 })
        {
            reply(Packet(head.Destination, head.Source, isReply: true, (ushort)(header.Rest >> 16), (ushort)header.Rest, message[IcmpHeader.Size..]));
        }
    }

    /// <summary>An echo request as a host would send it.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address, of the same version.</param>
    /// <param name="identifier">Echo identifier.</param>
    /// <param name="sequenceNumber">Echo sequence number.</param>
    /// <param name="payload">What is to come back.</param>
    /// <returns>The IP packet.</returns>
    public static byte[] Request(
        AddressNumber source, AddressNumber destination, ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> payload) =>
        Packet(source, destination, isReply: false, identifier, sequenceNumber, payload);

    private static byte[] Packet(
        AddressNumber source, AddressNumber destination, bool isReply, ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> payload)
    {
        if (source.Version == IpVersion.V4)
        {
            var echo = IcmpEcho.Build(isReply, identifier, sequenceNumber, payload);
            var packet = new byte[Ipv4Header.MinSize + echo.Length];
            Ipv4Header.For((uint)source.Value, (uint)destination.Value, IpProtocol.Icmp, echo.Length, identification: Identification).Write(packet);
            echo.CopyTo(packet.AsSpan(Ipv4Header.MinSize));
            return packet;
        }

        var ipv6 = new byte[Ipv6Header.Size + IcmpHeader.Size + payload.Length];
        Ipv6Header.For(source, destination, IpProtocol.Icmpv6, IcmpHeader.Size + payload.Length).Write(ipv6);
        var type = isReply ? Icmpv6Type.EchoReply : Icmpv6Type.EchoRequest;
        new IcmpHeader((byte)type, 0, 0, ((uint)identifier << 16) | sequenceNumber).Write(ipv6.AsSpan(Ipv6Header.Size));
        payload.CopyTo(ipv6.AsSpan(Ipv6Header.Size + IcmpHeader.Size));
        UpperLayerChecksum.TryWrite(ipv6);
        return ipv6;
    }
}
