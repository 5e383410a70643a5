// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.AggressiveMode;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Protection;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Phase 1 in either mode: RFC 2409 sections 5 to 5.4.</content>
internal sealed partial class IkeSa
{
    public void ReceivePhase1(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (_lastAccepted.Length > 0 && _lastAccepted.Span.SequenceEqual(datagram.Span))
        {
            AnswerDuplicate(datagram, now, effects);
            return;
        }

        if (_state.Expected is not { } expected)
        {
            Discard(new("RFC 2409 section 5", "phase 1 is complete"), datagram, effects);
            return;
        }

        if (CheckPhase1Header(header, expected) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        // Message 2 names the responder's cookie; until it is accepted the SA keeps none.
        var context = Phase1Context(now);
        context = IsInitiator ? context with { ResponderCookie = header.ResponderCookie } : context;
        if (Open(header, datagram, _phase1Iv, out var message, out _, out var nextIv) is { } unreadable)
        {
            RejectPhase1(Phase1Step.Reject(_state, unreadable), header, datagram, nextIv, now, effects);
            return;
        }

        var step = expected.CheckPayloads(message) is { } misfit
            ? Phase1Step.Reject(_state, misfit)
            : Offer(message, context);
        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        if (step.Rejection is null && CheckExtensions(expected.Message, step, context, message) is { } refused)
        {
            step.Next.SecurityOrNull?.Dispose();
            step.Next.PendingKeyExchange?.Dispose();
            step = Phase1Step.Reject(_state, refused);
        }

        if (step.Rejection is not null)
        {
            RejectPhase1(step, header, datagram, nextIv, now, effects);
            return;
        }

        Accept(step, expected, context, datagram, nextIv, now, effects);
        ReportNotifications(message, isAuthenticated: false, effects);
        if (IsEstablished)
        {
            _abandonAt = null;
            _repliesUntil = now + _services.Limits.Patience;
            effects.Add(new IkeSaEstablished(Description));
            ActOnInitialContact(message, expected, effects);
            RunAfterPhase1(now, effects);
        }
    }

    /// <summary>One of the steps between phase 1 and phase 2 is over: the next has its turn.</summary>
    public void EndAfterPhase1(IAfterPhase1 step, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (IsEstablished && _afterPhase1.TryPeek(out var running) && running == step)
        {
            _afterPhase1.Dequeue();
            RunAfterPhase1(now, effects);
        }
    }

    private void RunAfterPhase1(DateTimeOffset now, List<IkeEffect> effects)
    {
        while (IsEstablished && _afterPhase1.TryPeek(out var step))
        {
            if (!step.Begin(this, now, effects))
            {
                return;
            }

            _afterPhase1.Dequeue();
        }

        if (IsReady)
        {
            ActOnHeldInitialContact(effects);
            StartWantedChildren(now, effects);
        }
    }

    private Phase1MessageContext ExtensionContext(int number, Cookie responderCookie, Phase1Suite? suite) =>
        new(Policy, _mode, IsInitiator, number, InitiatorCookie, responderCookie, suite, _local, _remote);

    private Rejection? CheckExtensions(int number, Phase1Step step, Phase1Context context, IsakmpMessage message)
    {
        var extended = ExtensionContext(number, context.ResponderCookie, step.Next.SuiteOrNull) with { Policy = step.Policy ?? Policy };
        return _phase1Extensions.Select(extension => extension.Incoming(extended, message.Payloads)).FirstOrDefault(r => r is not null);
    }

    private static Rejection? CheckPhase1Header(IsakmpHeader header, Transition expected)
    {
        if (header.ExchangeType != expected.Exchange)
        {
            return new("RFC 2409 section 5", $"exchange type {header.ExchangeType} in the middle of {expected.Exchange}");
        }

        if (header.MessageId != 0)
        {
            return new("RFC 2408 section 3.1", "the message ID of a phase 1 message is not zero");
        }

        // Without this check a second message 1 with the cookie of the first could pass for message 3, and our own
        // message 1, sent back to us, for message 2.
        if (header.ResponderCookie.IsZero != (expected.Message == 1))
        {
            return new("RFC 2408 section 2.5.3", $"message {expected.Message} was expected; the responder cookie is zero in message 1 and only there");
        }

        var problem = header.IsEncrypted ? "encrypted where it must be clear" : "clear where it must be encrypted";
        return header.IsEncrypted == expected.IsEncrypted || (expected.MayBeClear && !header.IsEncrypted)
            ? null
            : new(expected.Clause, $"message {expected.Message} is {problem}");
    }

    private Phase1Step Offer(IsakmpMessage message, Phase1Context context) => _state switch
    {
        MainModeState.ExpectOffer s => MainModeResponder.OnOffer(s, message, context),
        MainModeState.ExpectOfferAnswer s => MainModeInitiator.OnOfferAnswer(s, message, context),
        MainModeState.ExpectKeyExchange s => MainModeResponder.OnKeyExchange(s, message, context),
        MainModeState.ExpectKeyExchangeAnswer s => MainModeInitiator.OnKeyExchangeAnswer(s, message, context),
        MainModeState.ExpectAuthentication s => MainModeResponder.OnAuthentication(s, message, context),
        MainModeState.ExpectAuthenticationAnswer s => MainModeInitiator.OnAuthenticationAnswer(s, message, context),
        AggressiveState.ExpectOffer s => AggressiveResponder.OnOffer(s, message, context),
        AggressiveState.ExpectAnswer s => AggressiveInitiator.OnAnswer(s, message, context),
        AggressiveState.ExpectProof s => AggressiveResponder.OnProof(s, message, context),
        _ => throw new InvalidOperationException($"no message is expected in {_state}"),
    };

    private void Accept(
        Phase1Step step,
        Transition expected,
        Phase1Context context,
        ReadOnlyMemory<byte> datagram,
        byte[] nextIv,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var hadKeys = _state.SecurityOrNull is not null;
        _state.PendingKeyExchange?.Dispose();
        ResponderCookie = context.ResponderCookie;
        Policy = step.Policy ?? Policy;
        _phase1Messages = expected.Message;
        _lastAccepted = datagram;
        _lastReply = null;
        _pending = null;
        _state = step.Next;
        if (_state.SecurityOrNull is { } security && !hadKeys)
        {
            _phase1Iv = security.FirstIv;
            effects.Add(new IkeSaKeyed(Description, security.Keys.EncryptionKey) { Skeyid = security.Keys.Skeyid, AuthenticationKey = security.Keys.SkeyidA });
        }
        else if (nextIv.Length > 0)
        {
            _phase1Iv = nextIv;
        }

        if (!step.Reply.IsEmpty)
        {
            SendPhase1(step.Reply, now, effects);
        }
    }

    private void SendPhase1(ImmutableArray<Payload> payloads, DateTimeOffset now, List<IkeEffect> effects)
    {
        _phase1Messages++;
        var context = new OutboundMessage(Exchange, IsInitiator, _phase1Messages, 0);
        var row = Phase1Transitions.For(_mode, _phase1Messages, (_state.SuiteOrNull ?? Policy.Phase1[0]).Authentication);
        if (row.Optional.Contains(PayloadType.VendorId))
        {
            var extended = ExtensionContext(_phase1Messages, ResponderCookie, _state.SuiteOrNull);
            payloads = payloads.AddRange(_phase1Extensions.SelectMany(extension => extension.Outgoing(extended)));
        }

        var plain = EncodePayloads(_services.Seams.OnPayloads(context, payloads), out var first, out var final);
        _lastReply = row.IsEncrypted
            ? SealAndSend(context, first, final, plain, _phase1Iv, out _phase1Iv, effects)
            : SendClear(context, ResponderCookie, first, final, plain, effects);

        // Only the initiator repeats unasked, and the responder when asked, by a duplicate: both doing both would let one
        // duplicated datagram echo for ever. But nobody asks for the last message of aggressive mode: the responder repeats what it
        // answers, and the initiator, which waits for nothing, answers each repetition and no more.
        _pending = _state.Expected is { } next && (IsInitiator || next.IsLast) ? Await(_lastReply, now) : null;
    }

    private void AnswerDuplicate(ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        // An initiator that waits for an answer repeats by itself.
        if (_lastReply is null || (IsInitiator && _pending is not null) || _repliesUntil <= now)
        {
            Discard(new("RFC 2408 section 5.1", "duplicate of a message already answered"), datagram, effects);
            return;
        }

        SendAgain(_lastReply, effects);
    }

    private void RejectPhase1(
        Phase1Step step,
        IsakmpHeader header,
        ReadOnlyMemory<byte> datagram,
        byte[] nextIv,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var rejection = step.Rejection!;
        Discard(rejection, datagram, effects);
        if (step.RejectedUnder is { } security)
        {
            RejectUnder(security, rejection, header, datagram, now, effects);
        }
        else if (rejection.Notify is { } notify)
        {
            NotifyPhase1Error(notify, header, datagram, nextIv, now, effects);
        }

        if (rejection.IsFatal)
        {
            GiveUp(rejection.Reason, effects);
        }
    }

    /// <summary>
    /// A message that brought keys and was rejected all the same: what is said about it is said under these keys (RFC 2408 section 5.14),
    /// and then they are forgotten, because the right message may still come.
    /// </summary>
    private void RejectUnder(
        Phase1Security security,
        Rejection rejection,
        IsakmpHeader header,
        ReadOnlyMemory<byte> datagram,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var before = (_state, _phase1Iv, ResponderCookie);
        (_state, _phase1Iv, ResponderCookie) = (new Phase1State.Refused(security), security.FirstIv, header.ResponderCookie);
        if (rejection.Notify is { } notify)
        {
            effects.Add(new IkeSaKeyed(Description, security.Keys.EncryptionKey) { Skeyid = security.Keys.Skeyid, AuthenticationKey = security.Keys.SkeyidA });
            NotifyPhase1Error(notify, header, datagram, [], now, effects);
        }

        (_state, _phase1Iv, ResponderCookie) = before;
        security.Dispose();
    }

    /// <summary>
    /// Before there are keys an error is told in clear, with keys under their protection (RFC 2408 section 4.8). It may
    /// be told or not (RFC 2408 section 5): never with more bytes than came, and never without end, because the address it
    /// goes to may be forged.
    /// </summary>
    private void NotifyPhase1Error(
        NotifyType notify,
        IsakmpHeader header,
        ReadOnlyMemory<byte> datagram,
        byte[] nextIv,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var notification = Notification(notify);
        var hasKeys = _state.SecurityOrNull is not null;
        if (InformationalSize(notification, hasKeys) > datagram.Length || !_services.StrangersBudget.TryTake(now))
        {
            return;
        }

        if (!hasKeys)
        {
            SendClearNotification(notification, header, effects);
        }
        else
        {
            // The last phase 1 block (RFC 2409 appendix B) that both sides have is that of the message complained of.
            SendInformational(notification, nextIv.Length > 0 ? nextIv : _phase1Iv, effects);
        }
    }
}
