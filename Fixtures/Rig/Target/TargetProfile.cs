// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Policies;
using Ipsec.Ike.V1;
using Ipsec.Sa;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>What the suite is told of a device that it does not control: how it is configured, and what it can be made to do.</summary>
public sealed record TargetProfile
{
    /// <summary>What the device is called in reports.</summary>
    public required string Name { get; init; }

    /// <summary>The address of this host that the device knows as its peer.</summary>
    public required IPAddress OurAddress { get; init; }

    /// <summary>The versions of IKE that the device is configured for.</summary>
    public required ImmutableArray<int> IkeVersions { get; init; }

    /// <summary>Whether the device answers who starts.</summary>
    public required bool CanRespond { get; init; }

    /// <summary>Whether the device can be made to start.</summary>
    public required bool CanInitiate { get; init; }

    /// <summary>The pre-shared key, as text.</summary>
    public required string PreSharedKey { get; init; }

    /// <summary>The identity that the device demands of us.</summary>
    public required PeerIdentity OurIdentity { get; init; }

    /// <summary>The device's own identity.</summary>
    public required PeerIdentity ItsIdentity { get; init; }

    /// <summary>The exchanges of phase 1 that the device takes.</summary>
    public required ImmutableArray<Phase1Mode> Modes { get; init; }

    /// <summary>Its phase 1 suites with their lifetimes, most preferred first.</summary>
    public required ImmutableArray<Phase1Suite> Phase1 { get; init; }

    /// <summary>Its phase 2 suites, most preferred first.</summary>
    public required ImmutableArray<Phase2Suite> Phase2 { get; init; }

    /// <summary>Its group for perfect forward secrecy; null for none.</summary>
    public KeyExchangeMethod? Pfs { get; init; }

    /// <summary>Tunnel or transport.</summary>
    public required SaMode Encapsulation { get; init; }

    /// <summary>Lifetime of a pair of IPsec SAs in seconds.</summary>
    public required uint ChildSeconds { get; init; }

    /// <summary>What the device does about NATs.</summary>
    public required NatTraversalChoice NatTraversal { get; init; }

    /// <summary>The traffic it protects, a child each.</summary>
    public required ImmutableArray<TargetNetworks> Networks { get; init; }

    /// <summary>How long the device may take with a message that nobody answers, before the next packet is sent to it.</summary>
    public required TimeSpan Settle { get; init; }

    /// <summary>How the device is made to act.</summary>
    public required TargetCommands Commands { get; init; }
}
