// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1;

/// <content>Inputs of dead peer detection, NAT traversal and transaction exchanges.</content>
public sealed partial class IkeV1Endpoint
{
    // What each IPsec SA pair had carried when it was last told.
    private readonly Dictionary<uint, (ulong Received, ulong Sent)> _traffic = [];

    /// <summary>What a configuration client was given on a connection; null before.</summary>
    /// <param name="connection">Name of the connection.</param>
    /// <returns>The configuration of its newest established IKE SA.</returns>
    public AssignedConfiguration? ConfigurationOf(string connection) => Established(connection)?.Configuration;

    private bool HandleExchangeInput(IkeInput input, DateTimeOffset now, List<IkeEffect> effects)
    {
        switch (input)
        {
            case ChildSaTraffic traffic:
                CountTraffic(traffic);
                NoteTraffic(traffic, now);
                return true;
            case PeerAddressSeen seen:
                SaOf(seen.InboundSpi)?.SeePeerAt(seen.Local, seen.Remote, effects);
                return true;
            case RequestConfiguration command:
                Established(Connection(command.Connection).Name)?.RequestConfiguration(command.Attributes, now, effects);
                return true;
            case PushConfiguration command:
                Established(Connection(command.Connection).Name)?.PushConfiguration(now, effects);
                return true;
            case AuthenticateUser command:
                Established(Connection(command.Connection).Name)?.AuthenticateUser(now, effects);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The IKE SA that negotiated a pair, else the newest with the same peer.</summary>
    private IkeSa? SaOf(uint inboundSpi) => _services.Children.FindInbound(inboundSpi) is not { } pair
        ? null
        : _sas.Find(s => s.IsEstablished && (s.InitiatorCookie, s.ResponderCookie) == pair.Cookies)
            ?? _sas.FindLast(s => s.IsEstablished && s.IsPeerOf(pair));

    /// <summary>Traffic from the peer is proof of its life (RFC 3706 section 5.4), traffic to it keeps a NAT's mapping (RFC 3948 section 4).</summary>
    private void NoteTraffic(ChildSaTraffic traffic, DateTimeOffset now)
    {
        if (_services.Children.FindInbound(traffic.InboundSpi) is not { } pair)
        {
            _traffic.Remove(traffic.InboundSpi);
            return;
        }

        var before = _traffic.GetValueOrDefault(traffic.InboundSpi);
        _traffic[traffic.InboundSpi] = (traffic.BytesReceived, traffic.BytesSent);
        foreach (var sa in _sas.Where(s => s.IsEstablished && s.IsPeerOf(pair)))
        {
            if (traffic.BytesSent > before.Sent)
            {
                sa.NoteTrafficSent();
                sa.NoteSent(now);
            }

            if (traffic.BytesReceived > before.Received)
            {
                sa.NoteHeard(now);
            }
        }
    }

    /// <summary>What the effects of an input mean for the SAs themselves, before those that are closed are forgotten.</summary>
    private void Conclude(DateTimeOffset now, List<IkeEffect> effects)
    {
        foreach (var dead in _sas.Where(s => s.IsPeerDead && !s.IsClosed).ToArray())
        {
            Bury(dead, effects);
        }

        foreach (var sent in effects.OfType<SendDatagram>())
        {
            _sas.FindAll(s => s.IsBetween(sent.Local, sent.Remote) && !s.IsClosed).ForEach(s => s.NoteSent(now));
        }

        // Two IKE SAs with one peer use one mapping of the NAT.
        var keepalives = new HashSet<SendKeepalive>();
        effects.RemoveAll(e => e is SendKeepalive keepalive && !keepalives.Add(keepalive));

        foreach (var closed in _sas.Where(s => s.IsClosed && s.LeaseOwner is not null))
        {
            if (!_sas.Exists(s => !s.IsClosed && s.LeaseOwner == closed.LeaseOwner))
            {
                closed.ReleaseConfiguration(effects);
            }
        }
    }

    /// <summary>All SAs with a peer that is dead are deleted; there is nobody to tell (RFC 3706 section 5.4).</summary>
    private void Bury(IkeSa dead, List<IkeEffect> effects)
    {
        const string Reason = "the peer is dead";
        var description = dead.Description;
        var pairs = _services.Children.All.Where(dead.IsPeerOf).ToArray();
        dead.Close(Reason, effects);

        // A pair stays only where another IKE SA lives that made it.
        var orphans = pairs.Where(p => !_sas.Exists(s => s.IsEstablished && (s.InitiatorCookie, s.ResponderCookie) == p.Cookies));
        foreach (var pair in orphans.ToArray())
        {
            _services.Children.Remove(pair);
            _traffic.Remove(pair.InboundSpi);
            effects.Add(new RemoveChildSa(pair, Reason));
        }

        effects.Add(new PeerDead(description, dead.Policy.DeadPeerDetection!.Action));
    }
}
