// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>An ESP packet on the wire.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="From">Who sent it, by the outer source address.</param>
/// <param name="To">To whom.</param>
/// <param name="Bytes">The Ethernet frame.</param>
/// <param name="Step">The step that was running.</param>
/// <param name="Outer">The outer IP header.</param>
/// <param name="Packet">From SPI to ICV.</param>
/// <param name="Header">SPI and sequence number.</param>
/// <param name="Sa">The SA it belongs to; null when nobody negotiated its SPI.</param>
/// <param name="Inspection">What is in it; null when it cannot be opened.</param>
/// <param name="Udp">The UDP header it is encapsulated in (RFC 3948 section 2.1); null for plain ESP.</param>
public sealed record ObservedEsp(
    int Number,
    DateTimeOffset Time,
    string From,
    string To,
    ReadOnlyMemory<byte> Bytes,
    string? Step,
    Ipv4Header Outer,
    ReadOnlyMemory<byte> Packet,
    EspHeader Header,
    EspSaParameters? Sa,
    EspInspection? Inspection,
    UdpHeader? Udp = null)
    : ObservedFrame(Number, Time, From, To, Bytes, Step)
{
    /// <summary>The ICMP echo inside, when there is one.</summary>
    public IcmpEcho? Echo => Inspection is { IsIcvValid: true } opened ? InnerEcho.Find((IpProtocol)opened.NextHeader, opened.Payload.Span) : null;
}
