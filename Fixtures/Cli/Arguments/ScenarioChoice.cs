// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Arguments;

/// <summary>Which scenarios, against which peers.</summary>
/// <param name="NamedPeers">The peers that were asked for by name; empty for the default.</param>
/// <param name="Selection">The scenarios.</param>
internal sealed record ScenarioChoice(ImmutableArray<string> NamedPeers, Selection Selection)
{
    /// <summary>Tag of the scenarios that try every wrong value of every field of every message.</summary>
    private const string ReceivedFields = "received-fields";

    /// <summary>
    /// Whether the scenarios of received fields are for the suite's own implementation only. They ask about a peer, one field after the
    /// other, and take minutes; of the suite they show nothing that they do not show against itself.
    /// </summary>
    public bool SparesPeersTheReceivedFields { get; init; }

    /// <summary>Peers that are run against only when they are asked for by name.</summary>
    public ImmutableArray<string> PeersLeftOut { get; init; } = [];

    /// <summary>Whether a scenario is to be run against a peer.</summary>
    /// <param name="tags">The scenario's tags.</param>
    /// <param name="peer">The peer's name.</param>
    /// <param name="catalog">The peers.</param>
    public bool Means(ScenarioTags tags, string peer, PeerCatalog catalog) =>
        !SparesPeersTheReceivedFields
        || !tags.Has(ReceivedFields)
        || !(catalog.TryFind(peer, out var driver) && driver.NeedsContainer);

    /// <summary>The peers to run against: those named, or all that are known but for those left out and those that have to be named.</summary>
    public ImmutableArray<string> PeersOf(PeerCatalog catalog) =>
        NamedPeers.IsEmpty ? [.. catalog.Drivers.Where(driver => !driver.IsByNameOnly).Select(driver => driver.Name).Except(PeersLeftOut, StringComparer.Ordinal)] : NamedPeers;
}
