// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace Ipsec.Wire.Ip;

/// <summary>
/// The checksum of IPv4, ICMP and UDP: complement of the ones' complement sum of 16-bit words (RFC 791 section 3.1, RFC 1071).
/// </summary>
public static class InternetChecksum
{
    /// <summary>
    /// The checksum of the octets; of octets that contain a right checksum it is zero. An odd octet at the end counts as if a zero
    /// octet followed.
    /// </summary>
    /// <param name="data">The octets, with a zero checksum field when the checksum is to be stored there.</param>
    /// <param name="initial">A sum to go on from: see <see cref="Sum"/> and <see cref="PseudoHeader(uint, uint, IpProtocol, int)"/>.</param>
    public static ushort Compute(ReadOnlySpan<byte> data, uint initial = 0) => (ushort)~Sum(data, initial);

    /// <summary>The ones' complement sum, 16 bits, not complemented. Parts before the last must have an even number of octets.</summary>
    public static uint Sum(ReadOnlySpan<byte> data, uint initial = 0)
    {
        // 64 bits hold the carries of any number of 32-bit words that fits in memory, so that they are folded in once at the end.
        ulong sum = initial;

        // Two sums at a time, of the even and of the odd words, need not wait for each other.
        ulong other = 0;
        while (data.Length >= 2 * sizeof(ulong))
        {
            var (first, second) = (BinaryPrimitives.ReadUInt64BigEndian(data), BinaryPrimitives.ReadUInt64BigEndian(data[sizeof(ulong)..]));
            sum += (first >> 32) + (first & uint.MaxValue);
            other += (second >> 32) + (second & uint.MaxValue);
            data = data[(2 * sizeof(ulong))..];
        }

        sum += other;
        while (data.Length >= sizeof(uint))
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(data);
            data = data[sizeof(uint)..];
        }

        if (data.Length >= sizeof(ushort))
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(data);
            data = data[sizeof(ushort)..];
        }

        if (data.Length > 0)
        {
            sum += (uint)data[0] << 8;
        }

        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (uint)sum;
    }

    /// <summary>The sum of the pseudo header that UDP and TCP checksums cover (RFC 768; RFC 9293 section 3.1).</summary>
    /// <param name="source">Source address as a big-endian number.</param>
    /// <param name="destination">Destination address as a big-endian number.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="length">Length of header and data of that protocol in octets.</param>
    public static uint PseudoHeader(uint source, uint destination, IpProtocol protocol, int length) =>
        (source >> 16) + (source & ushort.MaxValue)
        + (destination >> 16) + (destination & ushort.MaxValue)
        + (byte)protocol + (uint)length;

    /// <summary>The sum of the pseudo header of either version (RFC 768; RFC 9293 section 3.1; RFC 8200 section 8.1).</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address, the final one where a routing header has others.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="length">Length of header and data of that protocol in octets.</param>
    public static uint PseudoHeader(in AddressNumber source, in AddressNumber destination, IpProtocol protocol, int length) =>
        Words(source) + Words(destination) + (byte)protocol + ((uint)length >> 16) + ((uint)length & ushort.MaxValue);

    /// <summary>A checksum after one of the addresses it covers was replaced (RFC 1624 equation 3).</summary>
    /// <param name="checksum">The checksum that fits the old address.</param>
    /// <param name="replaced">The old address.</param>
    /// <param name="by">The new address, of the same version.</param>
    public static ushort Replace(ushort checksum, in AddressNumber replaced, in AddressNumber by)
    {
        // Each word of the old address is added as its complement, which is what subtracting means in this arithmetic.
        var words = (uint)replaced.Size / sizeof(ushort);
        return (ushort)~Fold((ushort)~checksum + ((words * ushort.MaxValue) - Words(replaced)) + Words(by));
    }

    private static uint Words(in AddressNumber address)
    {
        var value = address.Value;
        uint sum = 0;
        while (value != UInt128.Zero)
        {
            sum += (uint)(value & ushort.MaxValue);
            value >>= 16;
        }

        return sum;
    }

    private static uint Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return sum;
    }
}
