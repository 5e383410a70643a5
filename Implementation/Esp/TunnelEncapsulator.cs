// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>
/// Puts IPv4 and IPv6 packets into IPv4 or IPv6 tunnels of ESP, ESP in UDP, or AH: new outer header, then the protected packet (RFC 4301
/// section 5.1.2, RFC 4303 section 3.1.2, RFC 4302 section 3.1.2, RFC 3948 section 3.4). One object serves all SAs of a gateway, from
/// any thread.
/// </summary>
public sealed class TunnelEncapsulator
{
    /// <summary>TTL of outer headers when none is asked for.</summary>
    public const byte DefaultTimeToLive = TunnelOptions.DefaultHopLimit;

    private int _identification;

    /// <summary>An encapsulator.</summary>
    /// <param name="dontFragment">What becomes of the DF bit.</param>
    /// <param name="timeToLive">TTL of the outer header, which has nothing to do with the inner one.</param>
    /// <param name="dscp">DSCP of the outer header; null copies the inner one.</param>
    /// <param name="firstIdentification">Identification of the first outer header; the next ones count up.</param>
    public TunnelEncapsulator(
        DontFragmentPolicy dontFragment = DontFragmentPolicy.Copy,
        byte timeToLive = DefaultTimeToLive,
        byte? dscp = null,
        ushort firstIdentification = 0)
        : this(new TunnelOptions { DontFragment = dontFragment, HopLimit = timeToLive, Dscp = dscp }, firstIdentification)
    {
    }

    /// <summary>An encapsulator.</summary>
    /// <param name="options">How outer headers are made.</param>
    /// <param name="firstIdentification">Identification of the first outer IPv4 header; the next ones count up.</param>
    public TunnelEncapsulator(TunnelOptions options, ushort firstIdentification = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _identification = firstIdentification - 1;
    }

    /// <summary>How outer headers are made.</summary>
    public TunnelOptions Options { get; }

    /// <summary>Length of the outer packet for an inner one.</summary>
    /// <param name="sa">The SA.</param>
    /// <param name="innerLength">Length of the inner packet, TFC padding included, in bytes.</param>
    /// <returns>Bytes from the outer header to the ICV.</returns>
    public static int EncapsulatedLength(EspOutboundSa sa, int innerLength)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return OuterHeader.SizeFor(sa.Parameters) + sa.UdpSize + sa.ProtectedLength(innerLength);
    }

    /// <summary>Protects a packet with ESP and writes the outer header before it.</summary>
    /// <param name="sa">The SA, whose source and destination are the tunnel's ends.</param>
    /// <param name="innerPacket">
    /// A whole IPv4 or IPv6 packet; it may be a fragment (RFC 4303 section 3.3.4), and TFC padding may follow it.
    /// </param>
    /// <param name="destination">
    /// Takes <see cref="EncapsulatedLength"/> bytes, or as many for the length that the options pad to. Must not overlap the packet.
    /// </param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, BadInnerPacket, or what <see cref="EspOutboundSa.TryProtect(ReadOnlySpan{byte}, byte, Span{byte}, out int)"/> answers.</returns>
    public EspOutcome TryEncapsulate(EspOutboundSa sa, ReadOnlySpan<byte> innerPacket, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        return sa.Counters.Count(Encapsulate(sa, innerPacket, destination, out written));
    }

    /// <summary>Protects a packet with AH behind a new outer header.</summary>
    /// <param name="sa">The SA, whose source and destination are the tunnel's ends.</param>
    /// <param name="innerPacket">A whole IPv4 or IPv6 packet; it may be a fragment (RFC 4302 section 3.3.4).</param>
    /// <param name="destination">Takes <see cref="AhOutboundSa.EncapsulatedLength"/> bytes. Must not overlap the packet.</param>
    /// <param name="written">Bytes written; 0 when the outcome is not Ok.</param>
    /// <returns>Ok, BadInnerPacket, TooLong, BufferTooSmall, SequenceExhausted, LifetimeEnded or UnknownSpi.</returns>
    public EspOutcome TryEncapsulate(AhOutboundSa sa, ReadOnlySpan<byte> innerPacket, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(sa);
        written = 0;
        if (!IpPacketHead.TryRead(innerPacket, out var inner, out _))
        {
            return sa.Counters.Count(EspOutcome.BadInnerPacket);
        }

        var parameters = sa.Parameters;
        var headerSize = OuterHeader.SizeFor(parameters);
        var payloadLength = sa.HeaderLength(parameters.SourceNumber.Version) + inner.TotalLength;
        if (payloadLength > OuterHeader.MaxPayloadFor(parameters))
        {
            return sa.Counters.Count(EspOutcome.TooLong);
        }

        if (destination.Length < headerSize + payloadLength)
        {
            return sa.Counters.Count(EspOutcome.BufferTooSmall);
        }

        Span<byte> outer = stackalloc byte[Ipv6Header.Size];
        OuterHeader.Write(parameters, Options, inner, IpProtocol.Ah, payloadLength, NextIdentification(), outer);
        outer = outer[..headerSize];
        var protocol = OuterHeader.ProtocolOf(inner.Version);
        return sa.Counters.Count(sa.Protect(outer, protocol, innerPacket[..inner.TotalLength], destination, out written));
    }

    private EspOutcome Encapsulate(EspOutboundSa sa, ReadOnlySpan<byte> innerPacket, Span<byte> destination, out int written)
    {
        written = 0;
        if (!IpPacketHead.TryRead(innerPacket, out var inner, out _))
        {
            return EspOutcome.BadInnerPacket;
        }

        var parameters = sa.Parameters;
        var headerSize = OuterHeader.SizeFor(parameters);
        var espOffset = headerSize + sa.UdpSize;
        if (destination.Length < espOffset)
        {
            return EspOutcome.BufferTooSmall;
        }

        var outcome = sa.Protect(
            innerPacket,
            (byte)OuterHeader.ProtocolOf(inner.Version),
            destination[espOffset..],
            OuterHeader.MaxPayloadFor(parameters) - sa.UdpSize,
            out var espLength,
            new EspPadding(Math.Max(0, Options.PadTo - innerPacket.Length)));
        if (outcome != EspOutcome.Ok)
        {
            return outcome;
        }

        written = espOffset + espLength;
        var protocol = EspInUdp.Write(parameters, destination[headerSize..written]);
        OuterHeader.Write(parameters, Options, inner, protocol, written - headerSize, NextIdentification(), destination);
        return EspOutcome.Ok;
    }

    private ushort NextIdentification() => (ushort)Interlocked.Increment(ref _identification);
}
