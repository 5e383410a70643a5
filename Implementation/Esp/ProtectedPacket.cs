// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>What an ESP or AH packet, or ESP in UDP, shows without any key.</summary>
/// <param name="Protocol">ESP or AH.</param>
/// <param name="Spi">Its SPI.</param>
/// <param name="SequenceNumber">Its sequence number field.</param>
/// <param name="IsInUdp">Whether it is ESP in UDP on port 4500 (RFC 3948).</param>
/// <param name="Offset">Where the ESP or AH header begins, in bytes.</param>
public readonly record struct ProtectedPacket(IpProtocol Protocol, uint Spi, uint SequenceNumber, bool IsInUdp, int Offset)
{
    /// <summary>Finds the header in a packet.</summary>
    /// <param name="head">The packet's headers.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="found">What it shows; SPI and sequence number are 0 when it is cut short.</param>
    /// <returns>False when the packet is neither ESP nor AH, nor ESP in UDP.</returns>
    public static bool TryRead(in IpPacketHead head, ReadOnlySpan<byte> packet, out ProtectedPacket found)
    {
        var payload = packet[head.HeaderLength..head.TotalLength];
        switch (head.Protocol)
        {
            case IpProtocol.Esp:
                // What follows in a fragment that is not the first is no header.
                _ = EspHeader.TryRead(head.FragmentOffset == 0 ? payload : [], out var esp, out _);
                found = new ProtectedPacket(IpProtocol.Esp, esp.Spi, esp.SequenceNumber, false, head.HeaderLength);
                return true;
            case IpProtocol.Ah:
                _ = AhHeader.TryRead(head.FragmentOffset == 0 ? payload : [], out var ah, out _);
                found = new ProtectedPacket(IpProtocol.Ah, ah.Spi, ah.SequenceNumber, false, head.HeaderLength);
                return true;
            case IpProtocol.Udp when head.FragmentOffset == 0
                && UdpHeader.TryRead(payload, out var udp, out _)
                && (udp.DestinationPort == UdpEncapsulation.Port || udp.SourcePort == UdpEncapsulation.Port):
                var data = payload[UdpHeader.Size..udp.Length];
                _ = EspHeader.TryRead(data, out var inUdp, out _);
                found = new ProtectedPacket(
                    IpProtocol.Esp, inUdp.Spi, inUdp.SequenceNumber, true, head.HeaderLength + UdpHeader.Size);
                return UdpEncapsulation.Classify(data) == UdpEncapsulationKind.Esp;
            default:
                found = default;
                return false;
        }
    }
}
