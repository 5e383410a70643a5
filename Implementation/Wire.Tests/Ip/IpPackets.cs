// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Tests.Ip;

/// <summary>Packets with right checksums that others published.</summary>
internal static class IpPackets
{
    /// <summary>RFC 3602 section 4, case 5: the original packet, an ICMP echo request of 84 octets.</summary>
    public static byte[] Rfc3602Ping => Hex.Bytes("""
        45000054 08f20000 4001f9fe c0a87b03 c0a87b64
        08000ebd a70a0000 8e9c083d b95b0700 08090a0b 0c0d0e0f 10111213 14151617
        18191a1b 1c1d1e1f 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637
        """);

    /// <summary>RFC 3602 section 4, case 5: IP and ESP header of the packet after encryption.</summary>
    public static byte[] Rfc3602Esp => Hex.Bytes("4500007c 08f20000 4032f9a5 c0a87b03 c0a87b64 00004321 00000001");

    /// <summary>RFC 7634 appendix A: the source packet, an ICMP echo request of 84 octets.</summary>
    public static byte[] Rfc7634Ping => Hex.Bytes("""
        45000054 a6f20000 4001e778 c6336405 c0000205
        08005b7a 3a080000 553bec10 00073627 08090a0b 0c0d0e0f 10111213 14151617
        18191a1b 1c1d1e1f 20212223 24252627 28292a2b 2c2d2e2f 30313233 34353637
        """);

    /// <summary>draft-mcgrew-gcm-test-01, the second ESP test case before encryption: a DNS query in UDP, 62 octets.</summary>
    public static byte[] McGrewDnsQuery => Hex.Bytes("""
        4500003e 698f0000 80114dcc c0a80102 c0a80101
        0a980035 002a2343
        b2d00100 00010000 00000000 03736970 09637962 65726369 74790264 6b000001 0001
        """);
}
