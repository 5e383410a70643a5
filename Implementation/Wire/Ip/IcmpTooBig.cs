// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

/// <summary>
/// The message that a packet is too long for the way ahead: "fragmentation needed and DF set" (RFC 792; RFC 1191 section 4) or "packet
/// too big" (RFC 4443 section 3.2).
/// </summary>
/// <param name="Mtu">What fits, in octets; 0 when an old IPv4 router did not say.</param>
/// <param name="QuotedOffset">Where the quoted packet begins in the message, in octets.</param>
public readonly record struct IcmpTooBig(int Mtu, int QuotedOffset)
{
    /// <summary>Code of "fragmentation needed and DF set".</summary>
    public const byte FragmentationNeeded = 4;

    /// <summary>Longest message about an IPv4 packet, header included, in octets (RFC 1812 section 4.3.2.3).</summary>
    public const int MaxIpv4Size = 576;

    /// <summary>Longest message about an IPv6 packet, header included, in octets (RFC 4443 section 2.4 (c)).</summary>
    public const int MaxIpv6Size = 1280;

    /// <summary>Reads a message that fills the span; its checksum is the caller's matter.</summary>
    /// <param name="version">ICMP or ICMPv6.</param>
    /// <param name="message">From the type on.</param>
    /// <param name="tooBig">What it says.</param>
    /// <returns>False when it is another message, or cut short.</returns>
    public static bool TryRead(IpVersion version, ReadOnlySpan<byte> message, out IcmpTooBig tooBig)
    {
        tooBig = default;
        if (!IcmpHeader.TryRead(message, out var header, out _))
        {
            return false;
        }

        if (version == IpVersion.V4
            && header is { Type: (byte)Icmpv4Type.DestinationUnreachable, Code: FragmentationNeeded })
        {
            tooBig = new IcmpTooBig((int)(header.Rest & ushort.MaxValue), IcmpHeader.Size);
            return true;
        }

        if (version == IpVersion.V6 && header.Type == (byte)Icmpv6Type.PacketTooBig)
        {
            tooBig = new IcmpTooBig((int)Math.Min(header.Rest, int.MaxValue), IcmpHeader.Size);
            return true;
        }

        return false;
    }

    /// <summary>Writes the whole packet that tells the sender of another one about the MTU.</summary>
    /// <param name="reporter">Who says so: source of the message, of the packet's version.</param>
    /// <param name="packet">The packet that is too long; as much of it is quoted as fits.</param>
    /// <param name="mtu">What would fit, in octets.</param>
    /// <param name="destination">Takes up to <see cref="MaxIpv6Size"/> octets.</param>
    /// <returns>Length of the message; 0 when the packet cannot be read or the reporter is of the other version.</returns>
    public static int Write(in AddressNumber reporter, ReadOnlySpan<byte> packet, int mtu, Span<byte> destination)
    {
        if (!IpPacketHead.TryRead(packet, out var head, out _) || head.Version != reporter.Version)
        {
            return 0;
        }

        var isIpv4 = head.Version == IpVersion.V4;
        var headerSize = isIpv4 ? Ipv4Header.MinSize : Ipv6Header.Size;
        var room = (isIpv4 ? MaxIpv4Size : MaxIpv6Size) - headerSize - IcmpHeader.Size;
        var quoted = packet[..Math.Min(head.TotalLength, room)];
        var message = destination[..(headerSize + IcmpHeader.Size + quoted.Length)];
        quoted.CopyTo(message[(headerSize + IcmpHeader.Size)..]);
        if (isIpv4)
        {
            var limited = (uint)Math.Min(mtu, ushort.MaxValue);
            new IcmpHeader((byte)Icmpv4Type.DestinationUnreachable, FragmentationNeeded, 0, limited).Write(message[headerSize..]);
            Ipv4Header.For((uint)reporter.Value, (uint)head.Source.Value, IpProtocol.Icmp, message.Length - headerSize).Write(message);
        }
        else
        {
            new IcmpHeader((byte)Icmpv6Type.PacketTooBig, 0, 0, (uint)mtu).Write(message[headerSize..]);
            Ipv6Header.For(reporter, head.Source, IpProtocol.Icmpv6, message.Length - headerSize).Write(message);
        }

        UpperLayerChecksum.TryWrite(message);
        return message.Length;
    }

    /// <summary>The SPI that a quoted ESP or AH packet shows, so that the message finds its SA (RFC 4301 section 8.2.1).</summary>
    /// <param name="quoted">The quoted packet, as much of it as there is.</param>
    /// <param name="protocol">ESP or AH.</param>
    /// <param name="spi">The SPI.</param>
    /// <param name="destination">Where the quoted packet went.</param>
    /// <returns>False when it is neither, or cut before the SPI.</returns>
    public static bool TryReadQuotedSpi(ReadOnlySpan<byte> quoted, out IpProtocol protocol, out uint spi, out AddressNumber destination)
    {
        protocol = default;
        spi = 0;
        destination = default;
        var isIpv6 = !quoted.IsEmpty && quoted[0] >> 4 == (byte)IpVersion.V6;
        var headerLength = isIpv6 ? Ipv6Header.Size : quoted.IsEmpty ? 0 : (quoted[0] & 0x0F) * sizeof(uint);
        if (headerLength < Ipv4Header.MinSize || quoted.Length < headerLength + (2 * sizeof(uint)))
        {
            return false;
        }

        // Its declared length is not there as a rule, so the ordinary readers would refuse the quotation.
        protocol = (IpProtocol)quoted[isIpv6 ? Ipv6Header.NextHeaderOffset : 9];
        destination = AddressNumber.Read(
            quoted[(isIpv6 ? Ipv6Header.DestinationOffset : 16)..], isIpv6 ? IpVersion.V6 : IpVersion.V4);
        var body = quoted[headerLength..];
        if (protocol == IpProtocol.Udp && body.Length >= UdpHeader.Size + sizeof(uint))
        {
            protocol = IpProtocol.Esp;
            body = body[UdpHeader.Size..];
        }

        spi = BinaryPrimitives.ReadUInt32BigEndian(protocol == IpProtocol.Ah ? body[sizeof(uint)..] : body);
        return protocol is IpProtocol.Esp or IpProtocol.Ah;
    }
}
