// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
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
        if ((IsEstablished ? CheckPhase2Header(header) : NotEstablished) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        if (!_quickModes.TryGetValue(header.MessageId, out var quick))
        {
            if (CheckNewExchange(header, effects) is { } refused)
            {
                Discard(refused, datagram, effects);
                return;
            }

            // Not remembered before its HASH has been found right: anyone can send a header.
            quick = new QuickModeExchange(header.MessageId, false, new ExpectOffer(), Phase2Iv(_phase1Iv, header.MessageId));
        }
        else if (quick.LastReceived.Span.SequenceEqual(datagram.Span))
        {
            AnswerQuickModeDuplicate(quick, datagram, effects);
            return;
        }

        if (quick.State.Expected is not { Exchange: ExchangeType.QuickMode } expected)
        {
            Discard(new("RFC 2409 section 5.5", "this quick mode is complete"), datagram, effects);
            return;
        }

        if (Open(header, datagram, quick.Iv, out var message, out var plain, out var nextIv) is { } unreadable)
        {
            RejectQuickMode(quick, unreadable, message, datagram, now, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        var peerCommits = quick.PeerSetsCommit || header.Flags.HasFlag(IsakmpFlags.Commit);
        var step = expected.CheckPayloads(message) is { } misfit
            ? QuickModeStep.Reject(quick.State, misfit)
            : Offer(quick, message, RestAfterHash(message, plain), peerCommits && !quick.SetsCommit);
        if (step.Rejection is { } rejection)
        {
            RejectQuickMode(quick, rejection, message, datagram, now, effects);
            return;
        }

        _quickModes[quick.MessageId] = quick;
        _usedMessageIds.Add(quick.MessageId);
        quick.State.PendingKeyExchange?.Dispose();
        quick.LastReceived = datagram;
        quick.Iv = nextIv;
        quick.Pending = null;
        quick.PeerSetsCommit = peerCommits;
        quick.SetsCommit |= step.Next is ExpectProof proof && Child(proof.Pairs[0].Child).SetCommitBit;
        Apply(quick, step, expected.Message + 1, now, effects);

        // HASH(1) and HASH(2) cover all that follows them, HASH(3) does not.
        ReportNotifications(message, isAuthenticated: expected != Transitions.QuickModeProof, effects);
    }

    private static ReadOnlyMemory<byte> RestAfterHash(IsakmpMessage message, ReadOnlyMemory<byte> plain) =>
        plain[message.Payloads[0].Raw.Length..];

    private static Rejection NotEstablished { get; } = new("RFC 2409 section 5.5", "there is no established IKE SA to protect it");

    private static Rejection? CheckPhase2Header(IsakmpHeader header) => header switch
    {
        { IsEncrypted: false } => new("RFC 2409 section 5.5", "a message under the IKE SA is not encrypted"),
        { MessageId: 0 } => new("RFC 2408 section 3.1", "the message ID of a phase 2 message is zero"),
        _ => null,
    };

    /// <summary>Whether the peer may start an exchange: its message ID is new, and there is room for it.</summary>
    private Rejection? CheckNewExchange(IsakmpHeader header, List<IkeEffect> effects)
    {
        if (_usedMessageIds.Contains(header.MessageId))
        {
            return new("RFC 2409 section 5.7", "the message ID belongs to an exchange that is over: a duplicate");
        }

        var remembered = _quickModes.Count + _newGroups.Count;
        if (header.ExchangeType != ExchangeType.Informational && remembered >= _services.Limits.QuickModes)
        {
            return new("RFC 2408 section 1.7.1", $"{remembered} exchanges are under way or remembered");
        }

        if (_usedMessageIds.Count < _services.Limits.MessageIds)
        {
            return null;
        }

        // To forget old message IDs would let old messages be replayed; a new IKE SA has new keys.
        const string Reason = "its message IDs are used up";
        if (IsEstablished)
        {
            SendDelete(effects);
        }

        Close(Reason, effects);
        return new("RFC 2409 section 5.7", Reason);
    }

    private byte[] Phase2Iv(byte[] lastPhase1Block, uint messageId) => Security.Phase2Iv(lastPhase1Block, messageId);

    private QuickModeContext QuickModeContext(uint messageId) =>
        new(AssignedPolicy, Peer, Description, Security, messageId, _services.Children, _services.Groups, NatSituation, _services.Random);

    private QuickModeStep Offer(QuickModeExchange quick, IsakmpMessage message, ReadOnlyMemory<byte> rest, bool awaitsConnected)
    {
        var context = QuickModeContext(quick.MessageId);
        return quick.State switch
        {
            ExpectOffer s => QuickModeResponder.OnOffer(s, message, rest.Span, _services.Children.NewSpis(_services.Random), context),
            ExpectAnswer s => QuickModeInitiator.OnAnswer(s, message, rest.Span, context, awaitsConnected),
            ExpectProof s => QuickModeResponder.OnProof(s, message, context, awaitsConnected),
            _ => throw new InvalidOperationException($"no message is expected in {quick.State}"),
        };
    }

    private void Apply(QuickModeExchange quick, QuickModeStep step, int number, DateTimeOffset now, List<IkeEffect> effects)
    {
        Prepare(quick.State.Prepared, step.Next.Prepared, effects);
        quick.State = step.Next;
        if (step.Reply is { } reply)
        {
            var context = new OutboundMessage(ExchangeType.QuickMode, quick.IsInitiator, number, quick.MessageId);
            var plain = EncodeHashed(context, reply, step.Hash!, out var final);
            quick.LastSent = SealAndSend(context, PayloadType.Hash, final, plain, quick.Iv, out var nextIv, effects);
            quick.Iv = nextIv;
        }

        // Messages 1 and 2 wait for an answer. Message 2 is repeated unasked, because a lost message 3 is never noticed by
        // the side that sent it. Who waits for CONNECTED repeats his last message too: it asks for what was lost (RFC 2408
        // section 3.1).
        quick.Pending = step.Next is Finished || quick.LastSent is null ? null : Await(quick.LastSent, now);
        if (!step.Install.IsEmpty)
        {
            Install(quick, step.Install, now, effects);
        }

        if (step.Next is Finished)
        {
            quick.ForgetAt = now + _services.Limits.Patience;
        }
    }

    /// <summary>What the peer may send on from now on must be ready before it is told so.</summary>
    private void Prepare(ImmutableArray<ChildSaPair> before, ImmutableArray<ChildSaPair> after, List<IkeEffect> effects)
    {
        if (before.IsEmpty)
        {
            _services.Children.Prepare(after);
            effects.AddRange(after.Select(pair => new InstallInboundSa(pair)));
        }
    }

    private void AnswerQuickModeDuplicate(QuickModeExchange quick, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        // Message 1 again: message 2 was lost. Message 2 again: message 3 was lost, or the CONNECTED behind it. Message 3
        // again: nothing is missing but perhaps our CONNECTED.
        var repeatsLast = quick.IsInitiator || quick.State is ExpectProof;
        if (repeatsLast && quick.LastSent is not null)
        {
            SendAgain(quick.LastSent, effects);
        }

        if (quick.Connected is not null)
        {
            SendAgain(quick.Connected, effects);
        }
        else if (!repeatsLast || quick.LastSent is null)
        {
            Discard(new("RFC 2408 section 5.1", "duplicate of a message already accepted"), datagram, effects);
        }
    }

    private void OnQuickModeTime(QuickModeExchange quick, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (quick.Pending is not null && quick.Pending.Due <= now)
        {
            quick.Pending = Repeat(quick.Pending, now, effects);
            if (quick.Pending is null)
            {
                // The peer may believe them complete: then it learns here that they are not.
                SendDelete(quick.State.Prepared, effects);
                FailQuickMode(quick, quick.State is ExpectConnected ? "no CONNECTED" : "no answer", effects);
            }
        }
        else if (quick.ForgetAt <= now)
        {
            _quickModes.Remove(quick.MessageId);
        }
    }

    private void FailQuickMode(QuickModeExchange quick, string reason, List<IkeEffect> effects)
    {
        quick.State.PendingKeyExchange?.Dispose();
        _quickModes.Remove(quick.MessageId);
        _services.Children.Forget(quick.State.Prepared);
        effects.AddRange(quick.State.Prepared.Select(pair => new RemoveChildSa(pair, reason)));
        effects.Add(new ExchangeFailed(Description, ExchangeType.QuickMode, quick.MessageId, reason));
    }

    private void RejectQuickMode(
        QuickModeExchange quick,
        Rejection rejection,
        IsakmpMessage message,
        ReadOnlyMemory<byte> datagram,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        Discard(rejection, datagram, effects);
        if (rejection.Notify is { } notify)
        {
            // Only what the peer itself got wrong ends the exchange: then its HASH was right.
            NotifyPhase2Error(notify, message, isAuthentic: rejection.IsFatal, datagram, now, effects);
        }

        if (rejection.IsFatal)
        {
            _usedMessageIds.Add(quick.MessageId);
            FailQuickMode(quick, rejection.Reason, effects);
        }
    }
}
