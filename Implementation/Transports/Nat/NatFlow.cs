// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>The fields of a packet by which a NAT finds its mapping.</summary>
/// <param name="Protocol">IP protocol.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Destination">Where it goes.</param>
internal readonly record struct NatFlow(IpProtocol Protocol, NatEndpoint Source, NatEndpoint Destination)
{
    private const byte EchoReply = 0;
    private const byte EchoRequest = 8;
    private const int EchoIdentifierOffset = 4;
    private const int LeastPayload = 8;

    /// <summary>Whether the protocol has ports, or an identifier in their place, so that several inside hosts can share an address.</summary>
    public bool HasPorts => Protocol is IpProtocol.Udp or IpProtocol.Icmp;

    /// <summary>The same flow seen from its other end.</summary>
    public NatFlow Reversed => new(Protocol, Destination, Source);

    /// <summary>
    /// Reads them. The first eight octets of the payload suffice, which is what an ICMP error quotes (RFC 792).
    /// </summary>
    /// <param name="header">The IPv4 header.</param>
    /// <param name="payload">What follows it.</param>
    /// <param name="flow">The fields.</param>
    /// <returns>Translated when the packet can be, else why not.</returns>
    public static NatVerdict TryRead(in Ipv4Header header, ReadOnlySpan<byte> payload, out NatFlow flow)
    {
        flow = new(header.Protocol, new(header.SourceAddress, 0), new(header.DestinationAddress, 0));
        if (header.IsFragment)
        {
            return NatVerdict.Fragment;
        }

        switch (header.Protocol)
        {
            case IpProtocol.Esp or IpProtocol.Ah:
                return NatVerdict.Translated;
            case IpProtocol.Udp or IpProtocol.Icmp when payload.Length < LeastPayload:
                return NatVerdict.Malformed;
            case IpProtocol.Udp:
                flow = new(
                    IpProtocol.Udp,
                    flow.Source with { Port = BinaryPrimitives.ReadUInt16BigEndian(payload) },
                    flow.Destination with { Port = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) });
                return NatVerdict.Translated;
            case IpProtocol.Icmp when payload[0] is EchoRequest or EchoReply:
                // The identifier belongs to the side that asks.
                var identifier = BinaryPrimitives.ReadUInt16BigEndian(payload[EchoIdentifierOffset..]);
                flow = payload[0] == EchoRequest
                    ? flow with { Source = flow.Source with { Port = identifier } }
                    : flow with { Destination = flow.Destination with { Port = identifier } };
                return NatVerdict.Translated;
            default:
                return NatVerdict.UnsupportedProtocol;
        }
    }
}
