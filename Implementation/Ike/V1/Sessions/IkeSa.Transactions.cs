// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Ike.V1.Transactions;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.Transactions.TransactionState;

namespace Ipsec.Ike.V1.Sessions;

/// <content>
/// Transaction exchanges under this IKE SA (draft-dukes-ike-mode-cfg-02 section 3). They are always protected; a message
/// that is not in order is discarded in silence, as the drafts want.
/// </content>
internal sealed partial class IkeSa
{
    private const string TransactionClause = "draft-dukes-ike-mode-cfg-02 section 3.1.1";

    private readonly Dictionary<uint, TransactionExchange> _transactions = [];

    public void ReceiveTransaction(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if ((IsEstablished ? CheckPhase2Header(header) : new(TransactionClause, "there is no established IKE SA to protect it")) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        if (!_transactions.TryGetValue(header.MessageId, out var transaction))
        {
            if (CheckNewTransaction(header, effects) is { } refused)
            {
                Discard(refused, datagram, effects);
                return;
            }

            // Not remembered before its HASH has been found right: anyone can send a header.
            transaction = new(header.MessageId, false, new ExpectRequest(), Phase2Iv(_phase1Iv, header.MessageId));
        }
        else if (transaction.LastReceived.Span.SequenceEqual(datagram.Span))
        {
            AnswerTransactionDuplicate(transaction, datagram, effects);
            return;
        }

        if (transaction.State.Expected is not { } expected)
        {
            Discard(new(TransactionClause, "this transaction exchange is complete"), datagram, effects);
            return;
        }

        if (Open(header, datagram, transaction.Iv, out var message, out var plain, out var nextIv) is { } unreadable)
        {
            Discard(unreadable, datagram, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        if ((expected.CheckPayloads(message) ?? CheckTransactionHash(header, message, plain)) is { } misfit)
        {
            Discard(misfit, datagram, effects);
            return;
        }

        var attributes = message.Find<AttributesPayload>()!;
        var malformed = attributes.Reserved2 == 0
            ? ConfigurationFormat.Check(attributes)
            : new("draft-dukes-ike-mode-cfg-02 section 3.2", $"RESERVED is {attributes.Reserved2}");
        if ((malformed ?? Proceed(transaction, attributes, new(datagram, nextIv), now, effects)) is { } rejection)
        {
            Discard(rejection, datagram, effects);
        }
    }

    private readonly record struct Accepted(ReadOnlyMemory<byte> Datagram, byte[] NextIv);

    private Rejection? CheckNewTransaction(IsakmpHeader header, List<IkeEffect> effects) =>
        CheckNewExchange(header, effects)
        ?? (_transactions.Count >= _services.Limits.Transactions
            ? new("RFC 2408 section 1.7.1", $"{_transactions.Count} transaction exchanges are under way or remembered")
            : null);

    private Rejection? CheckTransactionHash(IsakmpHeader header, IsakmpMessage message, ReadOnlyMemory<byte> plain)
    {
        var expected = TransactionHash(header.MessageId, RestAfterHash(message, plain).Span);
        return QuickModeValues.HashMatches(message, expected) ? null : QuickModeValues.BadHash with { Clause = TransactionClause };
    }

    /// <summary>HASH = prf(SKEYID_a, M-ID | ATTR), in both directions.</summary>
    private byte[] TransactionHash(uint messageId, ReadOnlySpan<byte> rest) =>
        KeySchedule.Hash1(Security.Suite.Hash, Security.Keys.SkeyidA, messageId, rest);

    private Rejection? Proceed(
        TransactionExchange transaction,
        AttributesPayload attributes,
        Accepted accepted,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        if (transaction.State is ExpectAnswer waiting)
        {
            // The IV moves and the waiting ends only with an answer that is acceptable.
            var (state, pending) = (transaction.State, transaction.Pending);
            Remember(transaction, accepted, now);
            var refused = waiting.Check(attributes) ?? waiting.Answered(attributes, now, effects);
            if (refused is not null)
            {
                (transaction.State, transaction.Pending, transaction.ForgetAt, transaction.LastReceived) = (state, pending, null, default);
            }

            return refused;
        }

        var answer = ExpectRequest.Check(attributes) is { } unknown ? TransactionAnswer.Reject(unknown) : Answer(attributes);
        if (answer.Rejection is not null)
        {
            return answer.Rejection;
        }

        Remember(transaction, accepted, now);
        transaction.Iv = accepted.NextIv;
        _transactions[transaction.MessageId] = transaction;
        _usedMessageIds.Add(transaction.MessageId);
        SendTransaction(transaction, answer.Reply!, 2, effects);
        answer.Then?.Invoke(now, effects);
        return null;
    }

    private void Remember(TransactionExchange transaction, Accepted accepted, DateTimeOffset now)
    {
        transaction.LastReceived = accepted.Datagram;
        transaction.State = new Finished();
        transaction.Pending = null;
        transaction.ForgetAt = now + _services.Limits.Patience;
    }

    /// <summary>Extended authentication comes before everything else (draft-beaulieu-ike-xauth-02 section 6).</summary>
    private TransactionAnswer Answer(AttributesPayload attributes)
    {
        if (XauthAttributes.AnyIn(attributes))
        {
            return AnswerXauth(attributes);
        }

        return IsXauthOver
            ? AnswerConfiguration(attributes)
            : TransactionAnswer.Reject(new("draft-beaulieu-ike-xauth-02 section 6", "extended authentication comes first"));
    }

    private void StartTransaction(
        AttributesPayload attributes,
        OnTransactionAnswer answered,
        OnTransactionFailure failed,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var messageId = _services.NewMessageId(_usedMessageIds);
        _usedMessageIds.Add(messageId);
        var transaction = new TransactionExchange(messageId, true, new ExpectAnswer(attributes, answered, failed), Phase2Iv(_phase1Iv, messageId));
        _transactions.Add(messageId, transaction);
        SendTransaction(transaction, attributes, 1, effects);
        transaction.Pending = Await(transaction.LastSent!, now);
    }

    private void SendTransaction(TransactionExchange transaction, AttributesPayload attributes, int number, List<IkeEffect> effects)
    {
        var context = new OutboundMessage(ExchangeType.Transaction, transaction.IsInitiator, number, transaction.MessageId);
        var plain = EncodeHashed(context, [attributes], rest => TransactionHash(transaction.MessageId, rest), out var final);
        transaction.LastSent = SealAndSend(context, PayloadType.Hash, final, plain, transaction.Iv, out var nextIv, effects);
        transaction.Iv = nextIv;
    }

    private void AnswerTransactionDuplicate(TransactionExchange transaction, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        // Only the peer's first message is repeated because something is missing: our answer.
        if (transaction.IsInitiator || transaction.LastSent is null)
        {
            Discard(new("RFC 2408 section 5.1", "duplicate of a message already accepted"), datagram, effects);
            return;
        }

        SendAgain(transaction.LastSent, effects);
    }

    private void OnTransactionTime(TransactionExchange transaction, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (transaction.Pending is { } pending && pending.Due <= now)
        {
            transaction.Pending = Repeat(pending, now, effects);
            if (transaction.Pending is null && transaction.State is ExpectAnswer waiting)
            {
                _transactions.Remove(transaction.MessageId);
                effects.Add(new ExchangeFailed(Description, ExchangeType.Transaction, transaction.MessageId, "no answer"));
                waiting.Failed("no answer", now, effects);
            }
        }
        else if (transaction.ForgetAt <= now)
        {
            _transactions.Remove(transaction.MessageId);
        }
    }

    private ushort NewIdentifier()
    {
        if (Policy.Xauth is { HasIdentifiers: false })
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        _services.Random.Fill(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }
}
