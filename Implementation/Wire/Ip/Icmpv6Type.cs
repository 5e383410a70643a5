// SPDX-License-Identifier: Apache-2.0
namespace Ipsec.Wire.Ip;

/// <summary>Types of ICMPv6 messages (RFC 4443): those this project meets.</summary>
public enum Icmpv6Type : byte
{
    /// <summary>Destination unreachable.</summary>
    DestinationUnreachable = 1,

    /// <summary>Packet too big (RFC 4443 section 3.2; RFC 8201).</summary>
    PacketTooBig = 2,

    /// <summary>Time exceeded.</summary>
    TimeExceeded = 3,

    /// <summary>Parameter problem.</summary>
    ParameterProblem = 4,

    /// <summary>Echo request.</summary>
    EchoRequest = 128,

    /// <summary>Echo reply.</summary>
    EchoReply = 129,
}
