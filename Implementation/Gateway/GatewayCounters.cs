// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.Ip;

namespace Ipsec.Gateway;

/// <summary>The datagrams of UDP encapsulation (RFC 3948) that a gateway has received and sent.</summary>
public sealed class GatewayCounters
{
    private readonly long[] _received = new long[Enum.GetValues<UdpEncapsulationKind>().Length];

    /// <summary>Keepalives sent.</summary>
    public long KeepalivesSent { get; internal set; }

    /// <summary>Packets that waited for an SA.</summary>
    public long TrapsKept { get; internal set; }

    /// <summary>Packets that no SA came for, or not in time, or for which there was no room to wait.</summary>
    public long TrapsGivenUp { get; internal set; }

    /// <summary>Datagrams received on a port of NAT traversal.</summary>
    /// <param name="kind">What they were; keepalives and malformed ones were ignored.</param>
    /// <returns>The count so far.</returns>
    public long Received(UdpEncapsulationKind kind) => _received[(int)kind];

    internal UdpEncapsulationKind Count(UdpEncapsulationKind kind)
    {
        _received[(int)kind]++;
        return kind;
    }
}
