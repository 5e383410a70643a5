// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>What is told to the peer in informational exchanges: RFC 2408 sections 3.14, 4.8 and 5.14, RFC 2409 section 5.7.</content>
internal sealed partial class IkeSa
{
    /// <summary>
    /// An error about the IKE SA or about a message that could not be attributed. The SPI of an ISAKMP SA are the cookies
    /// in the header; the field may be empty (RFC 2408 section 3.14), which keeps the answer to a stranger short.
    /// </summary>
    private static NotificationPayload Notification(NotifyType type) =>
        new(Phase1Negotiation.IpsecDoi, ProtocolId.Isakmp, ReadOnlyMemory<byte>.Empty, type, ReadOnlyMemory<byte>.Empty);

    /// <summary>An error about a quick mode: names the SPI that its receiver chose, so that it knows which one is meant (RFC 2408 section 3.14).</summary>
    private static NotificationPayload Notification(NotifyType type, IsakmpMessage about)
    {
        var proposal = about.Find<SaPayload>()?.Proposals
            .FirstOrDefault(p => p.ProtocolId is ProtocolId.Esp or ProtocolId.Ah && p.Spi.Length == sizeof(uint));
        return proposal is null
            ? Notification(type)
            : new(Phase1Negotiation.IpsecDoi, proposal.ProtocolId, proposal.Spi, type, ReadOnlyMemory<byte>.Empty);
    }

    private void NotifyPhase2Error(
        NotifyType type,
        IsakmpMessage about,
        bool isAuthentic,
        ReadOnlyMemory<byte> datagram,
        DateTimeOffset now,
        List<IkeEffect> effects)
    {
        var notification = isAuthentic ? Notification(type, about) : Notification(type);
        if (isAuthentic || (InformationalSize(notification, isProtected: true) <= datagram.Length && _errorBudget.TryTake(now)))
        {
            SendInformational(notification, _phase1Iv, effects);
        }
    }

    private SentMessage SendInformational(Payload payload, byte[] lastPhase1Block, List<IkeEffect> effects)
    {
        var context = new OutboundMessage(ExchangeType.Informational, true, 1, _services.NewMessageId(_usedMessageIds));

        // Also against our own messages coming back: HASH(1) does not say which side made it.
        _usedMessageIds.Add(context.MessageId);
        var plain = EncodeHashed(
            context,
            [payload],
            rest => KeySchedule.Hash1(Security.Suite.Hash, Security.Keys.SkeyidA, context.MessageId, rest),
            out var final);
        return SealAndSend(context, PayloadType.Hash, final, plain, Phase2Iv(lastPhase1Block, context.MessageId), out _, effects);
    }

    /// <summary>
    /// Before there are keys an informational exchange is clear and without HASH (RFC 2409 section 5.7). Its cookies are
    /// those of the message complained of: a cookie that was not accepted is not kept.
    /// </summary>
    private void SendClearNotification(NotificationPayload notification, IsakmpHeader about, List<IkeEffect> effects)
    {
        var context = new OutboundMessage(ExchangeType.Informational, true, 1, _services.NewMessageId(_usedMessageIds));
        ImmutableArray<Payload> payloads = _services.Seams.OnPayloads(context, [notification]);
        var plain = EncodePayloads(payloads, out var first, out var final);
        SendClear(context, IsInitiator ? about.ResponderCookie : ResponderCookie, first, final, plain, effects);
    }

    /// <summary>Bytes of the datagram that an honest informational exchange with one payload takes.</summary>
    private int InformationalSize(Payload payload, bool isProtected)
    {
        var writer = new WireWriter();
        payload.Write(writer, PayloadType.None);
        if (!isProtected)
        {
            return IsakmpHeader.Size + writer.Length;
        }

        var plain = Payload.HeaderSize + Security.Suite.Hash.OutputSize + writer.Length;
        return IsakmpHeader.Size + ((plain + Security.BlockSize - 1) / Security.BlockSize * Security.BlockSize);
    }

    private void ReportNotifications(IsakmpMessage message, bool isAuthenticated, List<IkeEffect> effects)
    {
        foreach (var notification in message.All<NotificationPayload>())
        {
            effects.Add(new PeerNotified(Description, notification, isAuthenticated));
            if (isAuthenticated)
            {
                ActOnInitialContact(notification, effects);
            }
        }
    }
}
