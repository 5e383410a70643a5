// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>
/// What forwarding does to a packet of either version. A gateway does it to inner packets before it protects and after it has unprotected
/// them; a host that protects its own packets does not (RFC 4301 section 5.1.2.1 note 2).
/// </summary>
public static class IpForwarding
{
    private const int Ipv4TimeToLiveOffset = 8;
    private const int Ipv6HopLimitOffset = 7;

    /// <summary>Lowers TTL or hop limit by one and makes an IPv4 checksum right again.</summary>
    /// <param name="packet">A packet whose headers can be read.</param>
    /// <returns>False, with the packet unchanged, when it must not go any further.</returns>
    public static bool TryDecrementHopLimit(Span<byte> packet)
    {
        var isIpv4 = packet[0] >> 4 == (byte)IpVersion.V4;
        ref var left = ref packet[isIpv4 ? Ipv4TimeToLiveOffset : Ipv6HopLimitOffset];
        if (left <= 1)
        {
            return false;
        }

        left--;
        if (isIpv4)
        {
            IpPacketHead.WriteIpv4Checksum(packet);
        }

        return true;
    }
}
