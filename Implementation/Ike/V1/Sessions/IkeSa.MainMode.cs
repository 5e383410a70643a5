// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.MainMode.MainModeState;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Phase 1: RFC 2409 section 5.4.</content>
internal sealed partial class IkeSa
{
    private const int FirstEncryptedMessage = 5;

    public void ReceiveMainMode(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (_lastAccepted.Length > 0 && _lastAccepted.Span.SequenceEqual(datagram.Span))
        {
            AnswerDuplicate(datagram, now, effects);
            return;
        }

        if (_state.Expected is not { } expected)
        {
            Discard(new("RFC 2409 section 5.4", "main mode is complete"), datagram, effects);
            return;
        }

        if (CheckPhase1Header(header, expected) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        // Message 2 names the responder's cookie; until it is accepted the SA keeps none.
        var context = IsInitiator ? MainModeContext with { ResponderCookie = header.ResponderCookie } : MainModeContext;
        if (Open(header, datagram, _phase1Iv, out var message, out _, out var nextIv) is { } unreadable)
        {
            RejectPhase1(unreadable, header, datagram, nextIv, now, effects);
            return;
        }

        var step = expected.CheckPayloads(message) is { } misfit
            ? MainModeStep.Reject(_state, misfit)
            : Offer(message, context);
        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        if (step.Rejection is { } rejection)
        {
            RejectPhase1(rejection, header, datagram, nextIv, now, effects);
            return;
        }

        Accept(step, expected, context, datagram, nextIv, now, effects);
        ReportNotifications(message, isAuthenticated: false, effects);
        if (IsEstablished)
        {
            _abandonAt = null;
            _repliesUntil = now + _services.Limits.Patience;
            effects.Add(new IkeSaEstablished(Description));
            StartWantedChildren(now, effects);
        }
    }

    private static Rejection? CheckPhase1Header(IsakmpHeader header, Transition expected)
    {
        if (header.MessageId != 0)
        {
            return new("RFC 2408 section 3.1", "the message ID of a phase 1 message is not zero");
        }

        // Without this check a second message 1 with the cookie of the first could pass for message 3, and our own
        // message 1, sent back to us, for message 2.
        if (header.ResponderCookie.IsZero != (expected == Transitions.Offer))
        {
            return new("RFC 2408 section 2.5.3", $"message {expected.Message} was expected; the responder cookie is zero in message 1 and only there");
        }

        var problem = header.IsEncrypted ? "encrypted where it must be clear" : "clear where it must be encrypted";
        return header.IsEncrypted == expected.IsEncrypted ? null : new(expected.Clause, $"message {expected.Message} is {problem}");
    }

    private MainModeStep Offer(IsakmpMessage message, MainModeContext context) => _state switch
    {
        ExpectOffer s => MainModeResponder.OnOffer(s, message, context),
        ExpectOfferAnswer s => MainModeInitiator.OnOfferAnswer(s, message, context),
        ExpectKeyExchange s => MainModeResponder.OnKeyExchange(s, message, context),
        ExpectKeyExchangeAnswer s => MainModeInitiator.OnKeyExchangeAnswer(s, message, context),
        ExpectAuthentication s => MainModeResponder.OnAuthentication(s, message, context),
        ExpectAuthenticationAnswer s => MainModeInitiator.OnAuthenticationAnswer(s, message, context),
        _ => throw new InvalidOperationException($"no message is expected in {_state}"),
    };

    private void Accept(
        MainModeStep step,
        Transition expected,
        MainModeContext context,
        ReadOnlyMemory<byte> datagram,
        byte[] nextIv,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var hadKeys = _state.SecurityOrNull is not null;
        _state.PendingKeyExchange?.Dispose();
        ResponderCookie = context.ResponderCookie;
        _phase1Messages = expected.Message;
        _lastAccepted = datagram;
        _pending = null;
        _state = step.Next;
        if (_state.SecurityOrNull is { } security && !hadKeys)
        {
            _phase1Iv = security.FirstIv;
            effects.Add(new IkeSaKeyed(Description, security.Keys.EncryptionKey));
        }
        else if (expected.IsEncrypted)
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
        var context = new OutboundMessage(ExchangeType.IdentityProtection, IsInitiator, _phase1Messages, 0);
        var encrypted = _phase1Messages >= FirstEncryptedMessage;
        var plain = EncodePayloads(_services.Seams.OnPayloads(context, payloads), out var first, out var final);
        _lastReply = encrypted
            ? SealAndSend(context, first, final, plain, _phase1Iv, out _phase1Iv, effects)
            : SendClear(context, ResponderCookie, first, final, plain, effects);

        // Only the initiator repeats unasked; the responder repeats when asked, by a duplicate. Both doing both would
        // let one duplicated datagram echo for ever.
        _pending = IsInitiator ? Await(_lastReply, now) : null;
    }

    private void AnswerDuplicate(ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (IsInitiator || _lastReply is null || _repliesUntil <= now)
        {
            Discard(new("RFC 2408 section 5.1", "duplicate of a message already answered"), datagram, effects);
            return;
        }

        SendAgain(_lastReply, effects);
    }

    private void RejectPhase1(
        Rejection rejection,
        IsakmpHeader header,
        ReadOnlyMemory<byte> datagram,
        byte[] nextIv,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        Discard(rejection, datagram, effects);
        if (rejection.Notify is { } notify)
        {
            NotifyPhase1Error(notify, header, datagram, nextIv, now, effects);
        }

        if (rejection.IsFatal)
        {
            GiveUp(rejection.Reason, effects);
        }
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
