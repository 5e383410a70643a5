// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.QuickMode.QuickModeState;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Quick mode under this IKE SA: RFC 2409 section 5.5.</content>
internal sealed partial class IkeSa
{
    public void ReceiveQuickMode(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (CheckPhase2Header(header) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        if (!quickModes.TryGetValue(header.MessageId, out var quick))
        {
            if (seenMessageIds.Contains(header.MessageId))
            {
                Discard(new("RFC 2409 section 5.5", "the message ID belongs to an exchange that is over"), datagram, effects);
                return;
            }

            // Not remembered before its HASH has been found right: anyone can send a header.
            quick = new QuickModeExchange(header.MessageId, false, new ExpectOffer(), Phase2Iv(header.MessageId));
        }
        else if (quick.LastReceived.Span.SequenceEqual(datagram.Span))
        {
            AnswerQuickModeDuplicate(quick, datagram, effects);
            return;
        }

        if (quick.State.Expected is not { } expected)
        {
            Discard(new("RFC 2409 section 5.5", "this quick mode is complete"), datagram, effects);
            return;
        }

        if (Open(header, datagram, quick.Iv, out var message, out var plain, out var nextIv) is { } unreadable)
        {
            RejectQuickMode(quick, unreadable, datagram, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        var step = CheckHashFirst(message, expected) is { } misfit
            ? QuickModeStep.Reject(quick.State, misfit)
            : Offer(quick, message, RestAfterHash(message, plain));
        if (step.Rejection is { } rejection)
        {
            RejectQuickMode(quick, rejection, datagram, effects);
            return;
        }

        quickModes[quick.MessageId] = quick;
        seenMessageIds.Add(quick.MessageId);
        quick.LastReceived = datagram;
        quick.Iv = nextIv;
        quick.Pending = null;
        Apply(quick, step, expected.Message + 1, now, effects);
    }

    private static Rejection? CheckHashFirst(IsakmpMessage message, Transition expected) =>
        expected.CheckPayloads(message) ?? (message.Payloads[0] is HashPayload
            ? null
            : new Rejection(expected.Clause, "HASH is not the first payload", NotifyType.PayloadMalformed));

    private static ReadOnlyMemory<byte> RestAfterHash(IsakmpMessage message, ReadOnlyMemory<byte> plain) =>
        plain[message.Payloads[0].Raw.Length..];

    private Rejection? CheckPhase2Header(IsakmpHeader header)
    {
        if (!IsEstablished)
        {
            return new("RFC 2409 section 5.5", "there is no established IKE SA to protect it");
        }

        return header switch
        {
            { IsEncrypted: false } => new("RFC 2409 section 5.5", "a message under the IKE SA is not encrypted"),
            { MessageId: 0 } => new("RFC 2408 section 3.1", "the message ID of a phase 2 message is zero"),
            _ => null,
        };
    }

    private byte[] Phase2Iv(uint messageId) => Security.Phase2Iv(phase1Iv, messageId);

    private QuickModeContext QuickModeContext(uint messageId) => new(Policy, Description, Security, messageId, services.Random);

    private QuickModeStep Offer(QuickModeExchange quick, IsakmpMessage message, ReadOnlyMemory<byte> rest)
    {
        var context = QuickModeContext(quick.MessageId);
        return quick.State switch
        {
            ExpectOffer s => QuickModeResponder.OnOffer(s, message, rest.Span, services.Children.NewSpi(services.Random), context),
            ExpectAnswer s => QuickModeInitiator.OnAnswer(s, message, rest.Span, context),
            ExpectProof s => QuickModeResponder.OnProof(s, message, context),
            _ => throw new InvalidOperationException($"no message is expected in {quick.State}"),
        };
    }

    private void StartWantedChildren(DateTimeOffset now, List<IkeEffect> effects)
    {
        while (wantedChildren.TryDequeue(out var name))
        {
            var child = Policy.Children.First(c => c.Name == name);
            var messageId = services.NewMessageId();
            var step = QuickModeInitiator.Start(child, services.Children.NewSpi(services.Random), QuickModeContext(messageId));
            var quick = new QuickModeExchange(messageId, true, step.Next, Phase2Iv(messageId));
            quickModes.Add(messageId, quick);
            seenMessageIds.Add(messageId);
            Apply(quick, step, 1, now, effects);
        }
    }

    private void Apply(QuickModeExchange quick, QuickModeStep step, int number, DateTimeOffset now, List<IkeEffect> effects)
    {
        quick.State = step.Next;
        if (step.Reply is { } reply)
        {
            var context = new OutboundMessage(ExchangeType.QuickMode, quick.IsInitiator, number, quick.MessageId);
            var plain = EncodeHashed(context, reply, step.Hash!, out var final);
            quick.LastSent = SealAndSend(context, PayloadType.Hash, final, plain, quick.Iv, out var nextIv, effects);
            quick.Iv = nextIv;

            // Messages 1 and 2 wait for an answer. Message 2 is repeated unasked, because a lost message 3 is never
            // noticed by the side that sent it.
            quick.Pending = step.Next is Finished ? null : Await(quick.LastSent, now);
        }

        if (step.Install is { } pair)
        {
            services.Children.Add(pair);
            effects.Add(new InstallChildSa(pair));
        }

        if (step.Next is Finished)
        {
            quick.ForgetAt = now + Patience;
        }
    }

    private void AnswerQuickModeDuplicate(QuickModeExchange quick, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        // Message 1 again: message 2 was lost. Message 2 again: message 3 was lost. Message 3 again: nothing is missing.
        if (quick.LastSent is null || (!quick.IsInitiator && quick.State is Finished))
        {
            Discard(new("RFC 2408 section 5.1", "duplicate of a message already accepted"), datagram, effects);
            return;
        }

        SendAgain(quick.LastSent, effects);
    }

    private void OnQuickModeTime(QuickModeExchange quick, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (quick.Pending is not null && quick.Pending.Due <= now)
        {
            quick.Pending = Repeat(quick.Pending, now, effects);
            if (quick.Pending is null)
            {
                FailQuickMode(quick, "no answer", effects);
            }
        }
        else if (quick.ForgetAt <= now)
        {
            quickModes.Remove(quick.MessageId);
        }
    }

    private void FailQuickMode(QuickModeExchange quick, string reason, List<IkeEffect> effects)
    {
        quickModes.Remove(quick.MessageId);
        effects.Add(new ExchangeFailed(Description, ExchangeType.QuickMode, quick.MessageId, reason));
    }

    private void RejectQuickMode(QuickModeExchange quick, Rejection rejection, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        Discard(rejection, datagram, effects);
        if (rejection.Notify is { } notify)
        {
            SendNotification(notify, effects);
        }

        if (rejection.IsFatal)
        {
            seenMessageIds.Add(quick.MessageId);
            FailQuickMode(quick, rejection.Reason, effects);
        }
    }
}
