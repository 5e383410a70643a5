// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Capture;
using Ipsec.Gateway;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Transports;
using Ipsec.Transports.InMemory;
using Ipsec.Transports.Nat;
using Ipsec.Transports.Sockets;
using Ipsec.Wire.Ip;

namespace Ipsec.Fixtures.Rig.Target;

/// <summary>Our gateway on an address of this host, a device somewhere behind one of its interfaces.</summary>
internal sealed class TargetTestBed : TestBed
{
    private const int IkePort = 500;

    private static readonly TimeSpan LoopDrains = TimeSpan.FromSeconds(10);

    private readonly BridgeCapture _capture;
    private readonly EarlierScenarios _earlier;
    private readonly RealEventLoop _loop;
    private readonly WestPath _path;
    private readonly SocketTransport _transport;
    private readonly Action<DateTimeOffset, ReadOnlyMemory<byte>> _taker;
    private readonly Action<bool> _free;
    private bool _isDisposed;

    /// <summary>Makes the bed.</summary>
    /// <param name="capture">The capture on the interface that leads to the device.</param>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="east">The device's side.</param>
    /// <param name="earlier">What belongs to scenarios before.</param>
    /// <param name="seed">Seed of everything random on our side.</param>
    /// <param name="free">Lets the next scenario have the address; is told whether the device was silent to all that west sent.</param>
    public TargetTestBed(BridgeCapture capture, BedAddresses addresses, TargetEastSide east, EarlierScenarios earlier, ulong seed, Action<bool> free)
    {
        (_capture, Addresses, East, _earlier, _free) = (capture, addresses, east, earlier, free);
        _loop = new RealEventLoop("west");
        _taker = Take;
        West = new SecurityGateway("west", _loop, new SeededRandomSource(seed), new EchoNetwork(), Faults);
        West.Observe(WestWitness);
        _path = new WestPath(West, addresses, _loop, new SeededRandomSource(seed + 1));
        try
        {
            _transport = new SocketTransport(_loop, addresses.West, IkePort, new OwnPackets(addresses.East, earlier, _path.Receiver));
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
        if (!capture.Claim(addresses.West, _taker))
        {
            throw new InvalidOperationException($"{addresses.West} belongs to another scenario");
        }
    }

    /// <inheritdoc/>
    public override IEventLoop Loop => _loop;

    /// <inheritdoc/>
    public override SecurityGateway West { get; }

    /// <inheritdoc/>
    public override IEastSide East { get; }

    /// <inheritdoc/>
    public override BedAddresses Addresses { get; }

    /// <inheritdoc/>
    public override int PassedByWest => _path.Passed;

    /// <inheritdoc/>
    public override IReadOnlyList<NatStage> Nats => _path.Nats;

    /// <inheritdoc/>
    public override LinkConditions Network
    {
        get => _path.Conditions;
        set => _path.Conditions = value;
    }

    /// <inheritdoc/>
    public override void Inject(ReadOnlyMemory<byte> packet)
    {
        if (Ipv4Header.TryRead(packet.Span, out var header, out _) && !header.Source.Equals(Addresses.West))
        {
            _capture.Claim(header.Source, _taker);
        }

        _path.SendPacket(packet.Span);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return ValueTask.CompletedTask;
        }

        try
        {
            // What follows does not belong into the scenario's capture any more.
            _capture.Release(_taker);
            _loop.Invoke(SayGoodbye);
            _earlier.Add(Cookies(), WestWitness.Saw<InstallChildSa>().SelectMany(install => new[] { install.Pair.InboundSpi, install.Pair.OutboundSpi }));
            _transport.Dispose();
            // An exception on the loop is a bug that nobody may have waited for.
            _loop.WaitUntil(() => true, LoopDrains);
        }
        finally
        {
            _loop.Dispose();
            West.Dispose();
            _free(WasSilent());
        }

        return ValueTask.CompletedTask;
    }

    private bool WasSilent()
    {
        var sources = Wire.Frames.Select(frame => FrameAddresses.TryRead(frame.Bytes.Span, out var source, out _) ? source : 0).ToHashSet();
        return sources.Contains(Ipv4Header.ToNumber(Addresses.West)) && !sources.Contains(Ipv4Header.ToNumber(Addresses.East));
    }

    /// <summary>All scenarios share the address, so the device is told that this one's SAs are gone; IKEv1 acknowledges no Delete.</summary>
    private bool SayGoodbye()
    {
        foreach (var pair in West.ChildSas.ToArray())
        {
            West.Command(new DeleteChildSa(pair.InboundSpi));
        }

        if (WestPolicy is { } policy && West.IkeSas.Count > 0)
        {
            West.Command(new DeleteIkeSa(policy.Name));
        }

        return true;
    }

    /// <summary>The initiators' cookies on the wire: some of them may be of IKE SAs that west never had.</summary>
    private HashSet<ulong> Cookies() =>
        [.. new Ipsec.Fixtures.Judgement.WireObserver(Addresses.West, Addresses.East)
            .Observe(Wire.Frames.Select(frame => new Judgement.RawFrame(frame.Time, frame.Bytes, frame.Step)), new([], []))
            .OfType<Judgement.ObservedIke>().Select(message => message.Header.InitiatorCookie.Value)];

    /// <summary>On the loop, so that frames have one writer, and whoever waits on the loop looks again at each.</summary>
    private void Take(DateTimeOffset time, ReadOnlyMemory<byte> frame)
    {
        if (IsBetweenWestAndTarget(frame.Span) && !_earlier.Have(frame.Span[EthernetHeader.Size..]))
        {
            _loop.Post(() => Wire.Add(time, frame));
        }
    }

    /// <summary>West's address may be one that this host uses for other things as well.</summary>
    private bool IsBetweenWestAndTarget(ReadOnlySpan<byte> frame) =>
        FrameAddresses.TryRead(frame, out var source, out var destination)
        && (source == Ipv4Header.ToNumber(Addresses.East) || destination == Ipv4Header.ToNumber(Addresses.East));
}
