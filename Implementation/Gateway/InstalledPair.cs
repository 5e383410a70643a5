// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Ike.Effects;
using Ipsec.Sa;

namespace Ipsec.Gateway;

/// <summary>A pair of SAs in use, and what it has carried.</summary>
internal sealed class InstalledPair(ChildSaPair pair, IInboundSa inbound)
{
    // How finely a life in bytes is told to the IKE endpoint: soft limits lie between the steps.
    private const int StepsOfLife = 64;

    private long _sentBefore;
    private long _receivedBefore;
    private ulong _reportedReceived;
    private ulong _reportedSent;

    /// <summary>The pair as it is now.</summary>
    public ChildSaPair Pair { get; private set; } = pair;

    /// <summary>Receives.</summary>
    public IInboundSa Inbound { get; private set; } = inbound;

    /// <summary>Sends; null as long as the IKE endpoint only prepares to receive.</summary>
    public IOutboundSa? Outbound { get; set; }

    /// <summary>
    /// The policy for the addresses that this side of a NAT sees, in transport mode: those of the configured policy are of the other side. Null
    /// where that one serves.
    /// </summary>
    public SpdEntry? Translated { get; set; }

    /// <summary>Where the last authentic packet came from that was not from where the pair has the peer.</summary>
    public IPEndPoint? SeenAt { get; set; }

    /// <summary>Whether a successor was asked for because the sequence numbers come to their end.</summary>
    public bool IsReplacementAsked { get; set; }

    private ulong Received => (ulong)(_receivedBefore + Inbound.Usage.Bytes);

    private ulong Sent => (ulong)(_sentBefore + (Outbound?.Usage.Bytes ?? 0));

    /// <summary>Bytes that its life still allows to be sent; null for any number.</summary>
    public long? BytesLeft => Outbound?.Parameters.Lifetime.HardBytes - Outbound?.Usage.Bytes;

    /// <summary>Whether so much was carried since the last report that a life in bytes may be nearing its end.</summary>
    public bool IsReportDue
    {
        get
        {
            if (Inbound.Parameters.Lifetime.HardBytes is not { } hard)
            {
                return false;
            }

            var step = (ulong)Math.Max(1, hard / StepsOfLife);
            return IsDue(Received, _reportedReceived) || IsDue(Sent, _reportedSent);

            bool IsDue(ulong now, ulong reported) => now - reported >= step || (now >= (ulong)hard && reported < (ulong)hard);
        }
    }

    /// <summary>Puts other SAs in the place of those that have carried what they have carried.</summary>
    public void Move(ChildSaPair moved, IInboundSa inbound, IOutboundSa outbound)
    {
        _receivedBefore += ReferenceEquals(Inbound, inbound) ? 0 : Inbound.Usage.Bytes;
        _sentBefore += Outbound!.Usage.Bytes;
        Inbound = inbound;
        Outbound = outbound;
        Pair = moved;
        SeenAt = null;
    }

    /// <summary>What it has carried, for people.</summary>
    public ChildSaUsage Usage() => new(
        Pair,
        Received,
        Inbound.Usage.Packets,
        Sent,
        Outbound?.Usage.Packets ?? 0,
        Inbound.ReplayWindow?.Highest,
        Outbound?.SequenceNumber,
        Outbound?.PathMtu?.Current,
        Inbound.Counters);

    /// <summary>Takes what was carried, if it was more than at the last time.</summary>
    public bool TryReport(out ulong received, out ulong sent)
    {
        (received, sent) = (Received, Sent);
        var isNews = received != _reportedReceived || sent != _reportedSent;
        (_reportedReceived, _reportedSent) = (received, sent);
        return isNews;
    }
}
