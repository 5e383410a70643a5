// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>Protocol, 1 octet of the IPv4 header and Next Header of ESP and AH: the numbers this project meets.</summary>
public enum IpProtocol : byte
{
    /// <summary>ICMP (RFC 792).</summary>
    Icmp = 1,

    /// <summary>IPv4 in IPv4 (RFC 2003): the inner packet of tunnel mode.</summary>
    Ipip = 4,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP (RFC 768).</summary>
    Udp = 17,

    /// <summary>IPv6 encapsulation: the inner packet of tunnel mode.</summary>
    Ipv6 = 41,

    /// <summary>IP Encapsulating Security Payload (RFC 4303).</summary>
    Esp = 50,

    /// <summary>IP Authentication Header (RFC 4302).</summary>
    Ah = 51,

    /// <summary>No next header: a dummy packet of traffic flow confidentiality (RFC 4303 section 2.6).</summary>
    NoNextHeader = 59,
}
