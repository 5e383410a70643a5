// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Peers;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Libreswan in a container on this host.</summary>
/// <param name="suite">Debian's suite from which it comes; null for the default.</param>
public sealed class LibreswanDriver(string? suite = null) : ContainerPeerDriver(PeerName, HostNumber, suite)
{
    /// <summary>What users and results call it.</summary>
    public const string PeerName = "libreswan";

    private const byte HostNumber = 3;

    /// <summary>So far behind the address of the peer is that of the pluto that misbehaves: behind those of all versions.</summary>
    private const byte Misbehaving = 4;

    /// <inheritdoc/>
    public override ContainerPeerDriver From(string suite) => new LibreswanDriver(suite);

    /// <inheritdoc/>
    public override bool Takes(ScenarioTags tags) => true;

    private protected override async Task<IPeer> ConnectAsync(OuterLink link, PeerContainer container, PeerStartRequest request) => new LibreswanPeer(
        Name,
        link,
        container,
        await LibreswanControl.ConnectAsync(container, request.Cancellation),
        new ExclusiveDaemon(link, () => StartDaemonAsync(link, request, "impaired", new IPAddress([198, 51, 100, (byte)(Host + Misbehaving)]))));

    private protected override async Task<IContainerDaemon> ConnectDaemonAsync(PeerContainer container, CancellationToken cancellation) =>
        new LibreswanDaemon(container, await LibreswanControl.ConnectAsync(container, cancellation));
}
