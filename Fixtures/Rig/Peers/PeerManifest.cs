// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>What the file peer.yaml in a peer's folder says of it.</summary>
public sealed record PeerManifest
{
    /// <summary>What users and results call the peer.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Debian's suites of which it can be built, with the version of its daemon in each.</summary>
    public required ImmutableSortedDictionary<string, string> Versions { get; init; }

    /// <summary>The suite from which it comes where nothing else is said.</summary>
    public required string DefaultSuite { get; init; }

    /// <summary>What carries its IPsec packets: names of its data planes.</summary>
    public required ImmutableArray<string> DataPlanes { get; init; }

    /// <summary>Ciphers of phase 1.</summary>
    public ImmutableArray<string> Phase1Encryption { get; init; } = [];

    /// <summary>Groups of phase 1.</summary>
    public ImmutableArray<string> Phase1Groups { get; init; } = [];

    /// <summary>Ciphers and AEADs of ESP.</summary>
    public ImmutableArray<string> EspEncryption { get; init; } = [];

    /// <summary>Integrity algorithms of ESP and AH.</summary>
    public ImmutableArray<string> Integrity { get; init; } = [];
}
