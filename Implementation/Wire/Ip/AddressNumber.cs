// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Ipsec.Wire.Ip;

/// <summary>
/// An IPv4 or IPv6 address as a number, so that it can be compared, put into ranges and looked up without allocation. An IPv4-mapped
/// IPv6 address is an IPv6 address. Addresses are ordered by version, then by value.
/// </summary>
/// <param name="Version">The version of the address.</param>
/// <param name="Value">The octets as a big-endian number: 198.51.100.1 is 0xC6336401.</param>
public readonly record struct AddressNumber(IpVersion Version, UInt128 Value) : IComparable<AddressNumber>
{
    /// <summary>Size of an IPv4 address in octets.</summary>
    public const int Ipv4Size = 4;

    /// <summary>Size of an IPv6 address in octets.</summary>
    public const int Ipv6Size = 16;

    /// <summary>Size in octets: 4 or 16.</summary>
    public int Size => SizeOf(Version);

    /// <summary>Size in bits: 32 or 128.</summary>
    public int Bits => Size * 8;

    /// <summary>Whether this is the unspecified address, 0.0.0.0 or ::.</summary>
    public bool IsUnspecified => Value == UInt128.Zero;

    /// <summary>Whether this is a multicast address (RFC 1112 section 4; RFC 4291 section 2.7).</summary>
    public bool IsMulticast => Version == IpVersion.V4 ? Value >> 28 == 0xE : Value >> 120 == 0xFF;

    /// <summary>An IPv4 address.</summary>
    public static implicit operator AddressNumber(uint ipv4) => FromIpv4(ipv4);

    /// <summary>An IPv4 address.</summary>
    public static AddressNumber FromIpv4(uint ipv4) => new(IpVersion.V4, ipv4);

    /// <summary>Size in octets of an address of a version.</summary>
    public static int SizeOf(IpVersion version) => version == IpVersion.V4 ? Ipv4Size : Ipv6Size;

    /// <summary>Highest address of a version.</summary>
    public static AddressNumber MaxOf(IpVersion version) =>
        new(version, version == IpVersion.V4 ? uint.MaxValue : UInt128.MaxValue);

    /// <summary>The number of an address. Scope and port, if any, are left out.</summary>
    public static AddressNumber From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[Ipv6Size];
        return address.TryWriteBytes(octets, out var written)
            ? Read(octets[..written], address.AddressFamily == AddressFamily.InterNetwork ? IpVersion.V4 : IpVersion.V6)
            : throw new ArgumentException($"{address} is neither an IPv4 nor an IPv6 address.", nameof(address));
    }

    /// <summary>Reads "198.51.100.1" or "2001:db8::1" as the framework does.</summary>
    public static AddressNumber Parse(string text) => From(IPAddress.Parse(text));

    /// <summary>Reads the first 4 or 16 octets of a span that holds at least so many.</summary>
    public static AddressNumber Read(ReadOnlySpan<byte> source, IpVersion version) => new(
        version,
        version == IpVersion.V4 ? BinaryPrimitives.ReadUInt32BigEndian(source) : BinaryPrimitives.ReadUInt128BigEndian(source));

    /// <summary>Writes 4 or 16 octets.</summary>
    public void Write(Span<byte> destination)
    {
        if (Version == IpVersion.V4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Value);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, Value);
        }
    }

    /// <summary>Network and prefix of this address: all bits behind the prefix zero.</summary>
    /// <param name="prefixLength">0 to 32 or 128 bits.</param>
    public AddressNumber Network(int prefixLength) => this with { Value = Value & ~HostBits(prefixLength) };

    /// <summary>Highest address with the same prefix.</summary>
    /// <param name="prefixLength">0 to 32 or 128 bits.</param>
    public AddressNumber LastOfNetwork(int prefixLength) => this with { Value = Value | HostBits(prefixLength) };

    /// <summary>Whether the address lies between two others of its version, both included.</summary>
    public bool IsBetween(in AddressNumber first, in AddressNumber last) =>
        Version == first.Version && Value >= first.Value && Value <= last.Value;

    /// <inheritdoc/>
    public int CompareTo(AddressNumber other) =>
        Version == other.Version ? Value.CompareTo(other.Value) : Version.CompareTo(other.Version);

    /// <summary>Ordered before the other.</summary>
    public static bool operator <(AddressNumber left, AddressNumber right) => left.CompareTo(right) < 0;

    /// <summary>Ordered before the other or the same.</summary>
    public static bool operator <=(AddressNumber left, AddressNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Ordered after the other.</summary>
    public static bool operator >(AddressNumber left, AddressNumber right) => left.CompareTo(right) > 0;

    /// <summary>Ordered after the other or the same.</summary>
    public static bool operator >=(AddressNumber left, AddressNumber right) => left.CompareTo(right) >= 0;

    /// <summary>The address as the framework has it.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[Ipv6Size];
        Write(octets);
        return new IPAddress(octets[..Size]);
    }

    /// <summary>For example "198.51.100.1" or "2001:db8::1".</summary>
    public override string ToString() => ToIPAddress().ToString();

    private UInt128 HostBits(int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, Bits);
        var hostBits = Bits - prefixLength;
        return hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
    }
}
