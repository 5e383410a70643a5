// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>The peers that the suite knows.</summary>
public sealed class PeerCatalog
{
    /// <summary>Name of the peer that is always there: this implementation, in memory.</summary>
    public const string Self = "self";

    /// <summary>Makes a catalog of these peers.</summary>
    public PeerCatalog(params IEnumerable<IPeerDriver> drivers) => Drivers = [.. drivers];

    /// <summary>Every peer of the suite.</summary>
    public static PeerCatalog Default { get; } = new(new SelfDriver(), new StrongSwanDriver());

    /// <summary>The peers in the order of report columns.</summary>
    public ImmutableArray<IPeerDriver> Drivers { get; }

    /// <summary>Finds a peer by its exact name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out IPeerDriver? driver)
    {
        driver = Drivers.FirstOrDefault(candidate => candidate.Name == name);
        return driver is not null;
    }

    /// <summary>The answer to a name that is not in the catalog: one line that says which are.</summary>
    public string Unknown(string name) => $"unknown peer '{name}': known are {string.Join(", ", Drivers.Select(driver => driver.Name))}";
}
