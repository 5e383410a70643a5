// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// Follows one packet from host to host by what was captured at each link, without any key: what goes into IPsec, how it looks in the
/// middle, what comes out (RFC 4303 sections 3.1.1 and 3.1.2, RFC 4301 section 5.1.2.1). Everything is an IPv4 packet from its header on.
/// </summary>
public static class PassageOracle
{
    private const string AsSent = "as sent";
    private const string FillTo = "to ";
    private const int SmallestTrailer = 2;
    private const int TtlOffset = 8;
    private const int ChecksumOffset = 10;
    private const int ChecksumEnd = 12;
    private const ushort IkePort = 500;

    /// <summary>A packet has passed routers unchanged, but for its TTL, which each lowers by one, and with it the header checksum.</summary>
    /// <param name="sent">The packet before.</param>
    /// <param name="came">The packet after.</param>
    /// <param name="routers">How many there are between.</param>
    /// <returns>What differs; null for nothing else.</returns>
    public static Finding? Unchanged(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> came, int routers)
    {
        var expected = sent.ToArray();
        if (routers > 0)
        {
            expected[TtlOffset] -= (byte)routers;
            expected.AsSpan(ChecksumOffset..ChecksumEnd).Clear();
            BinaryPrimitives.WriteUInt16BigEndian(expected.AsSpan(ChecksumOffset), InternetChecksum.Compute(expected.AsSpan(0, HeaderLength(sent))));
        }

        return came.SequenceEqual(expected)
            ? null
            : new($"{Hex(expected)}, {sent.Length} octets", $"{Hex(came)}, {came.Length} octets: the first that differs is {came.CommonPrefixLength(expected)}");
    }

    /// <summary>A tunnel mode packet has a header of its own: no options, protocol 50, from gateway to gateway, not a fragment.</summary>
    /// <param name="packet">The packet in the middle.</param>
    /// <param name="gateways">Whom it goes from and to.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public static Finding? NewHeader(ReadOnlySpan<byte> packet, (IPAddress Source, IPAddress Destination) gateways) =>
        Ipv4Header.TryRead(packet, out var header, out var error)
        && header is { Protocol: IpProtocol.Esp, HeaderLength: Ipv4Header.MinSize, IsFragment: false, TimeToLive: > 0 }
        && header.TotalLength == packet.Length && header.Source.Equals(gateways.Source) && header.Destination.Equals(gateways.Destination)
            ? null
            : new($"an IPv4 header of 20 octets from {gateways.Source} to {gateways.Destination}, protocol 50", error.Field is null ? $"{header}" : $"{error}");

    /// <summary>A transport mode packet has the header of the packet that it protects, but for protocol, total length and checksum.</summary>
    /// <param name="original">The packet as the host sent it.</param>
    /// <param name="packet">The packet in the middle.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public static Finding? KeptHeader(ReadOnlySpan<byte> original, ReadOnlySpan<byte> packet)
    {
        if (!Ipv4Header.TryRead(original, out var before, out var error) || !Ipv4Header.TryRead(packet, out var after, out error))
        {
            return new("IPv4 packets", $"{error}");
        }

        var expected = before with { Protocol = IpProtocol.Esp, TotalLength = packet.Length, HeaderChecksum = after.HeaderChecksum };
        return after == expected ? null : new($"{expected}", $"{after}");
    }

    /// <summary>A protected packet has the sizes of a table.</summary>
    /// <param name="rows">Its sections: a size, "as sent", or "to N": fills what is encrypted up to a multiple of N.</param>
    /// <param name="packet">The packet in the middle.</param>
    /// <param name="inside">How many octets are protected: of the whole packet in tunnel mode, of its payload in transport mode.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public static Finding? Sizes(IEnumerable<LayoutOracle.Row> rows, ReadOnlySpan<byte> packet, int inside)
    {
        var sizes = rows.Select(row => row.Bytes switch
        {
            AsSent => inside,
            _ when row.Bytes.StartsWith(FillTo, StringComparison.Ordinal) => Trailer(inside, int.Parse(row.Bytes[FillTo.Length..], CultureInfo.InvariantCulture)),
            var size => int.Parse(size, CultureInfo.InvariantCulture),
        }).ToArray();
        return sizes.Sum() == packet.Length ? null : new($"{string.Join(" + ", sizes)} = {sizes.Sum()} octets", $"{packet.Length} octets");
    }

