// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Cli.Tests;

/// <summary>A container peer that this machine can never have.</summary>
internal sealed class GhostDriver : IPeerDriver
{
    public string Name => "ghost";

    public bool NeedsContainer => true;

    public Task<PeerStart> StartAsync(PeerStartRequest request) =>
        Task.FromResult<PeerStart>(new PeerStart.Unavailable("no container engine answers", "apt-get install docker.io"));
}
