// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>What the peer tells in informational exchanges: RFC 2409 section 5.7, RFC 2408 sections 3.14, 3.15 and 4.8.</content>
internal sealed partial class IkeSa
{
    private const int FirstStatusType = 16384;
    private const uint GenericIsakmpDoi = 0;

    /// <summary>
    /// Errors that the peer reports before it knows whose message it has: anyone on the path can provoke them with a
    /// damaged copy, so they end nothing. The retransmission decides.
    /// </summary>
    private static readonly NotifyType[] ProvokedByDamage =
    [
        NotifyType.InvalidPayloadType, NotifyType.BadProposalSyntax, NotifyType.PayloadMalformed,
        NotifyType.InvalidHashInformation, NotifyType.AuthenticationFailed, NotifyType.UnequalPayloadLengths,
        NotifyType.InvalidSignature, NotifyType.InvalidCertEncoding, NotifyType.InvalidCertificate,
    ];

    public void ReceiveInformational(IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (_state.SecurityOrNull is null)
        {
            ReceiveBeforeKeys(header, datagram, effects);
            return;
        }

        if (CheckPhase2Header(header) is { } wrong)
        {
            // Whoever is on the path can forge a clear message; once there are keys none is believed, also not before
            // the peer has authenticated itself.
            Discard(wrong with { Clause = "RFC 2408 section 4.8" }, datagram, effects);
            return;
        }

        if (_quickModes.TryGetValue(header.MessageId, out var committing))
        {
            ReceiveConnected(committing, header, datagram, now, effects);
            return;
        }

        if (AnswerRepeatedQuestion(datagram, now, effects))
        {
            return;
        }

        if (CheckNewExchange(header, effects) is { } refused)
        {
            Discard(refused, datagram, effects);
            return;
        }

        if (Open(header, datagram, Phase2Iv(_phase1Iv, header.MessageId), out var message, out var plain, out _) is { } unreadable)
        {
            Discard(unreadable, datagram, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        var rejection = Transitions.ProtectedInformational.CheckPayloads(message);
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

        _usedMessageIds.Add(header.MessageId);
        if (CheckProbes(message) is { } notAlive)
        {
            Discard(notAlive, datagram, effects);
            return;
        }

        foreach (var payload in message.Payloads)
        {
            if (IsClosed)
            {
                break;
            }

            if (payload is NotificationPayload probe && IsProbe(probe))
            {
                ActOnProbe(probe, datagram, now, effects);
            }

            Act(payload, effects);
        }
    }

    /// <summary>Tells the peer that this IKE SA is gone.</summary>
    public void SendDelete(List<IkeEffect> effects)
    {
        var cookies = CookiePair();
        SendInformational(new DeletePayload(Phase1Negotiation.IpsecDoi, ProtocolId.Isakmp, (byte)cookies.Length, [cookies]), _phase1Iv, effects);
    }

    private byte[] CookiePair() => [.. InitiatorCookie.ToBytes(), .. ResponderCookie.ToBytes()];

    private void ReceiveBeforeKeys(IsakmpHeader header, ReadOnlyMemory<byte> datagram, List<IkeEffect> effects)
    {
        if (header.IsEncrypted)
        {
            Discard(new("RFC 2409 section 5.7", "an encrypted informational message before there are keys"), datagram, effects);
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
        if (IsProbe(notification))
        {
            Discard(new("RFC 3706 section 5.2", $"{notification.NotifyType} in clear"), datagram, effects);
            return;
        }

        effects.Add(new PeerNotified(Description, notification, IsAuthenticated: false));
        if (IsError(notification) && !ProvokedByDamage.Contains(notification.NotifyType))
        {
            // Nobody has authenticated this, and before the keys nobody could. Who can send it with our cookies from the
            // peer's address sits on the path and could as well drop everything, and a person who waits for a timeout
            // learns less than one who is told.
            GiveUp($"the peer sent {notification.NotifyType}", effects);
        }
    }

    private static bool IsError(NotificationPayload notification) => (ushort)notification.NotifyType < FirstStatusType;

    private void Act(Payload payload, List<IkeEffect> effects)
    {
        switch (payload)
        {
            case NotificationPayload notification:
                effects.Add(new PeerNotified(Description, notification, IsAuthenticated: true));
                ActOnInitialContact(notification, effects);
                if (IsError(notification))
                {
                    FailNotifiedExchange(notification, effects);
                }
                else
                {
                    OnLifetimeNotice(notification);
                }

                break;
            case DeletePayload { Doi: Phase1Negotiation.IpsecDoi, ProtocolId: ProtocolId.Esp or ProtocolId.Ah, SpiSize: sizeof(uint) } delete:
                RemoveByOutboundSpis((IpsecProtocol)delete.ProtocolId, delete.Spis, effects);
                break;
            case DeletePayload { Doi: Phase1Negotiation.IpsecDoi or GenericIsakmpDoi, ProtocolId: ProtocolId.Isakmp } delete
                when delete.Spis.Any(s => s.Span.SequenceEqual(CookiePair())):
                Close("the peer deleted it", effects);
                break;
        }
    }

    /// <summary>An error names the quick mode it is about by our SPI; without one there must be no choice.</summary>
    private void FailNotifiedExchange(NotificationPayload notification, List<IkeEffect> effects)
    {
        var reason = $"the peer sent {notification.NotifyType}";
        if (FailNotifiedNewGroup(notification, reason, effects))
        {
            return;
        }

        var waiting = _quickModes.Values.Where(q => q.State is QuickModeState.ExpectAnswer).ToArray();
        if (notification is { ProtocolId: ProtocolId.Esp or ProtocolId.Ah, Spi.Length: sizeof(uint) })
        {
            var spi = BinaryPrimitives.ReadUInt32BigEndian(notification.Spi.Span);
            if (Array.Find(waiting, q => ((QuickModeState.ExpectAnswer)q.State).Spis.Contains(spi)) is { } meant)
            {
                FailQuickMode(meant, reason, effects);
            }
        }
        else if (ProvokedByDamage.Contains(notification.NotifyType))
        {
            return;
        }
        else if (!IsEstablished)
        {
            GiveUp(reason, effects);
        }
        else if (waiting is [var only])
        {
            FailQuickMode(only, reason, effects);
        }
    }
}
