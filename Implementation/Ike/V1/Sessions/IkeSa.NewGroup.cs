// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.NewGroup;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.NewGroup.NewGroupState;

namespace Ipsec.Ike.V1.Sessions;

/// <content>New group mode under this IKE SA: RFC 2409 section 5.6.</content>
internal sealed partial class IkeSa
{
    private readonly Dictionary<uint, NewGroupExchange> _newGroups = [];
    private readonly Queue<ImmutableArray<PrivateGroup>> _wantedGroups = [];

    private DateTimeOffset? NewGroupDeadline => _newGroups.Values.SelectMany(n => new[] { n.Pending?.Due, n.ForgetAt }).Min();

    /// <summary>Offers private groups now, or as soon as phase 1 is complete.</summary>
    public void WantGroup(ImmutableArray<PrivateGroup> groups, DateTimeOffset now, List<IkeEffect> effects)
    {
        _wantedGroups.Enqueue(groups);
        if (IsReady)
        {
            StartWantedGroups(now, effects);
        }
    }

    public void ReceiveNewGroup(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if ((IsEstablished ? CheckPhase2Header(header) : NotEstablished with { Clause = "RFC 2409 section 5.6" }) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        if (!_newGroups.TryGetValue(header.MessageId, out var exchange))
        {
            if (CheckNewExchange(header, effects) is { } refused)
            {
                Discard(refused, datagram, effects);
                return;
            }

            exchange = new NewGroupExchange(header.MessageId, false, new ExpectOffer(), Phase2Iv(_phase1Iv, header.MessageId));
        }
        else if (exchange.LastReceived.Span.SequenceEqual(datagram.Span) && !exchange.IsInitiator && exchange.LastSent is { } answer)
        {
            SendAgain(answer, effects);
            return;
        }

        if (exchange.State.Expected is not { } expected)
        {
            Discard(new("RFC 2409 section 5.6", "this new group mode is complete"), datagram, effects);
            return;
        }

        if (Open(header, datagram, exchange.Iv, out var message, out var plain, out var nextIv) is { } unreadable)
        {
            RejectNewGroup(exchange, unreadable, message, datagram, now, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        var step = expected.CheckPayloads(message) is { } misfit
            ? NewGroupStep.Reject(exchange.State, misfit)
            : Offer(exchange, message, RestAfterHash(message, plain).Span);
        if (step.Rejection is { } rejection)
        {
            RejectNewGroup(exchange, rejection, message, datagram, now, effects);
            return;
        }

        _newGroups[exchange.MessageId] = exchange;
        _usedMessageIds.Add(exchange.MessageId);
        exchange.LastReceived = datagram;
        exchange.Iv = nextIv;
        Apply(exchange, step, expected.Message + 1, now, effects);
    }

    private NewGroupStep Offer(NewGroupExchange exchange, IsakmpMessage message, ReadOnlySpan<byte> rest)
    {
        var context = QuickModeContext(exchange.MessageId);
        return exchange.State switch
        {
            ExpectOffer s => NewGroupMode.OnOffer(s, message, rest, context),
            ExpectAnswer s => NewGroupMode.OnAnswer(s, message, rest, context),
            _ => throw new InvalidOperationException($"no message is expected in {exchange.State}"),
        };
    }

    private void StartWantedGroups(DateTimeOffset now, List<IkeEffect> effects)
    {
        while (_wantedGroups.TryDequeue(out var groups))
        {
            var messageId = _services.NewMessageId(_usedMessageIds);
            if (groups.FirstOrDefault(group => _services.Groups.IsOther(Peer, group)) is { } taken)
            {
                effects.Add(new ExchangeFailed(Description, ExchangeType.NewGroupMode, messageId, $"the number {taken.Number} belongs to another group"));
                continue;
            }

            var step = NewGroupMode.Start(groups);
            var exchange = new NewGroupExchange(messageId, true, step.Next, Phase2Iv(_phase1Iv, messageId));
            _newGroups.Add(messageId, exchange);
            _usedMessageIds.Add(messageId);
            Apply(exchange, step, 1, now, effects);
        }
    }

    private void Apply(NewGroupExchange exchange, NewGroupStep step, int number, DateTimeOffset now, List<IkeEffect> effects)
    {
        exchange.State = step.Next;
        exchange.Pending = null;
        if (step.Reply is { } reply)
        {
            var context = new OutboundMessage(ExchangeType.NewGroupMode, exchange.IsInitiator, number, exchange.MessageId);
            var plain = EncodeHashed(context, reply, rest => NewGroupMode.Hash(QuickModeContext(exchange.MessageId), rest), out var final);
            exchange.LastSent = SealAndSend(context, PayloadType.Hash, final, plain, exchange.Iv, out var nextIv, effects);
            exchange.Iv = nextIv;
            exchange.Pending = step.Next is Finished ? null : Await(exchange.LastSent, now);
        }

        if (step.Group is var (parameters, method))
        {
            _services.Groups.Add(Peer, parameters, method);
            effects.Add(new GroupNegotiated(Description, method));
        }

        if (step.Next is Finished)
        {
            exchange.ForgetAt = now + _services.Limits.Patience;
        }
    }

    private void OnNewGroupTime(DateTimeOffset now, List<IkeEffect> effects)
    {
        foreach (var exchange in _newGroups.Values.ToArray())
        {
            if (exchange.Pending is not null && exchange.Pending.Due <= now)
            {
                exchange.Pending = Repeat(exchange.Pending, now, effects);
                if (exchange.Pending is null)
                {
                    FailNewGroup(exchange, "no answer", effects);
                }
            }
            else if (exchange.ForgetAt <= now)
            {
                _newGroups.Remove(exchange.MessageId);
            }
        }
    }

    private void RejectNewGroup(
        NewGroupExchange exchange,
        Rejection rejection,
        IsakmpMessage message,
        ReadOnlyMemory<byte> datagram,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        Discard(rejection, datagram, effects);
        if (rejection.Notify is { } notify)
        {
            NotifyPhase2Error(notify, message, isAuthentic: rejection.IsFatal, datagram, now, effects);
        }

        if (rejection.IsFatal)
        {
            _usedMessageIds.Add(exchange.MessageId);
            FailNewGroup(exchange, rejection.Reason, effects);
        }
    }

    private void FailNewGroup(NewGroupExchange exchange, string reason, List<IkeEffect> effects)
    {
        _newGroups.Remove(exchange.MessageId);
        effects.Add(new ExchangeFailed(Description, ExchangeType.NewGroupMode, exchange.MessageId, reason));
    }

    /// <summary>
    /// An error that refuses our groups: it names no IPsec SA, and is one of those that RFC 2409 section 5.6 and RFC 2408
    /// section 5.4 give for it.
    /// </summary>
    private bool FailNotifiedNewGroup(NotificationPayload notification, string reason, List<IkeEffect> effects)
    {
        if (notification.ProtocolId is ProtocolId.Esp or ProtocolId.Ah
            || notification.NotifyType is not (NotifyType.AttributesNotSupported or NotifyType.NoProposalChosen or NotifyType.UnsupportedExchangeType
                or NotifyType.InvalidExchangeType)
            || _newGroups.Values.Where(n => n.State is ExpectAnswer).ToArray() is not [var only])
        {
            return false;
        }

        FailNewGroup(only, reason, effects);
        return true;
    }

    private void FailNewGroups(string reason, List<IkeEffect> effects)
    {
        foreach (var exchange in _newGroups.Values.Where(n => n.State.Expected is not null).ToArray())
        {
            FailNewGroup(exchange, reason, effects);
        }

        _newGroups.Clear();
    }
}
