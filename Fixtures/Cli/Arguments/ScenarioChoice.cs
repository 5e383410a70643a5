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
    /// <summary>The peers to run against: those named, or all that are known.</summary>
    public ImmutableArray<string> PeersOf(PeerCatalog catalog) =>
        NamedPeers.IsEmpty ? [.. catalog.Drivers.Select(driver => driver.Name)] : NamedPeers;
}
