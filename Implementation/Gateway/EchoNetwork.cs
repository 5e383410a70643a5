// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>A network in which every address answers ICMP echo requests (RFC 792) and nothing else.</summary>
public sealed class EchoNetwork : IInnerNetwork
{
    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> packet, Action<ReadOnlyMemory<byte>> reply)
    {
        if (!Ipv4Header.TryRead(packet, out var header, out _) || header.Protocol != IpProtocol.Icmp || header.IsFragment)
        {
            return;
        }

        var message = packet[header.HeaderLength..header.TotalLength];
        if (IcmpEcho.TryRead(message, out var echo, out _) && !echo.IsReply)
        {
            var body = IcmpEcho.Build(isReply: true, echo.Identifier, echo.SequenceNumber, message[IcmpEcho.PayloadOffset..]);
            reply(IcmpPacket(header.DestinationAddress, header.SourceAddress, body));
        }
    }

    /// <summary>An echo request as a host would send it.</summary>
    /// <param name="source">Source address as a number.</param>
    /// <param name="destination">Destination address as a number.</param>
    /// <param name="identifier">Echo identifier.</param>
    /// <param name="sequenceNumber">Echo sequence number.</param>
    /// <param name="payload">What is to come back.</param>
    /// <returns>The IPv4 packet.</returns>
    public static byte[] Request(uint source, uint destination, ushort identifier, ushort sequenceNumber, ReadOnlySpan<byte> payload) =>
        IcmpPacket(source, destination, IcmpEcho.Build(isReply: false, identifier, sequenceNumber, payload));

    private static byte[] IcmpPacket(uint source, uint destination, ReadOnlySpan<byte> body)
    {
        var packet = new byte[Ipv4Header.MinSize + body.Length];
        Ipv4Header.For(Ipv4Header.ToAddress(source), Ipv4Header.ToAddress(destination), IpProtocol.Icmp, body.Length).Write(packet);
        body.CopyTo(packet.AsSpan(Ipv4Header.MinSize));
        return packet;
    }
}
