// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |    ID Type    |  Protocol ID  |             Port              |  4
// +---------------+---------------+-------------------------------+
// |             Identification data, as ID Type demands           |  8
// +---------------------------------------------------------------+

/// <summary>
/// Identification payload (RFC 2408 section 3.8; RFC 2407 section 4.6.2): a peer's identity in phase 1, a traffic selector in Quick Mode.
/// The data are kept as they are, even when their size does not fit the type.
/// </summary>
/// <param name="IdType">What the data are.</param>
/// <param name="ProtocolId">IP protocol, 0 for any; in phase 1 it must be 0 or 17.</param>
/// <param name="Port">Port, 0 for any; in phase 1 it must be 0 or 500.</param>
/// <param name="Data">Identification data.</param>
public sealed partial record IdentificationPayload(IdType IdType, byte ProtocolId, ushort Port, ReadOnlyMemory<byte> Data) : Payload
{
    /// <inheritdoc/>
    public override PayloadType Type => PayloadType.Identification;

    /// <summary>ID_IPV4_ADDR.</summary>
    public static IdentificationPayload Ipv4Address(IPAddress address, byte protocolId = 0, ushort port = 0) =>
        new(IdType.Ipv4Address, protocolId, port, Octets(address, AddressFamily.InterNetwork));

    /// <summary>ID_IPV4_ADDR_SUBNET with the mask of a prefix of 0 to 32 bits.</summary>
    public static IdentificationPayload Ipv4Subnet(IPAddress network, int prefixLength, byte protocolId = 0, ushort port = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 32);
        return Ipv4Subnet(network, new IPAddress(Mask(4, prefixLength)), protocolId, port);
    }

    /// <summary>ID_IPV4_ADDR_SUBNET with any mask.</summary>
    public static IdentificationPayload Ipv4Subnet(IPAddress network, IPAddress mask, byte protocolId = 0, ushort port = 0) =>
        new(IdType.Ipv4Subnet, protocolId, port, Pair(network, mask, AddressFamily.InterNetwork));

    /// <summary>ID_IPV4_ADDR_RANGE; both ends belong to it.</summary>
    public static IdentificationPayload Ipv4Range(IPAddress first, IPAddress last, byte protocolId = 0, ushort port = 0) =>
        new(IdType.Ipv4Range, protocolId, port, Pair(first, last, AddressFamily.InterNetwork));

    /// <summary>ID_IPV6_ADDR.</summary>
    public static IdentificationPayload Ipv6Address(IPAddress address, byte protocolId = 0, ushort port = 0) =>
        new(IdType.Ipv6Address, protocolId, port, Octets(address, AddressFamily.InterNetworkV6));

    /// <summary>ID_IPV6_ADDR_SUBNET with the mask of a prefix of 0 to 128 bits.</summary>
    public static IdentificationPayload Ipv6Subnet(IPAddress network, int prefixLength, byte protocolId = 0, ushort port = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 128);
        var mask = new IPAddress(Mask(16, prefixLength));
        return new(IdType.Ipv6Subnet, protocolId, port, Pair(network, mask, AddressFamily.InterNetworkV6));
    }

    /// <summary>ID_IPV6_ADDR_RANGE; both ends belong to it.</summary>
    public static IdentificationPayload Ipv6Range(IPAddress first, IPAddress last, byte protocolId = 0, ushort port = 0) =>
        new(IdType.Ipv6Range, protocolId, port, Pair(first, last, AddressFamily.InterNetworkV6));

    /// <summary>ID_FQDN, for example "west.example".</summary>
    public static IdentificationPayload Fqdn(string name, byte protocolId = 0, ushort port = 0) =>
        new(IdType.Fqdn, protocolId, port, Encoding.UTF8.GetBytes(name));

    /// <summary>ID_USER_FQDN, for example "user@west.example".</summary>
    public static IdentificationPayload UserFqdn(string name, byte protocolId = 0, ushort port = 0) =>
        new(IdType.UserFqdn, protocolId, port, Encoding.UTF8.GetBytes(name));

    /// <summary>ID_KEY_ID.</summary>
    public static IdentificationPayload KeyId(ReadOnlyMemory<byte> id, byte protocolId = 0, ushort port = 0) =>
        new(IdType.KeyId, protocolId, port, id);

    /// <summary>ID_DER_ASN1_DN.</summary>
    public static IdentificationPayload DistinguishedName(ReadOnlyMemory<byte> der, byte protocolId = 0, ushort port = 0) =>
        new(IdType.DerAsn1Dn, protocolId, port, der);

    /// <inheritdoc/>
    public bool Equals(IdentificationPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U8((byte)IdType);
        writer.U8(ProtocolId);
        writer.U16(Port);
        writer.Bytes(Data.Span);
    }

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("ID type", out var type, out error)
            || !reader.TryU8("protocol id", out var protocol, out error)
            || !reader.TryU16("port", out var port, out error))
        {
            return false;
        }

        payload = new IdentificationPayload((IdType)type, protocol, port, body[reader.Position..]);
        return true;
    }

    private static byte[] Pair(IPAddress first, IPAddress second, AddressFamily family) =>
        [.. Octets(first, family), .. Octets(second, family)];

    private static byte[] Octets(IPAddress address, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == family
            ? address.GetAddressBytes()
            : throw new ArgumentException($"{address} is not of the family {family}.", nameof(address));
    }

    private static byte[] Mask(int size, int prefixLength)
    {
        var mask = new byte[size];
        for (var bit = 0; bit < prefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return mask;
    }
}
