// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Net;

namespace Ipsec.Wire.Ip;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +-------+-------+-----------+---+-------------------------------+
// |   4   |  IHL  |   DSCP    |ECN|     Total Length, octets      |  0
// +-------+-------+-----------+---+-+-+-+-------------------------+
// |        Identification         |0|D|M|    Fragment Offset      |  4
// +---------------+---------------+-+-+-+-------------------------+
// | Time to Live  |   Protocol    |        Header Checksum        |  8
// +---------------+---------------+-------------------------------+
// |                        Source address                         | 12
// +---------------------------------------------------------------+
// |                      Destination address                      | 16
// +---------------------------------------------------------------+
// |                 Options: IHL * 4 - 20 octets                  | 20
// +---------------------------------------------------------------+

/// <summary>An IPv4 header (RFC 791 section 3.1; DSCP RFC 2474, ECN RFC 3168). IHL and Fragment Offset are given in octets here.</summary>
public readonly record struct Ipv4Header
{
    /// <summary>Size without options in octets.</summary>
    public const int MinSize = 20;

    private const int Version = 4;
    private const int ChecksumOffset = 10;
    private const ushort ReservedBit = 0x8000;
    private const ushort DontFragmentBit = 0x4000;
    private const ushort MoreFragmentsBit = 0x2000;
    private const int FragmentUnit = 8;

    /// <summary>A header without options; everything else is zero.</summary>
    public Ipv4Header()
    {
    }

    /// <summary>Differentiated services codepoint, 6 bits.</summary>
    public byte Dscp { get; init; }

    /// <summary>Explicit congestion notification, 2 bits.</summary>
    public byte Ecn { get; init; }

    /// <summary>Length of the header with options in octets: four times IHL.</summary>
    public int HeaderLength { get; init; } = MinSize;

    /// <summary>Declared length of the packet with its header, in octets.</summary>
    public int TotalLength { get; init; }

    /// <summary>Identification: the same in all fragments of a datagram.</summary>
    public ushort Identification { get; init; }

    /// <summary>The high flag bit, which must be zero.</summary>
    public bool ReservedFlag { get; init; }

    /// <summary>DF.</summary>
    public bool DontFragment { get; init; }

    /// <summary>MF: set in all fragments but the last.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>Where this fragment belongs in the datagram, in octets; a multiple of 8.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>Time to live.</summary>
    public byte TimeToLive { get; init; }

    /// <summary>What follows the header.</summary>
    public IpProtocol Protocol { get; init; }

    /// <summary>The checksum as read; <see cref="Write"/> computes its own.</summary>
    public ushort HeaderChecksum { get; init; }

    /// <summary>Source address as a big-endian number.</summary>
    public uint SourceAddress { get; init; }

    /// <summary>Destination address as a big-endian number.</summary>
    public uint DestinationAddress { get; init; }

    /// <summary>Source address.</summary>
    public IPAddress Source => ToAddress(SourceAddress);

    /// <summary>Destination address.</summary>
    public IPAddress Destination => ToAddress(DestinationAddress);

    /// <summary>Length of what follows the header, in octets, as far as the header declares it.</summary>
    public int PayloadLength => TotalLength - HeaderLength;

    /// <summary>True for a packet that is not a whole datagram.</summary>
    public bool IsFragment => MoreFragments || FragmentOffset != 0;

    /// <summary>
    /// Reads a header and checks version, header length, that the packet is there up to its total length (more octets may follow: a link
    /// pads short frames), and the checksum.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out Ipv4Header header, out WireError error)
    {
        header = default;
        if (!IpError.CheckSize(packet, MinSize, "IPv4 header", out error))
        {
            return false;
        }

        var headerLength = (packet[0] & 0x0F) * sizeof(uint);
        var totalLength = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (!CheckLengths(packet, headerLength, totalLength, out error))
        {
            return false;
        }

        var checksum = BinaryPrimitives.ReadUInt16BigEndian(packet[ChecksumOffset..]);
        if (InternetChecksum.Compute(packet[..headerLength]) != 0)
        {
            error = IpError.Checksum(ChecksumOffset, "IPv4 header > header checksum", checksum);
            return false;
        }

        var fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        header = new Ipv4Header
        {
            Dscp = (byte)(packet[1] >> 2),
            Ecn = (byte)(packet[1] & 0x03),
            HeaderLength = headerLength,
            TotalLength = totalLength,
            Identification = BinaryPrimitives.ReadUInt16BigEndian(packet[4..]),
            ReservedFlag = (fragment & ReservedBit) != 0,
            DontFragment = (fragment & DontFragmentBit) != 0,
            MoreFragments = (fragment & MoreFragmentsBit) != 0,
            FragmentOffset = (fragment & 0x1FFF) * FragmentUnit,
            TimeToLive = packet[8],
            Protocol = (IpProtocol)packet[9],
            HeaderChecksum = checksum,
            SourceAddress = BinaryPrimitives.ReadUInt32BigEndian(packet[12..]),
            DestinationAddress = BinaryPrimitives.ReadUInt32BigEndian(packet[16..]),
        };
        return true;
    }

    /// <summary>A header without options for a payload of the given number of octets.</summary>
    public static Ipv4Header For(
        IPAddress source,
        IPAddress destination,
        IpProtocol protocol,
        int payloadLength,
        byte timeToLive = 64,
        ushort identification = 0,
        bool dontFragment = false) =>
        For(ToNumber(source), ToNumber(destination), protocol, payloadLength, timeToLive, identification, dontFragment);

    /// <summary>A header without options for a payload of the given number of octets; addresses as big-endian numbers.</summary>
    public static Ipv4Header For(
        uint source,
        uint destination,
        IpProtocol protocol,
        int payloadLength,
        byte timeToLive = 64,
        ushort identification = 0,
        bool dontFragment = false) => new()
        {
            TotalLength = MinSize + payloadLength,
            Identification = identification,
            DontFragment = dontFragment,
            TimeToLive = timeToLive,
            Protocol = protocol,
            SourceAddress = source,
            DestinationAddress = destination,
        };

    /// <summary>
    /// Writes <see cref="HeaderLength"/> octets, at least 20; options become zeros (end of list). The checksum is computed. Values too
    /// large for their field lose their high bits.
    /// </summary>
    public void Write(Span<byte> destination)
    {
        var size = Math.Max(HeaderLength, MinSize);
        var header = destination[..size];
        header.Clear();
        header[0] = (byte)((Version << 4) | ((HeaderLength / sizeof(uint)) & 0x0F));
        header[1] = (byte)((Dscp << 2) | (Ecn & 0x03));
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], unchecked((ushort)TotalLength));
        BinaryPrimitives.WriteUInt16BigEndian(header[4..], Identification);
        BinaryPrimitives.WriteUInt16BigEndian(header[6..], FragmentField());
        header[8] = TimeToLive;
        header[9] = (byte)Protocol;
        BinaryPrimitives.WriteUInt32BigEndian(header[12..], SourceAddress);
        BinaryPrimitives.WriteUInt32BigEndian(header[16..], DestinationAddress);
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], InternetChecksum.Compute(header));
    }

    /// <summary>An IPv4 address as a big-endian number: 198.51.100.1 is 0xC6336401.</summary>
    public static uint ToNumber(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        return address.TryWriteBytes(octets, out var written) && written == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32BigEndian(octets)
            : throw new ArgumentException($"{address} is not an IPv4 address.", nameof(address));
    }

    /// <summary>The address that a big-endian number stands for.</summary>
    public static IPAddress ToAddress(uint number)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        return new IPAddress(octets);
    }

    /// <summary>The address that a number stands for.</summary>
    public static IPAddress ToAddress(AddressNumber number) => number.ToIPAddress();

    private ushort FragmentField() => (ushort)(
        (ReservedFlag ? ReservedBit : 0)
        | (DontFragment ? DontFragmentBit : 0)
        | (MoreFragments ? MoreFragmentsBit : 0)
        | ((FragmentOffset / FragmentUnit) & 0x1FFF));

    private static bool CheckLengths(ReadOnlySpan<byte> packet, int headerLength, int totalLength, out WireError error)
    {
        const string TotalLengthField = "IPv4 header > total length";
        var version = packet[0] >> 4;
        if (version != Version)
        {
            return IpError.Of(WireErrorKind.BadValue, 0, "IPv4 header > version", Version, version, "demanded").Fail(out error);
        }

        if (headerLength < MinSize)
        {
            return IpError.Of(WireErrorKind.BadLength, 0, "IPv4 header > IHL", MinSize, headerLength, "octets at least").Fail(out error);
        }

        if (headerLength > packet.Length)
        {
            return IpError.Of(
                WireErrorKind.Truncated, packet.Length, "IPv4 header > options", headerLength, packet.Length, "octets declared")
                .Fail(out error);
        }

        if (totalLength < headerLength)
        {
            return IpError.Of(WireErrorKind.BadLength, 2, TotalLengthField, headerLength, totalLength, "octets at least").Fail(out error);
        }

        if (totalLength > packet.Length)
        {
            return IpError.Of(WireErrorKind.Truncated, 2, TotalLengthField, totalLength, packet.Length, "octets declared").Fail(out error);
        }

        error = default;
        return true;
    }
}
