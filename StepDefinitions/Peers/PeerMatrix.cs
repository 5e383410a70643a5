// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.StepDefinitions.Peers;

/// <summary>The peers that every feature is run against: the source of the generated fixtures' arguments.</summary>
public static class PeerMatrix
{
    /// <summary>The selected peers' names.</summary>
    /// <exception cref="ArgumentException">One is not known.</exception>
    public static IEnumerable<string> Peers
    {
        get
        {
            var session = RunSession.Current;
            var catalog = session.Peers.Catalog;
            return session.Options.Peers.FirstOrDefault(name => !catalog.TryFind(name, out _)) is { } unknown
                ? throw new ArgumentException(catalog.Unknown(unknown))
                : session.Options.Peers;
        }
    }
}
