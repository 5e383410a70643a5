// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>
/// A daemon for scenarios that change it as a whole, and so have it to themselves, one after the other. It is started for the first of
/// them, and again when one of them has killed it.
/// </summary>
/// <param name="link">The network.</param>
/// <param name="start">Starts it.</param>
internal sealed class ExclusiveDaemon(OuterLink link, Func<Task<IContainerDaemon>> start) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IContainerDaemon? _daemon;

    /// <summary>Waits for its turn, and makes a test bed.</summary>
    /// <param name="request">What the scenario wants.</param>
    /// <param name="cancellation">The user ends the run.</param>
    /// <exception cref="EnvironmentException">The daemon cannot be had.</exception>
    public async Task<TestBed> OpenBedAsync(BedRequest request, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await MakeBedAsync(await RunningAsync(), request, cancellation);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<IContainerDaemon> RunningAsync()
    {
        if (_daemon is { IsLost: true } lost)
        {
            _daemon = null;
            await lost.DisposeAsync();
        }

        try
        {
            return _daemon ??= await start();
        }
        catch (PeerUnavailableException error)
        {
            throw new EnvironmentException(error.Message, error);
        }
    }

    private async Task<TestBed> MakeBedAsync(IContainerDaemon daemon, BedRequest request, CancellationToken cancellation)
    {
        var number = await link.Aliases.TakeAsync(cancellation);
        try
        {
            var addresses = new BedAddresses(number, daemon.Container.Address) { Nat = request.Nat };
            var side = await daemon.OpenSideAsync(addresses.East, addresses.West, cancellation);
            return new ContainerTestBed<IContainerSide>(link, addresses, side, request.Seed) { Ended = () => _turn.Release() };
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
}
