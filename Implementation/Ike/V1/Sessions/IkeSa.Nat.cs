// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Nat;

namespace Ipsec.Ike.V1.Sessions;

/// <content>NAT traversal: where messages come from and go to (RFC 3947 sections 4 and 7), and keepalives (RFC 3948 section 4).</content>
internal sealed partial class IkeSa
{
    private DateTimeOffset? _sentAt;

    /// <summary>What phase 1 has found out about NATs; quick mode chooses its encapsulation by it.</summary>
    public NatSituation NatSituation => _nat.Situation;

    /// <summary>When the mapping of a NAT in front of this end must be kept alive; null when there is none.</summary>
    private DateTimeOffset? KeepaliveDue =>
        !IsClosed && _local.Port == NatSituation.FloatedPort && NatSituation.IsLocalBehindNat && _sentAt is { } sentAt
            ? sentAt + Policy.NatTraversal.KeepaliveInterval
            : null;

    /// <summary>Whether a datagram came between the ends that this SA has.</summary>
    public bool IsBetween(IPEndPoint local, IPEndPoint remote) =>
        _remote.Equals(remote) && (_local.Port == local.Port || !_nat.IsNegotiated);

    /// <summary>
    /// Whether the responder of aggressive mode repeats message 2 because the last message was lost, which was to take the
    /// ports along: it still has the old ones. What answers it goes to the new ones, so nobody else can have it sent to him.
    /// </summary>
    public bool IsAskedForLastMessage(IPEndPoint remote, ReadOnlyMemory<byte> datagram) =>
        IsInitiator && _mode == Phase1Mode.Aggressive && _openedFrom.Equals(remote) && _lastAccepted.Span.SequenceEqual(datagram.Span);

    /// <summary>
    /// Whether a datagram from other ends may be believed, should it turn out to be authentic.
    /// </summary>
    /// <returns>Null when it may.</returns>
    public Rejection? CheckMove(IPEndPoint local, IPEndPoint remote)
    {
        if (_nat.IsNegotiated && _local.Port == NatSituation.FloatedPort && local.Port != NatSituation.FloatedPort)
        {
            return new("RFC 3947 section 4", $"a packet on port {local.Port} after the change to {NatSituation.FloatedPort} is old");
        }

        // The initiator changes the ports; the responder follows, and takes the address as well.
        var floats = !IsInitiator && !IsEstablished && _nat.IsNegotiated && _local.Port != NatSituation.FloatedPort;
        var follows = IsEstablished && NatSituation.FollowsPeer;
        return local.Port == NatSituation.FloatedPort && (floats || follows)
            ? null
            : new("RFC 2408 section 2.5.3", $"these cookies belong to {_remote}, not to {remote}");
    }

    /// <summary>Takes other ends.</summary>
    /// <returns>The ends until now.</returns>
    public (IPEndPoint Local, IPEndPoint Remote) MoveTo(IPEndPoint local, IPEndPoint remote)
    {
        var before = (_local, _remote);
        (_local, _remote) = (local, remote);
        return before;
    }

    /// <summary>Whether a pair leads to this SA's peer: of several behind one NAT only the port tells which.</summary>
    public bool IsPeerOf(ChildSaPair pair) => pair.Connection == Policy.Name && IsEndOf(pair, _remote);

    /// <summary>Makes known that an established SA has other ends, and gives them to the IPsec SAs of the peer.</summary>
    public void AnnounceMove(IPEndPoint oldRemote, List<IkeEffect> effects)
    {
        var pairs = ImmutableArray.CreateBuilder<ChildSaPair>();
        foreach (var pair in _services.Children.All.Where(p => p.Connection == Policy.Name && p.Udp is not null && IsEndOf(p, oldRemote)))
        {
            var moved = pair with { RemoteAddress = _remote.Address, Udp = new((ushort)_local.Port, (ushort)_remote.Port) };
            _services.Children.Replace(pair, moved);
            pairs.Add(moved);
        }

        effects.Add(new PeerAddressChanged(Description, oldRemote, _remote, pairs.ToImmutable()));
    }

    private static bool IsEndOf(ChildSaPair pair, IPEndPoint end) =>
        pair.RemoteAddress.Equals(end.Address) && (pair.Udp is not { } udp || udp.RemotePort == end.Port);

    /// <summary>An authentic ESP packet of a pair of this SA came from other ends.</summary>
    public void SeePeerAt(IPEndPoint local, IPEndPoint remote, List<IkeEffect> effects)
    {
        if (!IsBetween(local, remote) && CheckMove(local, remote) is null)
        {
            AnnounceMove(MoveTo(local, remote).Remote, effects);
        }
    }

    /// <summary>Something went from our end to the peer's: no keepalive is needed for a while.</summary>
    public void NoteSent(DateTimeOffset now) => _sentAt = now;

    /// <summary>The initiator changes both ports with the message that carries its identity (RFC 3947 section 4).</summary>
    private void FloatBefore(OutboundMessage message)
    {
        var first = _mode == Phase1Mode.Main ? 5 : 3;
        if (IsInitiator && message.Exchange == Exchange && message.Number >= first && NatSituation.NeedsUdp)
        {
            (_local, _remote) = NatTraversalExtension.Floated(_local, _remote);
        }
    }

    private void OnKeepaliveTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (KeepaliveDue <= now)
        {
            effects.Add(new SendKeepalive(_local, _remote));
            NoteSent(now);
        }
    }
}
