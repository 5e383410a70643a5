// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Authentication;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.Phase1;
using Ipsec.Ike.V1.Policy;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>How long this IKE SA lives: RFC 2409 appendix A (life type and duration), RFC 2407 section 4.6.3.1.</content>
internal sealed partial class IkeSa
{
    private SaClock? _clock;
    private ulong _protectedBytes;

    /// <summary>The IKE SA that a rekey of ours means to replace by this one.</summary>
    public IkeSa? Replaces { get; set; }

    /// <summary>With whom it is; before phase 1 is complete nobody knows.</summary>
    public PeerKey Peer => new(Policy.Name, $"{Description.PeerIdentity}", _user);

    /// <summary>
    /// Whether this side can start a new phase 1 in its place. Not where it has no key for an initiator's part, nor where
    /// roles were given that do not change: the client of extended authentication and of mode config is who called.
    /// </summary>
    public bool CanBeReplaced => IsInitiator || (Policy is { Xauth: null, ModeConfig: null } && CanInitiate(Policy));

    /// <summary>Established, and not yet looked at by those who care for its predecessors.</summary>
    public bool IsNew { get; set; }

    /// <summary>When it is deleted because another one has taken its place.</summary>
    public DateTimeOffset? RetireAt { get; private set; }

    /// <summary>When to begin or to try again to replace it; null when there is nothing to do.</summary>
    public DateTimeOffset? RekeyAt { get; set; }

    /// <summary>Whether its owner has been told of the soft lifetime.</summary>
    public bool IsSoftTold { get; set; }

    /// <summary>Replaced: stays only for exchanges that are still under way.</summary>
    public bool IsRetired => RetireAt is not null;

    private DateTimeOffset? LifetimeDeadline => IsEstablished
        ? new[] { _clock?.HardAt, IsSoftTold ? null : _clock?.SoftAt, RekeyAt, RetireAt }.Min()
        : null;

    public (LifetimeStage Stage, LifetimeUnit Unit) StageAt(DateTimeOffset now) =>
        _clock?.At(now, _protectedBytes) ?? (LifetimeStage.Young, LifetimeUnit.Seconds);

    public void Retire(DateTimeOffset at)
    {
        RetireAt ??= at;
        RekeyAt = null;
        IsSoftTold = true;
    }

    private void StartLifetime(DateTimeOffset now, List<IkeEffect> effects)
    {
        var offered = Life(Security.Suite);
        var own = Policy.Phase1.Where(s => s.SameAlgorithms(Security.Suite)).Select(Life).FirstOrDefault() ?? offered;
        _clock = SaClock.Begin(now, offered.Shorter(own), Policy.Rekey, _services.Random);
        RekeyAt = Policy.Rekey.IsAutomatic && CanBeReplaced ? _clock.SoftAt : null;
        IsNew = true;

        // RFC 2407 section 4.6.3: a status notification needs the protection of the IKE SA that it is about.
        if (!IsInitiator && offered.Exceeds(own) && Policy.LongerIkeLifetime == LongerLifetime.Notify)
        {
            SendInformational(ResponderLifetime.OfIkeSa(CookiePair(), offered.Shorter(own)), _phase1Iv, effects);
        }
    }

    private static bool CanInitiate(ConnectionPolicy policy) =>
        policy.Phase1.All(suite => AuthenticationForm.Of(suite).CanBeUsedBy(policy, asInitiator: true));

    private static SaLife Life(Phase1Suite suite) => new(suite.LifetimeSeconds, suite.LifetimeKilobytes);

    /// <summary>The peer, as responder, uses something for less time than was agreed: this IKE SA, or IPsec SAs of its connection.</summary>
    private void OnLifetimeNotice(NotificationPayload notification)
    {
        if (ResponderLifetime.Read(notification) is not { } life)
        {
            return;
        }

        if (notification.ProtocolId == ProtocolId.Isakmp)
        {
            if (IsInitiator && notification.Spi.Span.SequenceEqual(CookiePair()) && _clock is not null)
            {
                _clock = _clock with { Life = _clock.Life.Shorter(life) };
                RekeyAt = RekeyAt is null ? null : _clock.SoftAt;
            }
        }
        else if (Phase2Spi.TryRead(notification.Spi.Span, out var spi)
            && _services.Children.EntryOfOutbound(this, (IpsecProtocol)notification.ProtocolId, spi) is { IsInitiator: true } entry)
        {
            entry.Shorten(life);
        }
    }

    /// <summary>The clock runs from the moment phase 1 is complete, whatever comes before phase 2.</summary>
    private sealed class LifetimeStart : IAfterPhase1
    {
        public bool Begin(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects)
        {
            sa.StartLifetime(now, effects);
            return true;
        }
    }
}
