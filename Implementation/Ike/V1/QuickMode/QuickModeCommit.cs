// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.QuickMode.QuickModeState;

namespace Ipsec.Ike.V1.QuickMode;

/// <summary>
/// The commit bit (RFC 2408 section 3.1): who has set it says CONNECTED when its SAs are in place, in an informational
/// exchange with the message ID of the quick mode, and the other one waits for that.
/// </summary>
internal static class QuickModeCommit
{
    /// <summary>The notification that the SAs of a quick mode are in place. It names one of them by the SPI of its sender.</summary>
    public static NotificationPayload Connected(ChildSaPair pair) => new(
        Phase1Negotiation.IpsecDoi,
        (ProtocolId)pair.Protocol,
        Phase2Spi.Write(pair.InboundSpi),
        NotifyType.Connected,
        ReadOnlyMemory<byte>.Empty);

    /// <summary>CONNECTED: the SAs may be used.</summary>
    public static QuickModeStep OnConnected(ExpectConnected state, IsakmpMessage message, ReadOnlySpan<byte> rest, QuickModeContext context)
    {
        var expected = KeySchedule.Hash1(context.Security.Suite.Hash, context.Security.Keys.SkeyidA, context.MessageId, rest);
        if (!QuickModeValues.HashMatches(message, expected))
        {
            return QuickModeStep.Reject(state, QuickModeValues.BadHash with { Clause = "RFC 2409 section 5.7" });
        }

        if (message.All<NotificationPayload>().All(n => n.NotifyType != NotifyType.Connected))
        {
            return QuickModeStep.Reject(state, new("RFC 2408 section 3.1", "another notification than CONNECTED has the message ID of a quick mode"));
        }

        return QuickModeValues.CheckSpis(state.Pairs, context) is { } taken
            ? QuickModeStep.Reject(state, taken)
            : new(new Finished()) { Install = state.Pairs };
    }
}
