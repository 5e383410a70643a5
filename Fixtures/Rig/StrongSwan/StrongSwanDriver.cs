// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>strongSwan in a container on this host.</summary>
/// <param name="suite">Debian's suite from which it comes; null for the default.</param>
public sealed class StrongSwanDriver(string? suite = null) : ContainerPeerDriver(PeerName, HostNumber, suite)
{
    /// <summary>What users and results call it.</summary>
    public const string PeerName = "strongswan";

    private const byte HostNumber = 2;

    /// <inheritdoc/>
    public override ContainerPeerDriver From(string suite) => new StrongSwanDriver(suite);

    private protected override async Task<IPeer> ConnectAsync(OuterLink link, PeerContainer container, PeerStartRequest request) =>
        new StrongSwanPeer(Name, link, container, await StrongSwanControl.ConnectAsync(container, request.Cancellation));

    private protected override async Task<IContainerDaemon> ConnectDaemonAsync(PeerContainer container, CancellationToken cancellation) =>
        new StrongSwanDaemon(container, await StrongSwanControl.ConnectAsync(container, cancellation));
}
