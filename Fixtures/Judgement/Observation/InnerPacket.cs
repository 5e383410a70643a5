// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The IP packet that a frame carries for the hosts: what a tunnel's end would forward, or a host's own stack be given.</summary>
public static class InnerPacket
{
    private const int ProtocolAt = 9;

    /// <summary>The packet.</summary>
    /// <param name="frame">An opened ESP or AH packet, or one in clear.</param>
    /// <returns>Null when there is none. In transport mode the outer header stands for the inner one, with the protocol that was protected.</returns>
    public static ReadOnlyMemory<byte>? Of(ObservedFrame frame) => frame switch
    {
        ObservedEsp { Inspection: { IsIcvValid: true } opened } esp => Of(esp.Bytes, esp.Outer, (IpProtocol)opened.NextHeader, opened.Payload),
        ObservedAh { Inspection: { IsIcvValid: true } read } ah => Of(ah.Bytes, ah.Outer, read.Header.NextHeader, read.Payload),
        ObservedOther { Bytes: { Length: > EthernetHeader.Size } bytes } => bytes[EthernetHeader.Size..],
        _ => null,
    };

    /// <summary>Its header, for a person.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>A line.</returns>
    public static string Text(ObservedFrame frame) => Of(frame) is { } packet && Ipv4Header.TryRead(packet.Span, out var header, out _)
        ? $"from {header.Source} to {header.Destination}, protocol {(byte)header.Protocol}, TTL {header.TimeToLive}, {header.TotalLength} octets"
        : $"no IPv4 packet; {EspOracle.Text(frame)}";

    private static ReadOnlyMemory<byte>? Of(ReadOnlyMemory<byte> frame, in Ipv4Header outer, IpProtocol nextHeader, ReadOnlyMemory<byte> payload)
    {
        if (nextHeader is IpProtocol.Ipip or IpProtocol.Ipv6)
        {
            return payload;
        }

        byte[] packet = [.. frame.Span.Slice(EthernetHeader.Size, outer.HeaderLength), .. payload.Span];
        packet[ProtocolAt] = (byte)nextHeader;
        IpPacketHead.WriteLength(packet);
        return packet;
    }
}
