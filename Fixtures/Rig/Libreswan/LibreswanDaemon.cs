// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>A pluto beside that of the peer: at an end of a pair, or to be told to misbehave.</summary>
internal sealed class LibreswanDaemon(PeerContainer container, LibreswanControl control) : IContainerDaemon
{
    private int _sides;

    public PeerContainer Container => container;

    public bool IsLost => control.IsLost;

    public Task<IContainerSide> OpenSideAsync(IPAddress own, IPAddress other, CancellationToken cancellation) =>
        Task.FromResult<IContainerSide>(new LibreswanEastSide(control, (own, other), Interlocked.Increment(ref _sides)));

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await container.DisposeAsync();
    }
}
