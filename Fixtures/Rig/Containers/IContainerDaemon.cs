// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>A daemon in a container that can stand at either end of a scenario. Disposing ends both.</summary>
internal interface IContainerDaemon : IAsyncDisposable
{
    /// <summary>The container.</summary>
    PeerContainer Container { get; }

    /// <summary>Whether nothing can be had from the daemon any more.</summary>
    bool IsLost { get; }

    /// <summary>Begins a scenario, which has no policy yet.</summary>
    /// <param name="own">The daemon's outer address.</param>
    /// <param name="other">The outer address of the other end.</param>
    /// <param name="cancellation">The user ends the run.</param>
    Task<IContainerSide> OpenSideAsync(IPAddress own, IPAddress other, CancellationToken cancellation);
}
