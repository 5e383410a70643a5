// SPDX-License-Identifier: Apache-2.0

using Ipsec.Esp;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>An AH packet on the wire.</summary>
/// <param name="Number">Frame number.</param>
/// <param name="Time">When it was captured.</param>
/// <param name="From">Who sent it, by the outer source address.</param>
/// <param name="To">To whom.</param>
/// <param name="Bytes">The Ethernet frame.</param>
/// <param name="Step">The step that was running.</param>
/// <param name="Outer">The IP header before AH.</param>
/// <param name="Header">AH without its ICV.</param>
/// <param name="Sa">The SA it belongs to; null when nobody negotiated its SPI.</param>
/// <param name="Inspection">What is in it; null when it cannot be read.</param>
public sealed record ObservedAh(
    int Number,
    DateTimeOffset Time,
    string From,
    string To,
    ReadOnlyMemory<byte> Bytes,
    string? Step,
    Ipv4Header Outer,
    AhHeader Header,
    AhSaParameters? Sa,
    AhInspection? Inspection)
    : ObservedFrame(Number, Time, From, To, Bytes, Step)
{
    /// <summary>The ESP packet inside, of a bundle of AH around ESP (RFC 2401 section 4.3); null when there is none.</summary>
    public ObservedEsp? Nested { get; init; }

    /// <summary>The ICMP echo inside, when there is one.</summary>
    public IcmpEcho? Echo => Inspection is { IsIcvValid: true } read ? Nested?.Echo ?? InnerEcho.Find(read.Header.NextHeader, read.Payload.Span) : null;
}
