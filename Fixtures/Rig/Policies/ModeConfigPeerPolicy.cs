// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>A side's part in mode config: the transaction exchange that gives a host an inner address.</summary>
/// <param name="IsPush">Whether the server speaks first; otherwise the client asks.</param>
public abstract record ModeConfigPeerPolicy(bool IsPush)
{
    /// <summary>The side that gets an address.</summary>
    /// <param name="IsPush">Whether it waits to be told.</param>
    /// <param name="Wanted">The address it asks for; 0.0.0.0 for whichever.</param>
    /// <param name="Expected">The address that it will get: for endpoints whose children must name it beforehand.</param>
    public sealed record Client(bool IsPush, IPAddress Wanted, IPAddress Expected) : ModeConfigPeerPolicy(IsPush);

    /// <summary>The side that assigns addresses.</summary>
    /// <param name="IsPush">Whether it speaks first.</param>
    /// <param name="First">The first address of its pool.</param>
    /// <param name="Last">The last address of its pool.</param>
    /// <param name="DnsServers">Name servers that it tells.</param>
    public sealed record Server(bool IsPush, IPAddress First, IPAddress Last, ImmutableArray<IPAddress> DnsServers) : ModeConfigPeerPolicy(IsPush);
}
