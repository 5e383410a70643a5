// SPDX-License-Identifier: Apache-2.0

using Ipsec.Crypto.V1;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;
using static Ipsec.Ike.V1.QuickMode.QuickModeState;

namespace Ipsec.Ike.V1.Sessions;

/// <content>The commit bit and CONNECTED: RFC 2408 section 3.1.</content>
internal sealed partial class IkeSa
{
    /// <summary>The flag that messages of a quick mode have in addition.</summary>
    private IsakmpFlags CommitFlag(OutboundMessage message) =>
        message.Exchange == ExchangeType.QuickMode && _quickModes.TryGetValue(message.MessageId, out var quick) && quick.SetsCommit
            ? IsakmpFlags.Commit
            : IsakmpFlags.None;

    /// <summary>
    /// CONNECTED has the message ID of its quick mode and, as every informational exchange, an IV made of that and the last
    /// block of phase 1 (RFC 2409 appendix B).
    /// </summary>
    private SentMessage SendConnected(QuickModeExchange quick, ChildSaPair pair, List<IkeEffect> effects)
    {
        var context = new OutboundMessage(ExchangeType.Informational, quick.IsInitiator, 1, quick.MessageId);
        var plain = EncodeHashed(
            context,
            [QuickModeCommit.Connected(pair)],
            rest => KeySchedule.Hash1(Security.Suite.Hash, Security.Keys.SkeyidA, quick.MessageId, rest),
            out var final);
        return SealAndSend(context, PayloadType.Hash, final, plain, Phase2Iv(_phase1Iv, quick.MessageId), out _, effects);
    }

    /// <summary>Takes an informational message that has the message ID of a quick mode; it can only be a CONNECTED.</summary>
    private void ReceiveConnected(QuickModeExchange quick, IsakmpHeader header, ReadOnlyMemory<byte> datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (quick.State is not ExpectConnected state)
        {
            Discard(new("RFC 2409 section 5.7", "its message ID belongs to a quick mode that waits for no CONNECTED"), datagram, effects);
            return;
        }

        var step = ReadConnected(state, header, datagram, Phase2Iv(_phase1Iv, quick.MessageId), out var message);
        if (step.Rejection is not null)
        {
            // Some continue the IV chain of the quick mode, as its fourth message would.
            step = ReadConnected(state, header, datagram, quick.Iv, out message);
        }

        if (step.Rejection is { } rejection)
        {
            RejectQuickMode(quick, rejection with { Notify = rejection.IsFatal ? rejection.Notify : null }, message, datagram, now, effects);
            return;
        }

        Trace(message, datagram, isSent: false, isRepeat: false, effects);
        ReportNotifications(message, isAuthenticated: true, effects);
        Apply(quick, step, Transitions.QuickModeConnected.Message + 1, now, effects);
    }

    private QuickModeStep ReadConnected(
        ExpectConnected state,
        IsakmpHeader header,
        ReadOnlyMemory<byte> datagram,
        byte[] iv,
        out IsakmpMessage message)
    {
        var rejection = Open(header, datagram, iv, out message, out var plain, out _) ?? Transitions.QuickModeConnected.CheckPayloads(message);
        return rejection is not null
            ? QuickModeStep.Reject(state, rejection)
            : QuickModeCommit.OnConnected(state, message, RestAfterHash(message, plain).Span, QuickModeContext(header.MessageId));
    }
}
