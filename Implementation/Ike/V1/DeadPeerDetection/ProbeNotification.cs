// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.DeadPeerDetection;

/// <summary>R-U-THERE and R-U-THERE-ACK as Notification payloads (RFC 3706 section 5.3).</summary>
internal static class ProbeNotification
{
    /// <summary>A question or an answer of ours.</summary>
    /// <param name="type">R-U-THERE or R-U-THERE-ACK.</param>
    /// <param name="cookies">CKY-I and CKY-R, 16 bytes.</param>
    /// <param name="number">Sequence number.</param>
    public static NotificationPayload Of(NotifyType type, ReadOnlyMemory<byte> cookies, uint number)
    {
        var data = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(data, number);
        return new(Phase1Negotiation.IpsecDoi, ProtocolId.Isakmp, cookies, type, data);
    }

    /// <summary>Reads one of the peer's.</summary>
    /// <param name="notification">The payload.</param>
    /// <param name="cookies">The cookies of the IKE SA.</param>
    /// <param name="number">Its sequence number.</param>
    /// <returns>Null when it is formed as it must be.</returns>
    public static Rejection? Read(NotificationPayload notification, ReadOnlySpan<byte> cookies, out uint number)
    {
        number = 0;
        if (notification is not { Doi: Phase1Negotiation.IpsecDoi, ProtocolId: ProtocolId.Isakmp, Data.Length: sizeof(uint) })
        {
            return new(
                "RFC 3706 section 5.3",
                $"{notification.NotifyType} with DOI {notification.Doi}, protocol {notification.ProtocolId} and {notification.Data.Length} bytes of data");
        }

        if (!notification.Spi.Span.SequenceEqual(cookies))
        {
            return new("RFC 3706 section 6.1", $"{notification.NotifyType} does not name the cookies of this IKE SA");
        }

        number = BinaryPrimitives.ReadUInt32BigEndian(notification.Data.Span);
        return null;
    }
}
