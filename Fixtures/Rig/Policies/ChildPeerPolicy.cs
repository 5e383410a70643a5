// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Policies;

/// <summary>One pair of networks to protect, in tunnel mode.</summary>
public sealed record ChildPeerPolicy
{
    /// <summary>Name, unique within the connection.</summary>
    public required string Name { get; init; }

    /// <summary>The network on this side.</summary>
    public required TrafficSelector Local { get; init; }

    /// <summary>The network on the other side.</summary>
    public required TrafficSelector Remote { get; init; }

    /// <summary>ESP suites, most preferred first.</summary>
    public required ImmutableArray<Phase2Suite> Suites { get; init; }

    /// <summary>Group of the additional exchange for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Lifetime in seconds.</summary>
    public uint LifetimeSeconds { get; init; } = 3600;
}
