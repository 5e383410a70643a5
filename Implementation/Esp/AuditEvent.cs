// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>An auditable event, with what RFC 4303 sections 3.3.3, 3.4.1 to 3.4.4 and RFC 4302 ask to be recorded.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="Time">When.</param>
/// <param name="Protocol">ESP or AH; 0 for an event before either is known.</param>
/// <param name="Spi">SPI of the packet; 0 when it shows none.</param>
/// <param name="Source">Source address of the packet.</param>
/// <param name="Destination">Destination address of the packet.</param>
/// <param name="SequenceNumber">Sequence number field of the packet; 0 when it shows none.</param>
/// <param name="FlowLabel">IPv6 flow label; 0 for IPv4.</param>
public readonly record struct AuditEvent(
    EspOutcome Outcome,
    DateTimeOffset Time,
    IpProtocol Protocol,
    uint Spi,
    AddressNumber Source,
    AddressNumber Destination,
    uint SequenceNumber,
    uint FlowLabel)
{
    /// <summary>Whether an outcome is an event that the RFCs call auditable.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>True for it.</returns>
    public static bool IsAuditable(EspOutcome outcome) => outcome
        is EspOutcome.UnknownSpi
        or EspOutcome.Fragment
        or EspOutcome.SequenceExhausted
        or EspOutcome.SequenceZero
        or EspOutcome.TooOld
        or EspOutcome.Replayed
        or EspOutcome.IntegrityFailure
        or EspOutcome.BadPadLength
        or EspOutcome.BadPadding
        or EspOutcome.SelectorMismatch
        or EspOutcome.BundleMismatch
        or EspOutcome.ProtectionMissing
        or EspOutcome.CongestionNotExpressible;

    /// <summary>The event in one line.</summary>
    /// <returns>For example "Replayed: Esp 0xc0ffee01 sequence 17, 198.51.100.1 -> 198.51.100.2".</returns>
    public override string ToString() => $"{Outcome}: {Protocol} 0x{Spi:x8} sequence {SequenceNumber}, {Source} -> {Destination}";
}
