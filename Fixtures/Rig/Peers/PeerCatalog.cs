// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Libreswan;
using Ipsec.Fixtures.Rig.Pairs;
using Ipsec.Fixtures.Rig.StrongSwan;

namespace Ipsec.Fixtures.Rig.Peers;

/// <summary>The peers that the suite knows.</summary>
public sealed class PeerCatalog
{
    /// <summary>Name of the peer that is always there: this implementation, in memory.</summary>
    public const string Self = "self";

    /// <summary>Debian's suites of which images are built.</summary>
    private static readonly ImmutableArray<string> Suites = ["bookworm", "trixie"];

    /// <summary>Makes a catalog of these peers.</summary>
    public PeerCatalog(params IEnumerable<IPeerDriver> drivers) => Drivers = [.. drivers];

    /// <summary>Every peer of the suite.</summary>
    public static PeerCatalog Default { get; } = new(
        new SelfDriver(), new StrongSwanDriver(), new LibreswanDriver(), new PairDriver(new StrongSwanDriver(), new LibreswanDriver()));

    /// <summary>The peers in the order of report columns.</summary>
    public ImmutableArray<IPeerDriver> Drivers { get; }

    /// <summary>Finds a peer by its name: of the catalog, or followed by <c>@</c> and the Debian suite whose version is wanted, or two such names with <c>~</c> between them.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out IPeerDriver? driver)
    {
        driver = Drivers.FirstOrDefault(candidate => candidate.Name == name);
        if (driver is null && name.Split('@') is [var daemon, var suite] && Suites.Contains(suite))
        {
            driver = Drivers.OfType<ContainerPeerDriver>().FirstOrDefault(candidate => candidate.Name == daemon)?.From(suite);
        }

        if (driver is null && PairNames.TryRead(name, out var ends)
            && TryFind(ends.West, out var west) && west is ContainerPeerDriver atWest && TryFind(ends.East, out var east) && east is ContainerPeerDriver atEast)
        {
            driver = new PairDriver(atWest, atEast);
        }

        return driver is not null;
    }

    /// <summary>The answer to a name that is not in the catalog: one line that says which are.</summary>
    public string Unknown(string name) =>
        $"unknown peer '{name}': known are {string.Join(", ", Drivers.Select(driver => driver.Name))}, and those in containers with @{string.Join(" or @", Suites)} behind the name, or two of these with ~ between them";
}
