// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto;
using Ipsec.Fixtures.Rig.Beds;
using Ipsec.Fixtures.Rig.Containers;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Gateway;
using Ipsec.Transports;
using Ipsec.Transports.Sockets;

namespace Ipsec.Fixtures.Rig.Pairs;

/// <summary>A peer at either end, and we see what crosses the network between them. Our own gateway takes no part.</summary>
internal sealed class PairTestBed : TestBed
{
    private readonly OuterLink _link;
    private readonly IContainerSide _west;
    private readonly IContainerSide _east;
    private readonly RealEventLoop _loop;
    private readonly Action<DateTimeOffset, ReadOnlyMemory<byte>> _taker;
    private readonly Action _ended;
    private bool _isDisposed;

    /// <summary>Makes the bed.</summary>
    /// <param name="link">The network.</param>
    /// <param name="addresses">Who has which address.</param>
    /// <param name="west">The side in our gateway's place.</param>
    /// <param name="east">The other.</param>
    /// <param name="ended">Called when the bed is taken down.</param>
    public PairTestBed(OuterLink link, BedAddresses addresses, IContainerSide west, IContainerSide east, Action ended)
    {
        (_link, _west, _east, _ended) = (link, west, east, ended);
        Addresses = addresses;
        _loop = new RealEventLoop("pair");
        West = new SecurityGateway("nobody", _loop, new SeededRandomSource(0), new EchoNetwork(), Faults);
        _taker = (time, frame) => _loop.Post(() => Wire.Add(time, frame));
        if (!link.Capture.Claim(addresses.West, _taker))
        {
            throw new InvalidOperationException($"{addresses.West} belongs to another scenario");
        }
    }

    /// <inheritdoc/>
    public override IEventLoop Loop => _loop;

    /// <inheritdoc/>
    public override SecurityGateway West { get; }

    /// <inheritdoc/>
    public override IEastSide WestPeer => _west;

    /// <inheritdoc/>
    public override IEastSide East => _east;

    /// <inheritdoc/>
    public override BedAddresses Addresses { get; }

    /// <inheritdoc/>
    public override void Inject(ReadOnlyMemory<byte> packet) => throw new UnsupportedException("between two peers nothing is put on the wire");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        _link.Capture.Release(_taker);
        try
        {
            await _west.DisposeAsync();
        }
        finally
        {
            try
            {
                await _east.DisposeAsync();
            }
            finally
            {
                _loop.Dispose();
                West.Dispose();
                _ended();
            }
        }
    }
}
