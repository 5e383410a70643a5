// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Containers;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>A charon beside that of the peer: at an end of a pair.</summary>
internal sealed class StrongSwanDaemon(PeerContainer container, StrongSwanControl control) : IContainerDaemon
{
    private int _sides;

    public PeerContainer Container => container;

    public bool IsLost => control.IsLost;

    public async Task<IContainerSide> OpenSideAsync(IPAddress own, IPAddress other, CancellationToken cancellation) =>
        new StrongSwanEastSide(control, other, Interlocked.Increment(ref _sides), await control.LogSizeAsync(cancellation));

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await container.DisposeAsync();
    }
}
