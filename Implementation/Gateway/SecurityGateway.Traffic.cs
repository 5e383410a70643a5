// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Ipsec.Esp;
using Ipsec.Ike.Inputs;

namespace Ipsec.Gateway;

/// <content>
/// What the IKE endpoint learns of the SAs' traffic: for lifetimes in bytes, for dead peers, for NATs. Not packet by packet: within a
/// second, and when a part of a life in bytes is over.
/// </content>
public sealed partial class SecurityGateway
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private const ulong PartsOfSequence = 10;

    private bool _isReportPending;
    private bool _isReportUrgent;

    private void NoteSent(IOutboundSa sa) => Note(DataPlane.TryFind(sa, out var installed) && installed.IsReportDue);

    private void NoteReceived(IInboundSa sa) => Note(DataPlane.TryFind(sa, out var installed) && installed.IsReportDue);

    private void Note(bool isUrgent)
    {
        if (isUrgent && !_isReportUrgent)
        {
            // Not now: whoever sends or receives a packet is not done with it.
            _isReportUrgent = true;
            _loop.Post(ReportTraffic);
        }

        if (!_isReportPending)
        {
            _isReportPending = true;
            _loop.PostAt(_loop.Clock.GetUtcNow() + ReportInterval, ReportAtLast);
        }
    }

    private void ReportAtLast()
    {
        _isReportPending = false;
        ReportTraffic();
    }

    /// <summary>
    /// Tells the IKE endpoint what the SAs have carried. Threads of packets do not do so themselves: whoever has them calls this several
    /// times a second.
    /// </summary>
    public void ReportTraffic()
    {
        _isReportUrgent = false;
        foreach (var installed in DataPlane.Pairs)
        {
            if (!_isDisposed && installed.TryReport(out var received, out var sent))
            {
                Handle(new ChildSaTraffic(installed.Pair.InboundSpi, received, sent));
            }
        }
    }

    /// <summary>An authentic packet came in UDP: from where the peer was until now, or from elsewhere (RFC 3947 section 7).</summary>
    /// <param name="sa">The SA of the packet.</param>
    /// <param name="local">Where it was sent to.</param>
    /// <param name="remote">Where it came from.</param>
    public void NotePeer(IInboundSa sa, IPEndPoint local, IPEndPoint remote)
    {
        if (!DataPlane.TryFind(sa, out var installed) || installed.Pair.Udp is not { } udp)
        {
            return;
        }

        if (udp.RemotePort == remote.Port && installed.Pair.RemoteAddress.Equals(remote.Address))
        {
            installed.SeenAt = null;
        }
        else if (!remote.Equals(installed.SeenAt))
        {
            // Said once: whether the peer is followed is the IKE endpoint's to decide, and it may decide against it.
            installed.SeenAt = remote;
            Handle(new PeerAddressSeen(installed.Pair.InboundSpi, local, remote));
        }
    }

    /// <summary>
    /// Asks for another SA once nine tenths of the sequence numbers are used: they must not cycle (RFC 4303 section 3.3.3). That the SA's life
    /// is nearly over is the IKE endpoint's to see.
    /// </summary>
    /// <param name="sa">An SA that has just been used.</param>
    public void NoteSequence(IOutboundSa sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        if (IsNearlyUsedUp(sa) && DataPlane.TryFind(sa, out var installed) && !installed.IsReplacementAsked)
        {
            installed.IsReplacementAsked = true;
            PostRekey(installed.Pair.InboundSpi);
        }
    }

    // Not now: whoever sends a packet is not done with it. And apart, as a captured variable costs memory for every packet.
    private void PostRekey(uint inboundSpi) => _loop.Post(() => Handle(new RekeyChildSa(inboundSpi)));

    /// <summary>Whether nine tenths of the sequence numbers of an SA are used.</summary>
    /// <param name="sa">The SA.</param>
    /// <returns>True when it needs a successor.</returns>
    public static bool IsNearlyUsedUp(IOutboundSa sa)
    {
        ArgumentNullException.ThrowIfNull(sa);
        var left = sa.SequenceNumbersLeft;
        return left < (sa.SequenceNumber + left) / PartsOfSequence;
    }
}
