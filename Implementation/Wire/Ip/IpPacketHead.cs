// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

/// <summary>
/// What there is to know of an IPv4 or IPv6 packet before its upper-layer payload, found by walking the IPv6 extension headers that
/// selectors skip by default (RFC 4301 section 4.4.1.1): hop-by-hop options, routing, fragment, destination options.
/// </summary>
public readonly record struct IpPacketHead
{
    private const int Ipv4ProtocolOffset = 9;

    /// <summary>Version of the packet.</summary>
    public IpVersion Version { get; init; }

    /// <summary>Source address.</summary>
    public AddressNumber Source { get; init; }

    /// <summary>Destination address in the header.</summary>
    public AddressNumber Destination { get; init; }

    /// <summary>Where the packet ends up: the last address of a routing header of type 0, otherwise the destination.</summary>
    public AddressNumber FinalDestination { get; init; }

    /// <summary>Differentiated services codepoint, 6 bits.</summary>
    public byte Dscp { get; init; }

    /// <summary>Explicit congestion notification, 2 bits.</summary>
    public byte Ecn { get; init; }

    /// <summary>IPv6 flow label; 0 for IPv4.</summary>
    public uint FlowLabel { get; init; }

    /// <summary>Time to live or hop limit.</summary>
    public byte HopLimit { get; init; }

    /// <summary>DF of IPv4; true for IPv6, which no router fragments.</summary>
    public bool DontFragment { get; init; }

    /// <summary>Whether this is a part of a packet; an atomic fragment (RFC 6946) is not.</summary>
    public bool IsFragment { get; init; }

    /// <summary>MF of IPv4 or M of the fragment header.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Where the fragment belongs, in octets.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>Identification of IPv4 (16 bits) or of the fragment header (32 bits); 0 without one.</summary>
    public uint Identification { get; init; }

    /// <summary>Where the IPv6 fragment header lies, in octets; 0 when there is none.</summary>
    public int FragmentHeaderOffset { get; init; }

    /// <summary>Offset of the octet that names the IPv6 fragment header; 0 when there is none.</summary>
    public int FragmentHeaderNamedAt { get; init; }

    /// <summary>
    /// The upper-layer protocol. In an IPv6 fragment that is not the first, what its fragment header names, which may be an extension
    /// header that only the first fragment shows.
    /// </summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>Offset of the octet that names <see cref="Protocol"/>.</summary>
    public int ProtocolOffset { get; init; }

    /// <summary>Length of all headers before the upper-layer payload, in octets.</summary>
    public int HeaderLength { get; init; }

    /// <summary>Declared length of the packet, in octets.</summary>
    public int TotalLength { get; init; }

    /// <summary>
    /// Where transport mode puts ESP or AH, in octets (RFC 4303 section 3.1.1): behind the IPv4 header; in IPv6 behind hop-by-hop,
    /// routing and fragment headers and the destination options that come before a routing header or without one.
    /// </summary>
    public int TransportOffset { get; init; }

    /// <summary>Offset of the octet that names what is at <see cref="TransportOffset"/>.</summary>
    public int TransportProtocolOffset { get; init; }

    /// <summary>Length of the upper-layer payload, in octets.</summary>
    public int PayloadLength => TotalLength - HeaderLength;

    /// <summary>Reads the headers of a packet of either version. Octets behind its declared length are ignored.</summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out IpPacketHead head, out WireError error)
    {
        if (!packet.IsEmpty && packet[0] >> 4 == (byte)IpVersion.V6)
        {
            return TryReadIpv6(packet, out head, out error);
        }

        head = default;
        if (!Ipv4Header.TryRead(packet, out var header, out error))
        {
            return false;
        }

        head = new IpPacketHead
        {
            Version = IpVersion.V4,
            Source = header.SourceAddress,
            Destination = header.DestinationAddress,
            FinalDestination = header.DestinationAddress,
            Dscp = header.Dscp,
            Ecn = header.Ecn,
            HopLimit = header.TimeToLive,
            DontFragment = header.DontFragment,
            IsFragment = header.IsFragment,
            MoreFragments = header.MoreFragments,
            FragmentOffset = header.FragmentOffset,
            Identification = header.Identification,
            Protocol = header.Protocol,
            ProtocolOffset = Ipv4ProtocolOffset,
            HeaderLength = header.HeaderLength,
            TotalLength = header.TotalLength,
            TransportOffset = header.HeaderLength,
            TransportProtocolOffset = Ipv4ProtocolOffset,
        };
        return true;
    }

    /// <summary>Changes the length fields of a packet of either version to its span, and makes an IPv4 checksum right again.</summary>
    /// <param name="packet">The whole packet, its header in place.</param>
    public static void WriteLength(Span<byte> packet)
    {
        if (packet[0] >> 4 == (byte)IpVersion.V6)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet[Ipv6Header.PayloadLengthOffset..], (ushort)(packet.Length - Ipv6Header.Size));
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        WriteIpv4Checksum(packet);
    }

    /// <summary>Computes the header checksum of an IPv4 packet anew.</summary>
    /// <param name="packet">The packet, its header in place.</param>
    public static void WriteIpv4Checksum(Span<byte> packet)
    {
        var header = packet[..((packet[0] & 0x0F) * sizeof(uint))];
        header.Slice(10, sizeof(ushort)).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], InternetChecksum.Compute(header));
    }

    private static bool TryReadIpv6(ReadOnlySpan<byte> packet, out IpPacketHead head, out WireError error)
    {
        head = default;
        if (!Ipv6Header.TryRead(packet, out var header, out error))
        {
            return false;
        }

        var whole = packet[..header.TotalLength];
        var chain = new Ipv6HeaderChain(header.NextHeader);
        while (chain.TryNext(whole, out error))
        {
        }

        if (error != default)
        {
            return false;
        }

        head = new IpPacketHead
        {
            Version = IpVersion.V6,
            Source = header.Source,
            Destination = header.Destination,
            FinalDestination = chain.FinalDestination(whole, header.Destination),
            Dscp = header.Dscp,
            Ecn = header.Ecn,
            FlowLabel = header.FlowLabel,
            HopLimit = header.HopLimit,
            DontFragment = true,
            IsFragment = chain.FragmentHeaderOffset != 0 && !chain.Fragment.IsAtomic,
            MoreFragments = chain.Fragment.MoreFragments,
            FragmentOffset = chain.Fragment.FragmentOffset,
            Identification = chain.Fragment.Identification,
            FragmentHeaderOffset = chain.FragmentHeaderOffset,
            FragmentHeaderNamedAt = chain.FragmentHeaderNamedAt,
            Protocol = chain.Next,
            ProtocolOffset = chain.NextFieldOffset,
            HeaderLength = chain.Position,
            TotalLength = header.TotalLength,
            TransportOffset = chain.TransportOffset,
            TransportProtocolOffset = chain.TransportProtocolOffset,
        };
        return true;
    }
}
