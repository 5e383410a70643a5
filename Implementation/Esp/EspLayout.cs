// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Sa;
using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>How a packet of an SA is laid out: its sections in the order of the bytes (RFC 4303 section 2, table 1 and 2).</summary>
public sealed class EspLayout
{
    private EspLayout(params ReadOnlySpan<EspSection> sections)
    {
        // A section that the algorithms do without is not a section of length 0.
        var present = ImmutableArray.CreateBuilder<EspSection>(sections.Length);
        foreach (var section in sections)
        {
            if (section.Bytes > 0)
            {
                present.Add(section);
            }
        }

        Sections = present.ToImmutable();
    }

    /// <summary>The sections that have any bytes.</summary>
    public ImmutableArray<EspSection> Sections { get; }

    /// <summary>All of them together, in bytes.</summary>
    public int Length => Sections.Sum(section => section.Bytes);

    /// <summary>Layout of a packet on the wire: ESP header, IV, ciphertext, ICV.</summary>
    /// <param name="parameters">The packet's SA.</param>
    /// <param name="espLength">Length of the packet, SPI to ICV, in bytes.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="problem">Why no packet of this SA has that length: TooShort or BadLength.</param>
    /// <returns>False when there is a problem.</returns>
    public static bool TryOf(
        EspSaParameters parameters, int espLength, [NotNullWhen(true)] out EspLayout? layout, out EspOutcome problem)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var geometry = new EspGeometry(parameters);
        problem = geometry.Measure(espLength, out var ciphertext);
        layout = problem == EspOutcome.Ok ? OnTheWire(geometry, ciphertext) : null;
        return layout is not null;
    }

    /// <summary>Layout of a packet on the wire whose length is known to be right.</summary>
    /// <param name="parameters">The packet's SA.</param>
    /// <param name="espLength">Length of the packet, SPI to ICV, in bytes.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No packet of this SA has that length.</exception>
    public static EspLayout Of(EspSaParameters parameters, int espLength) =>
        TryOf(parameters, espLength, out var layout, out var problem)
            ? layout
            : throw new ArgumentOutOfRangeException(nameof(espLength), espLength, $"{parameters}: {problem}.");

    /// <summary>Layout of the packet that <see cref="EspOutboundSa"/> makes for a payload.</summary>
    /// <param name="parameters">The SA.</param>
    /// <param name="payloadLength">Length of the payload, in bytes.</param>
    /// <returns>The layout.</returns>
    public static EspLayout ForPayload(EspSaParameters parameters, int payloadLength)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        var geometry = new EspGeometry(parameters);
        return OnTheWire(geometry, geometry.CiphertextLength(payloadLength));
    }

    /// <summary>Layout of a whole packet on the wire: IP header, extension headers, UDP header, then the ESP packet.</summary>
    /// <param name="parameters">The packet's SA.</param>
    /// <param name="packet">The packet, from the IP header on.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="problem">Why it cannot be laid out: BadInnerPacket, Fragment, EncapsulationMismatch, TooShort or BadLength.</param>
    /// <returns>False when there is a problem.</returns>
    public static bool TryOfPacket(
        EspSaParameters parameters, ReadOnlySpan<byte> packet, [NotNullWhen(true)] out EspLayout? layout, out EspOutcome problem)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        layout = null;
        if (!IpPacketHead.TryRead(packet, out var head, out _))
        {
            problem = EspOutcome.BadInnerPacket;
            return false;
        }

        problem = EspInUdp.TryFind(parameters, head, packet, out var espPacket);
        if (problem != EspOutcome.Ok || !TryOf(parameters, espPacket.Length, out var esp, out problem))
        {
            return false;
        }

        var ip = IpHeaderSize(head);
        layout = new EspLayout(
        [
            new EspSection(EspSection.OuterIpHeader, ip),
            new EspSection(EspSection.ExtensionHeaders, head.HeaderLength - ip),
            new EspSection(EspSection.UdpHeader, parameters.Nat is null ? 0 : UdpHeader.Size),
            .. esp.Sections,
        ]);
        return true;
    }

    /// <summary>Layout of what the ciphertext hides: payload, padding, pad length, next header.</summary>
    /// <param name="inspection">The opened packet.</param>
    /// <returns>The layout.</returns>
    public static EspLayout OfPlaintext(EspInspection inspection)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        return new EspLayout(
            new EspSection(EspSection.Payload, inspection.Payload.Length),
            new EspSection(EspSection.Padding, inspection.Padding.Length),
            new EspSection(EspSection.PadLength, 1),
            new EspSection(EspSection.NextHeader, 1));
    }

    /// <summary>The sections in one line.</summary>
    /// <returns>For example "ESP header 8, IV 16, ciphertext 96, ICV 16".</returns>
    public override string ToString() => string.Join(", ", Sections);

    /// <summary>Layout of a whole AH packet.</summary>
    internal static EspLayout OfAh(in AhGeometry geometry, in IpPacketHead head, in AhHeader ah)
    {
        var ip = IpHeaderSize(head);
        return new EspLayout(
            new EspSection(EspSection.OuterIpHeader, ip),
            new EspSection(EspSection.ExtensionHeaders, head.HeaderLength - ip),
            new EspSection(EspSection.AhHeader, AhHeader.FixedSize),
            new EspSection(EspSection.Iv, geometry.IvSize),
            new EspSection(EspSection.Icv, geometry.IcvSize),
            new EspSection(EspSection.IcvPadding, ah.Length - geometry.IcvOffset - geometry.IcvSize),
            new EspSection(EspSection.Payload, head.PayloadLength - ah.Length));
    }

    private static int IpHeaderSize(in IpPacketHead head) => head.Version == IpVersion.V6 ? Ipv6Header.Size : head.HeaderLength;

    private static EspLayout OnTheWire(in EspGeometry geometry, int ciphertext) => new(
        new EspSection(EspSection.EspHeader, EspHeader.Size),
        new EspSection(EspSection.Iv, geometry.IvSize),
        new EspSection(EspSection.Ciphertext, ciphertext),
        new EspSection(EspSection.Icv, geometry.IcvSize));
}
