// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Ike.Inputs;

namespace Ipsec.Fixtures.Rig.Tests.StrongSwan;

/// <summary>A container that dies says nothing about the peer's conformance, and leaves nothing behind.</summary>
[TestFixture]
[Category("strongswan")]
public sealed class LostContainerTests
{
    [Test]
    public async Task EveryOperationBlamesTheEnvironment()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        using var engine = await ContainerEngine.ConnectAsync(CancellationToken.None);
        var peer = await RealPeer.StartAsync();
        var bed = await RealPeer.OpenAsync(peer);
        bed.Loop.Post(() => bed.West.Command(new InitiateChildSa("tunnel", Policies.Child)));
        await RealPeer.DemandTunnelAsync(bed);
        await bed.East.PingAsync(bed.Addresses.EastHost(0), bed.Addresses.WestHost(0), 1);

        var container = (await engine.Api.ContainersAsync(CancellationToken.None)).Single(item => item.Owner == Ownership.Current);
        await ChildProcess.RunAsync("docker", ["kill", container.Name], CancellationToken.None);

        await FluentActions.Awaiting(() => bed.East.ListSasAsync()).Should().ThrowAsync<EnvironmentException>().WithMessage("*It printed last:*READY plane=*");
        await FluentActions.Awaiting(() => bed.East.ReadLogAsync()).Should().ThrowAsync<EnvironmentException>();
        await FluentActions.Awaiting(() => peer.OpenBedAsync(new(1), CancellationToken.None)).Should().ThrowAsync<EnvironmentException>().WithMessage("*ended with status 137*");
        await FluentActions.Awaiting(() => bed.DisposeAsync().AsTask()).Should().ThrowAsync<EnvironmentException>();
        await peer.DisposeAsync();

        (await engine.Api.ContainersAsync(CancellationToken.None)).Should().NotContain(item => item.Owner == Ownership.Current);
        (await engine.Api.NetworksAsync(CancellationToken.None)).Should().NotContain(item => item.Owner == Ownership.Current);
    }

    [Test]
    public async Task AnImageThatDoesNotBecomeReadyIsUnavailable()
    {
        Assume.That(RealPeer.IsWanted, $"{RunOptions.DriverTestsVariable} does not name strongswan");
        var link = await OuterLink.JoinAsync(TestContext.Progress.WriteLine, CancellationToken.None);
        var start = () => PeerContainer.StartAsync(
            link.Engine.Api, "broken", "conformance/debian:bookworm", link.Network, new([198, 51, 100, 3]), CancellationToken.None);

        await start.Should().ThrowAsync<PeerUnavailableException>().WithMessage("*container ended*");

        await link.LeaveAsync();
    }
}
