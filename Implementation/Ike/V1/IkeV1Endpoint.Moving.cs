// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Sessions;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Ike.V1;

/// <content>Datagrams from other ends than those of their IKE SA (RFC 3947 sections 4 and 7).</content>
public sealed partial class IkeV1Endpoint
{
    private static void DispatchFromElsewhere(IkeSa sa, IsakmpHeader header, DatagramReceived datagram, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (sa.CheckMove(datagram.Local, datagram.Remote) is { } refused)
        {
            Discard(datagram, refused, effects);
            return;
        }

        // Whether the datagram is authentic is known only when it has been worked on, and what is answered then must
        // already go to the new end.
        var wasEstablished = sa.IsEstablished;
        var start = effects.Count;
        var before = sa.MoveTo(datagram.Local, datagram.Remote);
        Dispatch(sa, header, datagram, now, effects);
        if (!WasAccepted(effects, start))
        {
            sa.MoveTo(before.Local, before.Remote);
            WithdrawRepetitions(effects, start);
        }
        else if (wasEstablished && sa.IsEstablished)
        {
            sa.AnnounceMove(before.Remote, effects);
        }
    }

    /// <summary>A datagram was accepted when it was understood, and not discarded afterwards; a duplicate is neither.</summary>
    private static bool WasAccepted(List<IkeEffect> effects, int start)
    {
        var fresh = effects.Skip(start).ToArray();
        return Array.Exists(fresh, e => e is MessageTraced { IsSent: false, IsRepeat: false }) && !Array.Exists(fresh, e => e is DatagramDiscarded);
    }

    /// <summary>
    /// A copy of an old datagram proves nothing about where the peer is: without this anyone could have the answer to it
    /// sent to any address.
    /// </summary>
    private static void WithdrawRepetitions(List<IkeEffect> effects, int start)
    {
        if (effects.Skip(start).Any(e => e is MessageTraced { IsSent: true, IsRepeat: true }))
        {
            effects.RemoveRange(start, effects.Count - start);
        }
    }
}
