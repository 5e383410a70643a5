// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Parties;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.StrongSwan;

/// <summary>strongSwan in a container: one daemon for all scenarios of a run.</summary>
internal sealed class StrongSwanPeer(string name, OuterLink link, PeerContainer container, StrongSwanControl control) : IPeer
{
    private int _beds;

    public PeerRecord Record { get; } = new(name, container.Version, container.Image, container.DataPlane);

    public string? Engine => link.Engine.Version;

    public bool IsLost => control.IsLost;

    public async Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation)
    {
        if (container.HasEnded)
        {
            throw container.Failure($"{name} is gone");
        }

        var number = await link.Aliases.TakeAsync(cancellation);
        try
        {
            var addresses = new BedAddresses(number, container.Address) { Nat = request.Nat };
            var logStart = await control.LogSizeAsync(cancellation);
            var east = new StrongSwanEastSide(control, addresses.West, Interlocked.Increment(ref _beds), logStart);
            return new ContainerTestBed<StrongSwanEastSide>(link, addresses, east, request.Seed);
        }
        catch (SocketException error)
        {
            await link.Aliases.ReturnAsync(number);
            throw new EnvironmentException($"west cannot stand on 198.51.100.{number}: {error.Message}", error);
        }
        catch
        {
            await link.Aliases.ReturnAsync(number);
            throw;
        }
    }

    public async Task<PeerParty> OpenPartyAsync(CancellationToken cancellation)
    {
        if (container.HasEnded)
        {
            throw container.Failure($"{name} is gone");
        }

        var logStart = await control.LogSizeAsync(cancellation);
        var addresses = new BedAddresses(link.Aliases.Reserve(), container.Address);
        var east = new StrongSwanEastSide(control, addresses.West, Interlocked.Increment(ref _beds), logStart);
        return link.Party(addresses, east);
    }

    public ValueTask AbandonAsync() => container.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        await container.DisposeAsync();
        await link.LeaveAsync();
    }
}
