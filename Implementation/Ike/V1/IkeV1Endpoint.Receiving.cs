// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Sessions;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.V1;

/// <content>Which IKE SA a datagram belongs to (RFC 2408 sections 3.1 and 5.2).</content>
public sealed partial class IkeV1Endpoint
{
    private void Receive(DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (HeaderCheck.Read(datagram.Bytes, out var header) is { } malformed)
        {
            Discard(datagram, malformed, effects);
            return;
        }

        if (header.NextPayload == PayloadType.Fragment)
        {
            ReceiveFragment(header, datagram, now, effects);
        }
        else
        {
            Deliver(header, datagram, now, effects);
        }
    }

    private void Deliver(IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (Find(header, datagram.Remote) is { } sa)
        {
            var start = effects.Count;

            // A cookie is made for one address and port; from elsewhere it is not valid (RFC 2408 section 2.5.3).
            if (sa.IsBetween(datagram.Local, datagram.Remote) || sa.IsAskedForLastMessage(datagram.Remote, datagram.Bytes))
            {
                Dispatch(sa, header, datagram, now, effects);
            }
            else
            {
                DispatchFromElsewhere(sa, header, datagram, now, effects);
            }

            // In informational exchanges only a valid probe is proof of life (RFC 3706 section 6.1).
            if (header.ExchangeType != ExchangeType.Informational && WasAccepted(effects, start))
            {
                sa.NoteHeard(now);
            }
        }
        else if (header.ResponderCookie.IsZero && IsPhase1(header))
        {
            Open(header, datagram, now, effects);
        }
        else
        {
            Discard(datagram, new("RFC 2408 section 5.2", "no IKE SA has these cookies"), effects);
        }
    }

    private IkeSa? Find(IsakmpHeader header, IPEndPoint remote)
    {
        if (header.ResponderCookie.IsZero && IsPhase1(header))
        {
            return _sas.Find(s => s.MayBeOpenedBy(header, remote));
        }

        // The first answer names a responder cookie that an initiator has not seen; an error that comes in its place may
        // name none.
        return _sas.Find(s => s.InitiatorCookie == header.InitiatorCookie && s.ResponderCookie == header.ResponderCookie)
            ?? _sas.Find(s => s.IsInitiator && s.ResponderCookie.IsZero && s.InitiatorCookie == header.InitiatorCookie);
    }

    private void Open(IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (_sas.Exists(s => s.IsInitiator && s.InitiatorCookie == header.InitiatorCookie))
        {
            Discard(datagram, new("RFC 2408 section 2.5.3", "the initiator cookie is ours: our own message came back"), effects);
            return;
        }

        var mode = header.ExchangeType == ExchangeType.Aggressive ? Phase1Mode.Aggressive : Phase1Mode.Main;
        if (FindCandidates(mode, datagram, out var candidates) is { } unknown)
        {
            Discard(datagram, unknown, effects);
            return;
        }

        var sa = IkeSa.Respond(_services, mode, candidates, header.InitiatorCookie, datagram.Local, datagram.Remote, now);
        sa.ReceivePhase1(header, datagram.Bytes, now, effects);
        if (sa.HasAccepted)
        {
            _sas.Add(sa);
            DropOldestHalfOpen(effects);
        }
    }

    /// <summary>A message 1 costs its sender nothing, so what is kept for it is bounded (RFC 2408 section 1.7.1).</summary>
    private void DropOldestHalfOpen(List<IkeEffect> effects)
    {
        var excess = _sas.Count(s => s.IsHalfOpenResponder) - _services.Limits.HalfOpenSas;
        foreach (var sa in _sas.Where(s => s.IsHalfOpenResponder).Take(Math.Max(0, excess)).ToArray())
        {
            sa.Close($"the oldest of more than {_services.Limits.HalfOpenSas} half-open SAs", effects);
        }
    }

    private static void Dispatch(IkeSa sa, IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        switch (header.ExchangeType)
        {
            case ExchangeType.IdentityProtection:
            case ExchangeType.Aggressive:
                sa.ReceivePhase1(header, datagram.Bytes, now, effects);
                break;
            case ExchangeType.QuickMode or ExchangeType.NewGroupMode when sa.IsEstablished && !sa.IsReady:
                // draft-beaulieu-ike-xauth-02 section 6, draft-dukes-ike-mode-cfg-02 section 5.1.
                Discard(datagram, new("draft-beaulieu-ike-xauth-02 section 6", "extended authentication and mode config come before quick mode"), effects);
                break;
            case ExchangeType.QuickMode:
                sa.ReceiveQuickMode(header, datagram.Bytes, now, effects);
                break;
            case ExchangeType.Informational:
                sa.ReceiveInformational(header, datagram.Bytes, now, effects);
                break;
            case ExchangeType.NewGroupMode:
                sa.ReceiveNewGroup(header, datagram.Bytes, now, effects);
                break;
            case ExchangeType.Transaction:
                sa.ReceiveTransaction(header, datagram.Bytes, now, effects);
                break;
            default:
                Discard(datagram, new("RFC 2408 section 5.2", $"exchange type {header.ExchangeType} is not spoken here"), effects);
                break;
        }
    }

    private static void Discard(DatagramReceived datagram, Rejection rejection, List<IkeEffect> effects) =>
        effects.Add(new DatagramDiscarded(datagram.Remote, rejection.Clause, rejection.Reason, datagram.Bytes));
}
