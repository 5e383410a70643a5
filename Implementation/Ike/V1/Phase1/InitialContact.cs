// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Phase1;

/// <summary>INITIAL-CONTACT: this IKE SA is the first with the peer, so whatever it still has of us is void (RFC 2407 section 4.6.3.3).</summary>
internal static class InitialContact
{
    /// <summary>The notification for the last message of main mode on our side, when policy and circumstances want it.</summary>
    public static IEnumerable<Payload> Of(Phase1Context context) => context is { IsFirstContact: true, Policy.InitialContact: true }
        ? [Payload(context.InitiatorCookie, context.ResponderCookie)]
        : [];

    public static NotificationPayload Payload(Cookie initiator, Cookie responder) => new(
        Phase1Negotiation.IpsecDoi,
        ProtocolId.Isakmp,
        (byte[])[.. initiator.ToBytes(), .. responder.ToBytes()],
        NotifyType.InitialContact,
        ReadOnlyMemory<byte>.Empty);

    /// <summary>Whether a notification is one about this IKE SA. Some leave out the SPI that is in the header anyway.</summary>
    public static bool IsAbout(NotificationPayload notification, Cookie initiator, Cookie responder) =>
        notification is { Doi: Phase1Negotiation.IpsecDoi, ProtocolId: ProtocolId.Isakmp, NotifyType: NotifyType.InitialContact }
        && (notification.Spi.IsEmpty || notification.Spi.Span.SequenceEqual((byte[])[.. initiator.ToBytes(), .. responder.ToBytes()]));
}
