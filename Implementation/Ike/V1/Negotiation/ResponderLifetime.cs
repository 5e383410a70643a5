// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Negotiation;

/// <summary>
/// RESPONDER-LIFETIME: the data is an attribute list with the lifetimes of the responder, the SPI that on which the
/// responder receives, or both cookies (RFC 2407 section 4.6.3.1).
/// </summary>
internal static class ResponderLifetime
{
    public static NotificationPayload Of(IpsecProtocol protocol, uint inboundSpi, SaLife life) =>
        Make((ProtocolId)protocol, Phase2Spi.Write(inboundSpi), life, (ushort)Phase2Attribute.SaLifeType, (ushort)Phase2Attribute.SaLifeDuration);

    /// <summary>Of the IKE SA, in the numbers of phase 1 (RFC 2409 appendix A).</summary>
    public static NotificationPayload OfIkeSa(byte[] cookies, SaLife life) =>
        Make(ProtocolId.Isakmp, cookies, life, (ushort)Phase1Attribute.LifeType, (ushort)Phase1Attribute.LifeDuration);

    /// <summary>What the notification says; null when it is another, or its data can mean nothing.</summary>
    public static SaLife? Read(NotificationPayload notification)
    {
        var ofIkeSa = notification.ProtocolId == ProtocolId.Isakmp;
        var lifeType = ofIkeSa ? (ushort)Phase1Attribute.LifeType : (ushort)Phase2Attribute.SaLifeType;
        var lifeDuration = ofIkeSa ? (ushort)Phase1Attribute.LifeDuration : (ushort)Phase2Attribute.SaLifeDuration;
        return notification is { NotifyType: NotifyType.ResponderLifetime, Doi: Phase1Negotiation.IpsecDoi }
            && DataAttribute.TryReadList(notification.Data, out var attributes)
            && TransformValues.Read(attributes, lifeType, lifeDuration) is { IsContradictory: false } values
            && (values.Seconds is not null || values.Kilobytes is not null)
            ? new(LifeDuration.Clamp(values.Seconds ?? uint.MaxValue), values.Kilobytes)
            : null;
    }

    private static NotificationPayload Make(ProtocolId protocol, byte[] spi, SaLife life, ushort lifeType, ushort lifeDuration)
    {
        var writer = new WireWriter();
        foreach (var attribute in life.Encode(lifeType, lifeDuration))
        {
            attribute.Write(writer);
        }

        return new(Phase1Negotiation.IpsecDoi, protocol, spi, NotifyType.ResponderLifetime, writer.ToArray());
    }
}
