// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Fixtures.Rig.Beds;

namespace Ipsec.Fixtures.Rig.Parties;

/// <summary>A peer as the eastern party of a picture whose other parties stand in namespaces: no gateway of this process is there.</summary>
public sealed class PeerParty : IAsyncDisposable
{
    private readonly Func<ValueTask> _end;

    internal PeerParty(BedAddresses addresses, IEastSide east, string bridge, Func<DateTimeOffset, IPAddress?> lastSender, Func<ValueTask> end)
    {
        (Addresses, East, Bridge, _end) = (addresses, east, bridge, end);
        SentLastBefore = time => lastSender(time) is not { } sender || sender.Equals(addresses.West);
    }

    /// <summary>Who has which address.</summary>
    public BedAddresses Addresses { get; }

    /// <summary>The peer.</summary>
    public IEastSide East { get; }

    /// <summary>Name of the bridge, in this process's own namespace, that leads to the peer.</summary>
    public string Bridge { get; }

    /// <summary>Tells whether the last packet that the peer got before a time was west's.</summary>
    public Func<DateTimeOffset, bool> SentLastBefore { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _end();
}