    /// <summary>A protected packet begins with this SPI and this sequence number.</summary>
    /// <param name="packet">The packet in the middle.</param>
    /// <param name="spi">The SPI.</param>
    /// <param name="sequence">The sequence number.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    public static Finding? Numbers(ReadOnlySpan<byte> packet, uint spi, uint sequence)
    {
        var esp = packet[HeaderLength(packet)..];
        var (came, number) = (BinaryPrimitives.ReadUInt32BigEndian(esp), BinaryPrimitives.ReadUInt32BigEndian(esp[4..]));
        return came == spi && number == sequence
            ? null
            : new($"SPI {spi:x8}, sequence number {sequence}", $"SPI {came:x8}, sequence number {number}");
    }

    /// <summary>Something that was sent cannot be read in a protected packet.</summary>
    /// <param name="packet">The packet in the middle.</param>
    /// <param name="secrets">What must not be there, and how it is called.</param>
    /// <returns>What is there; null for nothing.</returns>
    public static Finding? NotInClear(ReadOnlySpan<byte> packet, IEnumerable<(string Name, byte[] Octets)> secrets)
    {
        foreach (var (name, octets) in secrets)
        {
            if (packet.IndexOf(octets) is var at and >= 0)
            {
                return new($"nothing of {name} in clear", $"{name} from octet {at} on: {Hex(packet)}");
            }
        }

        return null;
    }

    /// <summary>In the middle only ESP between the gateways is seen, and the IKE messages by which they agree on it.</summary>
    /// <param name="frames">What was captured there, from the link header on. ARP belongs to the link.</param>
    /// <param name="gateways">The gateways.</param>
    /// <returns>The first frame that is something else; null for none.</returns>
    public static Finding? OnlyProtected(IReadOnlyList<ReadOnlyMemory<byte>> frames, (IPAddress One, IPAddress Other) gateways)
    {
        var hasEsp = false;
        for (var number = 1; number <= frames.Count; number++)
        {
            var frame = frames[number - 1].Span;
            if (!EthernetHeader.TryRead(frame, out var link, out _))
            {
                return Other(number, "no Ethernet frame");
            }

            if (link.EtherType == EtherType.Arp)
            {
                continue;
            }

            var packet = frame[EthernetHeader.Size..];
            if (link.EtherType != EtherType.Ipv4 || !Ipv4Header.TryRead(packet, out var header, out _))
            {
                return Other(number, $"EtherType {(ushort)link.EtherType:x4}");
            }

            var isBetween = (header.Source, header.Destination) is var (source, destination)
                && ((source.Equals(gateways.One) && destination.Equals(gateways.Other)) || (source.Equals(gateways.Other) && destination.Equals(gateways.One)));
            if (!isBetween || !(header.Protocol == IpProtocol.Esp || IsIke(packet, header)))
            {
                return Other(number, $"protocol {(byte)header.Protocol} from {header.Source} to {header.Destination}");
            }

            hasEsp |= header.Protocol == IpProtocol.Esp;
        }

        return hasEsp ? null : Finding.Nothing("ESP between the gateways");

        static Finding Other(int number, string what) => new("ESP between the gateways, and IKE", $"frame {number}: {what}");
    }

    /// <summary>How many octets the ESP packets among frames have.</summary>
    /// <param name="frames">What was captured, from the link header on.</param>
    /// <returns>The octets behind IP headers.</returns>
    public static long EspOctets(IEnumerable<ReadOnlyMemory<byte>> frames) => frames
        .Select(frame => Ipv4Header.TryRead(frame.Span[EthernetHeader.Size..], out var header, out _) && header.Protocol == IpProtocol.Esp ? (long)header.PayloadLength : 0)
        .Sum();

    private static bool IsIke(ReadOnlySpan<byte> packet, in Ipv4Header header)
    {
        var udp = packet[header.HeaderLength..];
        return header is { Protocol: IpProtocol.Udp, FragmentOffset: 0 }
            && udp.Length >= 4
            && BinaryPrimitives.ReadUInt16BigEndian(udp) == IkePort
            && BinaryPrimitives.ReadUInt16BigEndian(udp[2..]) == IkePort;
    }

    private static int Trailer(int inside, int alignment) => ((inside + SmallestTrailer + alignment - 1) / alignment * alignment) - inside;

    private static int HeaderLength(ReadOnlySpan<byte> packet) => (packet[0] & 0x0F) * sizeof(uint);

    private static string Hex(ReadOnlySpan<byte> packet) => Convert.ToHexStringLower(packet);
}
