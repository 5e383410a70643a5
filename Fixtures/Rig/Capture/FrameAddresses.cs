// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Capture;

/// <summary>Reads from a frame between whom it goes. Tolerates any bytes: a frame may be malformed on purpose.</summary>
internal static class FrameAddresses
{
    private const ushort EtherTypeIpv4 = 0x0800;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;

    /// <summary>Source and destination of the IPv4 packet in a frame.</summary>
    /// <param name="frame">Ethernet frame.</param>
    /// <param name="source">Source address as a number.</param>
    /// <param name="destination">Destination address as a number.</param>
    /// <returns>False when it holds no IPv4 header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out uint source, out uint destination)
    {
        source = destination = 0;
        if (frame.Length < EthernetHeader.Size + Ipv4Header.MinSize
            || BinaryPrimitives.ReadUInt16BigEndian(frame[(EthernetHeader.Size - sizeof(ushort))..]) != EtherTypeIpv4)
        {
            return false;
        }

        var packet = frame[EthernetHeader.Size..];
        source = BinaryPrimitives.ReadUInt32BigEndian(packet[SourceOffset..]);
        destination = BinaryPrimitives.ReadUInt32BigEndian(packet[DestinationOffset..]);
        return true;
    }
}
