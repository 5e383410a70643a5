// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Wire.V1;

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// +---------------+---------------+-------------------------------+
// | Next Payload  |   RESERVED    |        Payload Length         |  0
// +---------------+---------------+-------------------------------+
// |    ID Type    |               RESERVED (3)                    |  4
// +---------------+-----------------------------------------------+
// |              IPv4 (4) or IPv6 (16) address                    |  8
// +---------------------------------------------------------------+

/// <summary>NAT Original Address payload, NAT-OA (RFC 3947 section 5.2).</summary>
/// <param name="IdType">ID_IPV4_ADDR or ID_IPV6_ADDR.</param>
/// <param name="Address">The address, 4 or 16 octets.</param>
public sealed record NatOriginalAddressPayload(IdType IdType, ReadOnlyMemory<byte> Address) : Payload
{
    /// <summary>True for type 131 of draft-ietf-ipsec-nat-t-ike-02 and -03 instead of 21; the layout is the same.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The 3 RESERVED octets after the ID type as a 24-bit number, as read or to be written.</summary>
    public uint Reserved2 { get; init; }

    /// <inheritdoc/>
    public override PayloadType Type => IsDraft ? PayloadType.NatOriginalAddressDraft : PayloadType.NatOriginalAddress;

    /// <summary>The payload for an address of either family.</summary>
    public static NatOriginalAddressPayload For(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var type = address.AddressFamily == AddressFamily.InterNetworkV6 ? IdType.Ipv6Address : IdType.Ipv4Address;
        return new NatOriginalAddressPayload(type, address.GetAddressBytes());
    }

    /// <inheritdoc/>
    public bool Equals(NatOriginalAddressPayload? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();

    /// <inheritdoc/>
    protected internal override void WriteBody(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U8((byte)IdType);
        writer.U8((byte)(Reserved2 >> 16));
        writer.U16((ushort)Reserved2);
        writer.Bytes(Address.Span);
    }

    /// <inheritdoc/>
    protected override string Describe() => (IdType, Address.Length) is (IdType.Ipv4Address, 4) or (IdType.Ipv6Address, 16)
        ? $"NAT-OA({new IPAddress(Address.Span)})"
        : $"NAT-OA({IdType}:0x{Convert.ToHexStringLower(Address.Span)})";

    /// <summary>Reads the octets after the generic header.</summary>
    internal static bool TryReadBody(
        bool isDraft, ReadOnlyMemory<byte> body, int offset, [NotNullWhen(true)] out Payload? payload, out WireError error)
    {
        payload = null;
        var reader = new WireReader(body.Span, offset);
        if (!reader.TryU8("ID type", out var type, out error)
            || !reader.TryU8("reserved", out var high, out error)
            || !reader.TryU16("reserved", out var low, out error))
        {
            return false;
        }

        payload = new NatOriginalAddressPayload((IdType)type, body[reader.Position..])
        {
            IsDraft = isDraft,
            Reserved2 = ((uint)high << 16) | low,
        };
        return true;
    }
}
