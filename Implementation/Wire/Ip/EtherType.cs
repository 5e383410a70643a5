// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>Type field of an Ethernet II frame: the numbers this project meets.</summary>
public enum EtherType : ushort
{
    /// <summary>IPv4 (RFC 894).</summary>
    Ipv4 = 0x0800,

    /// <summary>Address Resolution Protocol (RFC 826).</summary>
    Arp = 0x0806,

    /// <summary>IPv6 (RFC 2464).</summary>
    Ipv6 = 0x86DD,
}
