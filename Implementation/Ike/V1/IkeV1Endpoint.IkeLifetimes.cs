// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1;

/// <content>
/// The end of IKE SAs and their successors. Phase 2 SAs are not touched by it; what is to be said about them goes through
/// the newest IKE SA of their connection (RFC 2409 section 5.5).
/// </content>
public sealed partial class IkeV1Endpoint
{
    private void RekeyIke(ConnectionPolicy connection, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (Established(connection.Name) is { CanBeReplaced: true } sa)
        {
            StartRekey(sa, now, effects);
        }
        else if (Established(connection.Name) is null)
        {
            UsableSa(connection, now, effects);
        }
        else
        {
            throw new ArgumentException($"only the peer of connection \"{connection.Name}\" can begin a phase 1 again", nameof(connection));
        }
    }

    private void StartRekey(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects)
    {
        sa.RekeyAt = sa.Policy.Rekey.IsAutomatic ? now + sa.Policy.Rekey.RetryAfter : null;
        if (!_sas.Exists(s => s.Replaces == sa && !s.IsClosed))
        {
            // Between the ends that the SA has by now: with a NAT in between they are not those of the policy (RFC 3947 section 4).
            var policy = sa.Policy with { Local = sa.Local, Remote = sa.Remote };
            var successor = IkeSa.Initiate(_services, policy, now, effects);
            successor.Replaces = sa;
            _sas.Add(successor);
        }
    }

    private void ApplyIkeLifetimes(DateTimeOffset now, List<IkeEffect> effects)
    {
        foreach (var sa in _sas.Where(s => s is { IsEstablished: true, IsNew: true }).ToArray())
        {
            sa.IsNew = false;
            Supersede(sa, now);
        }

        foreach (var sa in _sas.Where(s => s.IsEstablished).ToArray())
        {
            ApplyLifetime(sa, now, effects);
        }
    }

    /// <summary>
    /// A new IKE SA retires the one it replaces. When both sides replaced it at once, the one of the two with the lower
    /// initiator cookie is given up by who made it.
    /// </summary>
    private void Supersede(IkeSa sa, DateTimeOffset now)
    {
        var until = now + sa.Policy.Rekey.Overlap;
        sa.Replaces?.Retire(until);
        foreach (var other in _sas.Where(s => s != sa && s.IsInitiator != sa.IsInitiator && IsSibling(s, sa)))
        {
            var (ours, theirs) = sa.IsInitiator ? (sa, other) : (other, sa);
            if (ours.Replaces is { } replaced && replaced != theirs && _sas.IndexOf(replaced) < _sas.IndexOf(theirs) && IsLower(ours, theirs))
            {
                ours.Retire(until);
            }
        }
    }

    private static bool IsLower(IkeSa one, IkeSa other) =>
        one.InitiatorCookie.ToBytes().AsSpan().SequenceCompareTo(other.InitiatorCookie.ToBytes()) < 0;

    private static bool IsSibling(IkeSa one, IkeSa other) =>
        one is { IsEstablished: true, IsRetired: false }
        && other is { IsEstablished: true, IsRetired: false }
        && one.Peer == other.Peer
        && one.Remote.Address.Equals(other.Remote.Address);

    private void ApplyLifetime(IkeSa sa, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (sa.RetireAt <= now)
        {
            End(sa, Replaced, effects);
            return;
        }

        var (stage, unit) = sa.StageAt(now);
        if (stage == LifetimeStage.Hard)
        {
            effects.Add(new IkeSaLifetimeReached(sa.Description, unit, IsHard: true));
            End(sa, "its lifetime is over", effects);
            return;
        }

        if (stage == LifetimeStage.Soft && !sa.IsSoftTold)
        {
            sa.IsSoftTold = true;
            effects.Add(new IkeSaLifetimeReached(sa.Description, unit, IsHard: false));
            sa.RekeyAt = sa.RekeyAt is null ? null : now;
        }

        if (sa.RekeyAt <= now)
        {
            // The peer may have been first.
            if (_sas.FindLast(s => s == sa || IsSibling(s, sa)) != sa)
            {
                sa.RekeyAt = null;
            }
            else
            {
                StartRekey(sa, now, effects);
            }
        }
    }

    private static void End(IkeSa sa, string reason, List<IkeEffect> effects)
    {
        sa.SendDelete(effects);
        sa.Close(reason, effects);
    }
}
