// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Esp;

/// <summary>DSCP and ECN in a packet of either version (RFC 2474 section 3; RFC 3168 section 5).</summary>
public static class TrafficClass
{
    /// <summary>Changes the field; an IPv4 checksum is made right again.</summary>
    /// <param name="packet">The packet, of either version.</param>
    /// <param name="dscp">DSCP, 6 bits.</param>
    /// <param name="ecn">ECN field, 2 bits.</param>
    public static void Write(Span<byte> packet, byte dscp, byte ecn)
    {
        var value = (byte)((dscp << 2) | ecn);
        if (packet[0] >> 4 == (byte)IpVersion.V4)
        {
            packet[1] = value;
            IpPacketHead.WriteIpv4Checksum(packet);
            return;
        }

        packet[0] = (byte)((packet[0] & 0xF0) | (value >> 4));
        packet[1] = (byte)((packet[1] & 0x0F) | (value << 4));
    }
}
