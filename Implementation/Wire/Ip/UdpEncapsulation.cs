// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>What shares UDP port 4500, told apart by the first octets of a datagram's data (RFC 3948 section 2).</summary>
public static class UdpEncapsulation
{
    /// <summary>The port (RFC 3947 section 4).</summary>
    public const ushort Port = 4500;

    /// <summary>Size of the non-ESP marker, four zero octets, in octets.</summary>
    public const int NonEspMarkerSize = 4;

    /// <summary>The one octet of a keepalive (RFC 3948 section 2.3).</summary>
    public const byte KeepaliveOctet = 0xFF;

    private static readonly byte[] KeepaliveData = [KeepaliveOctet];

    /// <summary>The data of a keepalive.</summary>
    public static ReadOnlyMemory<byte> Keepalive => KeepaliveData;

    /// <summary>Tells what the data of a datagram are.</summary>
    /// <param name="data">What follows the UDP header.</param>
    public static UdpEncapsulationKind Classify(ReadOnlySpan<byte> data) =>
        data.Length == 1 && data[0] == KeepaliveOctet ? UdpEncapsulationKind.Keepalive
        : data.Length < NonEspMarkerSize ? UdpEncapsulationKind.Malformed
        : data[..NonEspMarkerSize].ContainsAnyExcept((byte)0) ? UdpEncapsulationKind.Esp
        : UdpEncapsulationKind.Ike;

    /// <summary>Puts the non-ESP marker before an IKE message.</summary>
    /// <param name="message">The IKE message.</param>
    /// <param name="destination">Takes 4 octets more than the message.</param>
    public static int WriteIke(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        message.CopyTo(destination[NonEspMarkerSize..]);
        destination[..NonEspMarkerSize].Clear();
        return NonEspMarkerSize + message.Length;
    }
}
