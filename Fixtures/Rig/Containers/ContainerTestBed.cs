// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;
using Ipsec.Transports.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Containers;

/// <summary>Our gateway on an address of this host's bridge, a peer in a container at the bridge's other end.</summary>
/// <typeparam name="T">The peer's side; it takes everything of the scenario out of its daemon when it is disposed.</typeparam>
internal sealed class ContainerTestBed<T> : TestBed
    where T : IEastSide, IAsyncDisposable
{
    private const int IkePort = 500;

    private static readonly TimeSpan LoopDrains = TimeSpan.FromSeconds(10);

    private readonly OuterLink _link;
    private readonly T _east;
    private readonly RealEventLoop _loop;
    private readonly WestPath _path;
    private readonly SocketTransport _transport;
    private readonly Action<DateTimeOffset, ReadOnlyMemory<byte>> _taker;
    private bool _isDisposed;

    /// <summary>Makes the bed on an address that this host has already.</summary>
    /// <param name="link">The network.</param>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="east">The peer's side.</param>
    /// <param name="seed">Seed of everything random on our side.</param>
    public ContainerTestBed(OuterLink link, BedAddresses addresses, T east, ulong seed)
    {
        _link = link;
        _east = east;
        Addresses = addresses;
        _loop = new RealEventLoop($"west {addresses.Number}");
        // On the loop, so that frames have one writer, and whoever waits on the loop looks again at each.
        _taker = (time, frame) => _loop.Post(() => Wire.Add(time, frame));
        West = new SecurityGateway("west", _loop, new SeededRandomSource(seed), new EchoNetwork(), Faults);
        West.Observe(WestWitness);
        _path = new WestPath(West, addresses, _loop, new SeededRandomSource(seed + 1));
        try
        {
            _transport = new SocketTransport(_loop, addresses.West, IkePort, _path.Receiver);
        }
        catch
        {
            _loop.Dispose();
            throw;
        }

        _loop.Invoke(() =>
        {
            _path.Attach(_transport);
            return true;
        });
        if (!link.Capture.Claim(addresses.West, _taker))
        {
            throw new InvalidOperationException($"{addresses.West} belongs to another scenario");
        }
    }

    /// <summary>Called when the bed is taken down.</summary>
    public Action? Ended { get; init; }

    /// <inheritdoc/>
    public override IEventLoop Loop => _loop;

    /// <inheritdoc/>
    public override SecurityGateway West { get; }

    /// <inheritdoc/>
    public override IEastSide East => _east;

    /// <inheritdoc/>
    public override BedAddresses Addresses { get; }

    /// <inheritdoc/>
    public override int PassedByWest => _path.Passed;

    /// <inheritdoc/>
    public override LinkConditions Network
    {
        get => _path.Conditions;
        set => _path.Conditions = value;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NatStage> Nats => _path.Nats;

    /// <inheritdoc/>
    public override bool SentLastBefore(DateTimeOffset time) =>
        _link.Capture.LastSenderTo(Addresses.East, time) is not { } sender || sender.Equals(Addresses.West);

    /// <inheritdoc/>
    public override void Inject(ReadOnlyMemory<byte> packet)
    {
        if (Ipv4Header.TryRead(packet.Span, out var header, out _) && !header.Source.Equals(Addresses.West))
        {
            // A forged sender: its frames belong to this scenario, too, unless another stands at that address.
            _link.Capture.Claim(header.Source, _taker);
        }

        _path.SendPacket(packet.Span);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        var errors = new List<Exception>();
        // The scenario is over: what follows belongs neither into its capture nor to its gateway.
        _link.Capture.Release(_taker);
        await TryAsync(() => Task.Run(_transport.Dispose), errors);
        await TryAsync(() => _east.DisposeAsync().AsTask(), errors);
        // An exception on the loop is a bug that nobody may have waited for.
        await TryAsync(() => Task.FromResult(_loop.WaitUntil(() => true, LoopDrains)), errors);
        _loop.Dispose();
        West.Dispose();
        await TryAsync(() => _link.Aliases.ReturnAsync(Addresses.Number), errors);
        Ended?.Invoke();

        // Where the environment failed, what else went wrong follows from that.
        if ((errors.OfType<EnvironmentException>().FirstOrDefault() ?? errors.FirstOrDefault()) is { } error)
        {
            throw errors.Count == 1 || error is EnvironmentException ? error : new AggregateException(errors);
        }
    }

    private static async Task TryAsync(Func<Task> action, List<Exception> errors)
    {
        try
        {
            await action();
        }
        catch (Exception error)
        {
            errors.Add(error);
        }
    }
}
