// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Parties;
using Ipsec.Fixtures.Rig.Peers;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Libreswan;

/// <summary>Libreswan in a container: one pluto for all scenarios of a run.</summary>
internal sealed class LibreswanPeer(string name, OuterLink link, PeerContainer container, LibreswanControl control, ExclusiveDaemon misbehaving) : IPeer
{
    private int _beds;

    public PeerRecord Record { get; } = new(name, container.Version, container.Image, container.DataPlane);

    public string? Engine => link.Engine.Version;

    public bool IsLost => control.IsLost;

    public async Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation)
    {
        if (request.Misbehaves)
        {
            return await misbehaving.OpenBedAsync(request, cancellation);
        }

        if (container.HasEnded)
        {
            throw container.Failure($"{name} is gone");
        }

        var number = await link.Aliases.TakeAsync(cancellation);
        try
        {
            var addresses = new BedAddresses(number, container.Address) { Nat = request.Nat };
            var east = new LibreswanEastSide(control, (addresses.East, addresses.West), Interlocked.Increment(ref _beds));
            return new ContainerTestBed<LibreswanEastSide>(link, addresses, east, request.Seed);
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

    public Task<PeerParty> OpenPartyAsync(CancellationToken cancellation)
    {
        if (container.HasEnded)
        {
            throw container.Failure($"{name} is gone");
        }

        var addresses = new BedAddresses(link.Aliases.Reserve(), container.Address);
        var east = new LibreswanEastSide(control, (addresses.East, addresses.West), Interlocked.Increment(ref _beds));
        return Task.FromResult(link.Party(addresses, east));
    }

    public ValueTask AbandonAsync() => container.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await misbehaving.DisposeAsync();
        await control.DisposeAsync();
        await container.DisposeAsync();
        await link.LeaveAsync();
    }
}
