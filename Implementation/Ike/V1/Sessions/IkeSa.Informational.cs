// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Collections.Immutable;
using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Informational exchanges: RFC 2409 section 5.7, RFC 2408 sections 3.14, 3.15 and 4.8.</content>
internal sealed partial class IkeSa
{
    private const int FirstStatusType = 16384;

    public void ReceiveInformational(IsakmpHeader header, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        if (!header.IsEncrypted)
        {
            ReceiveClearInformational(header, datagram, effects);
            return;
        }

        if (CheckPhase2Header(header) is { } wrong)
        {
            Discard(wrong, datagram, effects);
            return;
        }

        if (seenMessageIds.Contains(header.MessageId))
        {
            Discard(new("RFC 2409 section 5.7", "the message ID was used before: a duplicate"), datagram, effects);
            return;
        }

        if (Open(header, datagram, Phase2Iv(header.MessageId), out var message, out var plain, out _) is { } unreadable)
        {
            Discard(unreadable, datagram, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        var rejection = CheckHashFirst(message, Transitions.ProtectedInformational);
        if (rejection is null)
        {
            var rest = RestAfterHash(message, plain);
            var expected = KeySchedule.Hash1(Security.Suite.Hash, Security.Keys.SkeyidA, header.MessageId, rest.Span);
            rejection = QuickModeValues.HashMatches(message, expected) ? null : QuickModeValues.BadHash with { Clause = "RFC 2409 section 5.7" };
        }

        if (rejection is not null)
        {
            // Errors in informational exchanges are never answered: two ends would notify each other for ever.
            Discard(rejection, datagram, effects);
            return;
        }

        seenMessageIds.Add(header.MessageId);
        foreach (var payload in message.Payloads)
        {
            if (IsClosed)
            {
                break;
            }

            Act(payload, effects);
        }
    }

    /// <summary>Tells the peer that an IPsec SA pair of this connection is gone: names the SPI on which we received.</summary>
    public void SendDelete(ChildSaPair pair, List<IkeEffect> effects)
    {
        var spi = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(spi, pair.InboundSpi);
        SendInformational(new DeletePayload(Phase1Negotiation.IpsecDoi, ProtocolId.Esp, sizeof(uint), [spi]), effects);
    }

    /// <summary>Tells the peer that this IKE SA is gone.</summary>
    public void SendDelete(List<IkeEffect> effects)
    {
        var cookies = CookiePair();
        SendInformational(new DeletePayload(Phase1Negotiation.IpsecDoi, ProtocolId.Isakmp, (byte)cookies.Length, [cookies]), effects);
    }

    private byte[] CookiePair() => [.. InitiatorCookie.ToBytes(), .. ResponderCookie.ToBytes()];

    private void ReceiveClearInformational(IsakmpHeader header, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        if (IsEstablished)
        {
            Discard(new("RFC 2408 section 4.8", "a clear informational message, though keys exist"), datagram, effects);
            return;
        }

        if (Open(header, datagram, [], out var message, out _, out _) is { } unreadable)
        {
            Discard(unreadable, datagram, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        if (Transitions.ClearInformational.CheckPayloads(message) is { } misfit)
        {
            Discard(misfit, datagram, effects);
            return;
        }

        var notification = message.Find<NotificationPayload>()!;
        effects.Add(new PeerNotified(Description, notification, IsAuthenticated: false));
        if ((ushort)notification.NotifyType < FirstStatusType)
        {
            // Nobody has authenticated this; but who can send it with our cookie sits on the path and could as well
            // drop everything, and a person who waits for a timeout learns less than one who is told.
            GiveUp($"the peer sent {notification.NotifyType}", effects);
        }
    }

    private void Act(Payload payload, List<IkeEffect> effects)
    {
        switch (payload)
        {
            case NotificationPayload notification:
                effects.Add(new PeerNotified(Description, notification, IsAuthenticated: true));
                if ((ushort)notification.NotifyType < FirstStatusType)
                {
                    FailNotifiedQuickMode(notification, effects);
                }

                break;
            case DeletePayload { ProtocolId: ProtocolId.Esp, SpiSize: sizeof(uint) } delete:
                foreach (var spi in delete.Spis)
                {
                    RemoveByOutboundSpi(BinaryPrimitives.ReadUInt32BigEndian(spi.Span), effects);
                }

                break;
            case DeletePayload { ProtocolId: ProtocolId.Isakmp } delete when delete.Spis.Any(s => s.Span.SequenceEqual(CookiePair())):
                Close("the peer deleted it", effects);
                break;
        }
    }

    /// <summary>An error names the exchange it is about by our SPI, or there is only one it can be about.</summary>
    private void FailNotifiedQuickMode(NotificationPayload notification, List<IkeEffect> effects)
    {
        var waiting = quickModes.Values.Where(q => q.State is QuickModeState.ExpectAnswer).ToArray();
        var spi = notification.Spi.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(notification.Spi.Span) : 0;
        var meant = Array.Find(waiting, q => ((QuickModeState.ExpectAnswer)q.State).InboundSpi == spi)
            ?? (waiting.Length == 1 ? waiting[0] : null);
        if (meant is not null)
        {
            FailQuickMode(meant, $"the peer sent {notification.NotifyType}", effects);
        }
    }

    private void RemoveByOutboundSpi(uint spi, List<IkeEffect> effects)
    {
        if (services.Children.FindOutbound(Policy.Name, spi) is { } pair)
        {
            services.Children.Remove(pair);
            effects.Add(new RemoveChildSa(pair, "the peer deleted it"));
        }
    }

    private void SendNotification(NotifyType type, List<IkeEffect> effects) => SendInformational(Notification(type), effects);

    private void SendInformational(Payload payload, List<IkeEffect> effects)
    {
        var context = new OutboundMessage(ExchangeType.Informational, true, 1, services.NewMessageId());
        seenMessageIds.Add(context.MessageId);
        var plain = EncodeHashed(
            context,
            [payload],
            rest => KeySchedule.Hash1(Security.Suite.Hash, Security.Keys.SkeyidA, context.MessageId, rest),
            out var final);
        SealAndSend(context, PayloadType.Hash, final, plain, Phase2Iv(context.MessageId), out _, effects);
    }

    /// <summary>Before the IKE SA is established an informational exchange is clear and without HASH (RFC 2409 section 5.7).</summary>
    private void SendClearNotification(NotifyType type, List<IkeEffect> effects)
    {
        var context = new OutboundMessage(ExchangeType.Informational, true, 1, services.NewMessageId());
        ImmutableArray<Payload> payloads = services.Seams.OnPayloads(context, [Notification(type)]);
        var plain = EncodePayloads(payloads, out var first, out var final);
        SendClear(context, first, final, plain, effects);
    }

    private NotificationPayload Notification(NotifyType type) =>
        new(Phase1Negotiation.IpsecDoi, ProtocolId.Isakmp, CookiePair(), type, ReadOnlyMemory<byte>.Empty);
}
