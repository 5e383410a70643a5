// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Cli.Arguments;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>Brings the peers of a run up before its first scenario.</summary>
internal static class PeerPreparation
{
    /// <summary>
    /// Starts peers side by side. One that cannot be had here is skipped in one line; when it was asked for by name, none is
    /// returned, and what is missing is said.
    /// </summary>
    public static async Task<IReadOnlyList<PeerRecord>> StartAsync(
        PeerPool pool, ScenarioChoice choice, IEnumerable<string> names, Terminal terminal)
    {
        var wanted = names.ToArray();
        var starts = await Task.WhenAll(wanted.Select(pool.StartAsync));
        var ready = new List<PeerRecord>();
        var isComplete = true;
        foreach (var (name, start) in wanted.Zip(starts))
        {
            switch (start)
            {
                case PeerStart.Ready peer:
                    ready.Add(peer.Peer.Record);
                    break;
                case PeerStart.Unavailable unavailable when choice.NamedPeers.Contains(name):
                    terminal.Error.WriteLine($"conformance: {name} cannot be started: {unavailable}");
                    isComplete = false;
                    break;
                case PeerStart.Unavailable unavailable:
                    terminal.Say($"{name} is skipped: {unavailable}");
                    break;
            }
        }

        return isComplete ? ready : [];
    }
}
