// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>INITIAL-CONTACT in both directions: RFC 2407 section 4.6.3.3.</content>
internal sealed partial class IkeSa
{
    private NotificationPayload? _heldInitialContact;

    /// <summary>Whether there is no other IKE SA, complete or not, with the peer's address.</summary>
    private bool IsFirstContact => !_services.Sas.Exists(s => s != this && !s.IsClosed && s._remote.Address.Equals(_remote.Address));

    /// <summary>
    /// Acts on the notifications in a last message of main mode. Aggressive mode does not protect its messages and must not carry
    /// statuses (RFC 2407 section 4.6.3).
    /// </summary>
    private void ActOnInitialContact(IsakmpMessage message, Transition expected, List<IkeEffect> effects)
    {
        if (expected.Exchange != ExchangeOf(Phase1Mode.Main))
        {
            return;
        }

        foreach (var notification in message.All<NotificationPayload>())
        {
            ActOnInitialContact(notification, effects);
        }
    }

    /// <summary>What came before the peer had proved all it has to prove: with extended authentication phase 1 is not all of it.</summary>
    private void ActOnHeldInitialContact(List<IkeEffect> effects)
    {
        if (_heldInitialContact is { } held)
        {
            _heldInitialContact = null;
            ActOnInitialContact(held, effects);
        }
    }

    /// <summary>
    /// The peer has proved who it is and says that it knows of no other SA: those that we still have with it lead nowhere. Those that
    /// this IKE SA made are what it has just begun to know.
    /// </summary>
    private void ActOnInitialContact(NotificationPayload notification, List<IkeEffect> effects)
    {
        const string Reason = "the peer began anew: INITIAL-CONTACT";
        if (_state is not Phase1State.Established { Peer: var peer } || !InitialContact.IsAbout(notification, InitiatorCookie, ResponderCookie))
        {
            return;
        }

        if (!IsReady)
        {
            _heldInitialContact = notification;
            return;
        }

        // Users of extended authentication may share the identity of their group.
        var old = _services.Sas
            .Where(s => s != this && s._state is Phase1State.Established other && SamePeer(other.Peer, peer))
            .Where(s => s.User == User && s.Policy.LocalIdentity == Policy.LocalIdentity)
            .ToArray();
        var oldCookies = old.Select(s => (s.InitiatorCookie, s.ResponderCookie)).ToHashSet();
        var ours = (InitiatorCookie, ResponderCookie);
        foreach (var pair in _services.Children.All.Where(p => p.Cookies != ours && (oldCookies.Contains(p.Cookies) || IsOrphanOfPeer(p))).ToArray())
        {
            _services.Children.Remove(pair);
            effects.Add(new RemoveChildSa(pair, Reason));
        }

        foreach (var sa in old)
        {
            sa.Close(Reason, effects);
        }
    }

    /// <summary>A pair that outlived the IKE SA which made it: only connection and address say whose it was.</summary>
    private bool IsOrphanOfPeer(ChildSaPair pair) =>
        pair.Connection == Policy.Name
        && pair.RemoteAddress.Equals(_remote.Address)
        && !_services.Sas.Exists(s => s.IsEstablished && (s.InitiatorCookie, s.ResponderCookie) == pair.Cookies);

    private static bool SamePeer(IdentificationPayload a, IdentificationPayload b) => a.IdType == b.IdType && a.Data.Span.SequenceEqual(b.Data.Span);

    /// <summary>After aggressive mode an informational exchange is the place to say it (RFC 2407 section 4.6.3).</summary>
    private sealed class InitialContactAfterAggressiveMode : IAfterPhase1
    {
        public bool Begin(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects)
        {
            if (sa.Policy.InitialContact && sa.IsFirstContact)
            {
                sa.SendInformational(InitialContact.Payload(sa.InitiatorCookie, sa.ResponderCookie), sa._phase1Iv, effects);
            }

            return true;
        }
    }
}
