// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Wire.Ip;

namespace Ipsec.Transports.Nat;

/// <summary>One side of a packet: what a NAT looks at and rewrites.</summary>
/// <param name="Address">IPv4 address as a big-endian number.</param>
/// <param name="Port">UDP port; the identifier on the asking side of an ICMP echo; 0 where the protocol has neither.</param>
internal readonly record struct NatEndpoint(uint Address, ushort Port)
{
    /// <summary>The same as the base library names it.</summary>
    public IPEndPoint ToEndPoint() => new(Ipv4Header.ToAddress(Address), Port);
}
