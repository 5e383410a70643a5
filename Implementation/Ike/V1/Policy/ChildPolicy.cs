// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Policy;

/// <summary>What this endpoint is willing to protect, and how.</summary>
public sealed record ChildPolicy
{
    /// <summary>Name, unique within the connection.</summary>
    public required string Name { get; init; }

    /// <summary>The traffic on this endpoint's side, as IDci or IDcr carries it (RFC 2407 section 4.6.2).</summary>
    public required IdentificationPayload LocalSelector { get; init; }

    /// <summary>The traffic on the peer's side.</summary>
    public required IdentificationPayload RemoteSelector { get; init; }

    /// <summary>ESP suites, most preferred first.</summary>
    public required ImmutableArray<Phase2Suite> Suites { get; init; }

    /// <summary>Group for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public EncapsulationMode Mode { get; init; } = EncapsulationMode.Tunnel;

    /// <summary>Lifetime offered, in seconds.</summary>
    public uint LifetimeSeconds { get; init; } = 3600;
}
