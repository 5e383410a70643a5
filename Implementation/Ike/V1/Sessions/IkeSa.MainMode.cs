// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.MainMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.MainMode.MainModeState;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Phase 1: RFC 2409 section 5.4.</content>
internal sealed partial class IkeSa
{
    public void ReceiveMainMode(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (lastAccepted.Length > 0 && lastAccepted.Span.SequenceEqual(datagram.Span))
        {
            AnswerDuplicate(datagram, effects);
            return;
        }

        if (state.Expected is not { } expected)
        {
            Discard(new("RFC 2409 section 5.4", "main mode is complete"), datagram, effects);
            return;
        }

        if (header.MessageId != 0)
        {
            Discard(new("RFC 2408 section 3.1", "the message ID of a phase 1 message is not zero"), datagram, effects);
            return;
        }

        if (header.IsEncrypted != expected.IsEncrypted)
        {
            var problem = expected.IsEncrypted ? "clear where it must be encrypted" : "encrypted where it must be clear";
            Discard(new(expected.Clause, $"message {expected.Message} is {problem}"), datagram, effects);
            return;
        }

        // Message 2 names the responder's cookie; until it is accepted the SA keeps none.
        var context = MainModeContext with { ResponderCookie = header.ResponderCookie };
        if (!IsInitiator && expected == Transitions.Offer)
        {
            context = MainModeContext;
        }

        if (Open(header, datagram, phase1Iv, out var message, out _, out var nextIv) is { } unreadable)
        {
            RejectPhase1(unreadable, datagram, effects);
            return;
        }

        var step = expected.CheckPayloads(message) is { } misfit
            ? MainModeStep.Reject(state, misfit)
            : Offer(message, context);
        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        if (step.Rejection is { } rejection)
        {
            RejectPhase1(rejection, datagram, effects);
            return;
        }

        Accept(step, expected, context, datagram, nextIv, now, effects);
    }

    private MainModeStep Offer(IsakmpMessage message, MainModeContext context) => state switch
    {
        ExpectOffer s => MainModeResponder.OnOffer(s, message, context),
        ExpectOfferAnswer s => MainModeInitiator.OnOfferAnswer(s, message, context),
        ExpectKeyExchange s => MainModeResponder.OnKeyExchange(s, message, context),
        ExpectKeyExchangeAnswer s => MainModeInitiator.OnKeyExchangeAnswer(s, message, context),
        ExpectAuthentication s => MainModeResponder.OnAuthentication(s, message, context),
        ExpectAuthenticationAnswer s => MainModeInitiator.OnAuthenticationAnswer(s, message, context),
        _ => throw new InvalidOperationException($"no message is expected in {state}"),
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
        var hadKeys = state.SecurityOrNull is not null;
        ResponderCookie = context.ResponderCookie;
        phase1Messages = expected.Message;
        lastAccepted = datagram;
        pending = null;
        state = step.Next;
        if (state.SecurityOrNull is { } security && !hadKeys)
        {
            phase1Iv = security.FirstIv;
            effects.Add(new IkeSaKeyed(Description, security.Keys.EncryptionKey));
        }
        else if (expected.IsEncrypted)
        {
            phase1Iv = nextIv;
        }

        if (!step.Reply.IsEmpty)
        {
            SendPhase1(step.Reply, now, effects);
        }

        if (IsEstablished)
        {
            abandonAt = null;
            effects.Add(new IkeSaEstablished(Description));
            StartWantedChildren(now, effects);
        }
    }

    private void SendPhase1(System.Collections.Immutable.ImmutableArray<Payload> payloads, DateTimeOffset now, List<IkeEffect> effects)
    {
        phase1Messages++;
        var context = new OutboundMessage(ExchangeType.IdentityProtection, IsInitiator, phase1Messages, 0);
        var encrypted = phase1Messages >= 5;
        var plain = EncodePayloads(services.Seams.OnPayloads(context, payloads), out var first, out var final);
        lastReply = encrypted
            ? SealAndSend(context, first, final, plain, phase1Iv, out phase1Iv, effects)
            : SendClear(context, first, final, plain, effects);

        // Only the initiator repeats unasked; the responder repeats when asked, by a duplicate. Both doing both would
        // let one duplicated datagram echo for ever.
        pending = IsInitiator ? Await(lastReply, now) : null;
    }

    private void AnswerDuplicate(ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        if (IsInitiator || lastReply is null)
        {
            Discard(new("RFC 2408 section 5.1", "duplicate of a message already answered"), datagram, effects);
            return;
        }

        SendAgain(lastReply, effects);
    }

    private void RejectPhase1(Rejection rejection, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        Discard(rejection, datagram, effects);
        if (rejection.Notify is { } notify)
        {
            SendClearNotification(notify, effects);
        }

        if (rejection.IsFatal)
        {
            GiveUp(rejection.Reason, effects);
        }
    }
}
