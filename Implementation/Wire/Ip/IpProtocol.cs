// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>Protocol, 1 octet of the IPv4 header and Next Header of ESP and AH: the numbers this project meets.</summary>
public enum IpProtocol : byte
{
    /// <summary>IPv6 hop-by-hop options (RFC 8200 section 4.3).</summary>
    HopByHopOptions = 0,

    /// <summary>ICMP (RFC 792).</summary>
    Icmp = 1,

    /// <summary>IPv4 in IPv4 (RFC 2003): the inner packet of tunnel mode.</summary>
    Ipip = 4,

    /// <summary>TCP.</summary>
    Tcp = 6,

    /// <summary>UDP (RFC 768).</summary>
    Udp = 17,

    /// <summary>IPv6 in IP (RFC 2473): the inner packet of tunnel mode.</summary>
    Ipv6 = 41,

    /// <summary>DCCP (RFC 4340).</summary>
    Dccp = 33,

    /// <summary>IPv6 routing header (RFC 8200 section 4.4).</summary>
    RoutingHeader = 43,

    /// <summary>IPv6 fragment header (RFC 8200 section 4.5).</summary>
    FragmentHeader = 44,

    /// <summary>IP Encapsulating Security Payload (RFC 4303).</summary>
    Esp = 50,

    /// <summary>IP Authentication Header (RFC 4302).</summary>
    Ah = 51,

    /// <summary>ICMPv6 (RFC 4443).</summary>
    Icmpv6 = 58,

    /// <summary>No next header: a dummy packet of traffic flow confidentiality (RFC 4303 section 2.6).</summary>
    NoNextHeader = 59,

    /// <summary>IPv6 destination options (RFC 8200 section 4.6).</summary>
    DestinationOptions = 60,

    /// <summary>SCTP (RFC 9260).</summary>
    Sctp = 132,

    /// <summary>UDP-Lite (RFC 3828).</summary>
    UdpLite = 136,
}
