// SPDX-License-Identifier: Apache-2.0

using Ipsec.Ike.Effects;
using Ipsec.Ike.Inputs;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1;

/// <content>The end of IPsec SAs and their successors: RFC 2408 section 4.3, RFC 4301 section 4.4.2.1.</content>
public sealed partial class IkeV1Endpoint
{
    private const string Replaced = "another one has taken its place";

    private DateTimeOffset? ChildDeadline => _services.Children.Entries.Min(e => (DateTimeOffset?)e.Deadline);

    /// <summary>
    /// The IKE SA for a new exchange of ours: the newest established one, else a phase 1 of our own that is under way, else
    /// a new one. Never one that the peer has begun and not completed: anyone can send a message 1.
    /// </summary>
    private IkeSa UsableSa(ConnectionPolicy connection, DateTimeOffset now, List<IkeEffect> effects)
    {
        var sa = Established(connection.Name) ?? _sas.FindLast(s => s.Policy.Name == connection.Name && s is { IsInitiator: true, IsClosed: false });
        if (sa is null)
        {
            sa = IkeSa.Initiate(_services, Callable(connection), now, effects);
            _sas.Add(sa);
        }

        return sa;
    }

    /// <summary>The newest IKE SA with the peer of a pair; one that is being replaced only when there is no other.</summary>
    private IkeSa? EstablishedWith(ChildSaEntry entry)
    {
        return _sas.FindLast(s => IsWithPeer(s) && !s.IsRetired) ?? _sas.FindLast(IsWithPeer);

        bool IsWithPeer(IkeSa sa) => sa.IsEstablished && sa.Peer == entry.Peer && sa.IsPeerOf(entry.Pairs[0]);
    }

    private void CountTraffic(ChildSaTraffic traffic) =>
        _services.Children.EntryOfInbound(traffic.InboundSpi)?.Count(traffic.InboundSpi, traffic.BytesReceived, traffic.BytesSent);

    private void RekeyChild(uint inboundSpi, DateTimeOffset now, List<IkeEffect> effects)
    {
        // The peer may have deleted or replaced it a moment before the command was given.
        if (_services.Children.EntryOfInbound(inboundSpi) is { IsRetired: false } entry)
        {
            StartRekey(entry, now, effects);
        }
    }

    private void StartRekey(ChildSaEntry entry, DateTimeOffset now, List<IkeEffect> effects)
    {
        var connection = Connection(entry.Connection);
        entry.RekeyAt = connection.Rekey.IsAutomatic ? now + connection.Rekey.RetryAfter : null;
        if (_sas.Exists(sa => sa.IsRekeying(entry)))
        {
            return;
        }

        // A peer that cannot be called has to come itself.
        if (EstablishedWith(entry) is { } established)
        {
            established.WantRekey(entry, now, effects);
        }
        else if (!connection.AcceptsAnyAddress)
        {
            UsableSa(connection, now, effects).WantRekey(entry, now, effects);
        }
    }

    /// <summary>After every input: what time, traffic and new SAs mean for the old ones.</summary>
    private void ApplyLifetimes(DateTimeOffset now, List<IkeEffect> effects)
    {
        _services.Deleted.ForEach(entry => CancelRekeys(entry, "the peer deleted what it was to replace", effects));
        _services.Deleted.Clear();
        ApplyIkeLifetimes(now, effects);
        foreach (var entry in _services.Children.Entries.Where(e => e.IsNew).ToArray())
        {
            entry.IsNew = false;
            Supersede(entry, now, effects);
        }

        foreach (var entry in _services.Children.Entries.ToArray())
        {
            ApplyLifetime(entry, now, effects);
        }

        _sas.ForEach(sa => sa.ContinueWanted(now, effects));
    }

    /// <summary>
    /// A new pair retires the one it replaces. When both sides replaced it at once there are two new ones, and both sides
    /// know both: both send on the one without the lowest SPI, and the other is given up by who made it. Nothing is deleted
    /// before the overlap is over, so whichever pair a side sends on is received.
    /// </summary>
    private void Supersede(ChildSaEntry entry, DateTimeOffset now, List<IkeEffect> effects)
    {
        var overlap = Connection(entry.Connection).Rekey.Overlap;
        entry.Replaces?.Retire(now + overlap);
        foreach (var other in _services.Children.Entries.Where(e => e.IsInitiator != entry.IsInitiator && e.IsSiblingOf(entry)).ToArray())
        {
            var (ours, theirs) = entry.IsInitiator ? (entry, other) : (other, entry);
            if (ours.Replaces is not { } replaced || !theirs.IsYoungerThan(replaced) || now - other.Clock.Start > overlap)
            {
                continue;
            }

            var (kept, lost) = ours.LowestSpi < theirs.LowestSpi ? (theirs, ours) : (ours, theirs);
            effects.AddRange(kept.Pairs.Select(pair => new PreferChildSa(pair)));
            if (lost == ours)
            {
                ours.Retire(now + overlap);
            }
        }
    }

    private void ApplyLifetime(ChildSaEntry entry, DateTimeOffset now, List<IkeEffect> effects)
    {
        if (entry.RetireAt <= now)
        {
            Remove([entry], Replaced, effects);
            return;
        }

        var (stage, unit) = entry.StageAt(now);
        if (stage == LifetimeStage.Hard)
        {
            effects.AddRange(entry.Pairs.Select(pair => new ChildSaLifetimeReached(pair, unit, IsHard: true)));
            Remove([entry], $"its lifetime is over: {entry.Clock.Life}", effects);
            return;
        }

        if (stage == LifetimeStage.Soft && !entry.IsSoftTold)
        {
            entry.IsSoftTold = true;
            effects.AddRange(entry.Pairs.Select(pair => new ChildSaLifetimeReached(pair, unit, IsHard: false)));
            entry.RekeyAt = entry.RekeyAt is null ? null : now;
        }

        if (entry.RekeyAt <= now)
        {
            // The peer may have been first.
            if (_services.Children.Entries.Any(e => e.IsYoungerThan(entry) && e.IsSiblingOf(entry)))
            {
                entry.RekeyAt = null;
            }
            else
            {
                StartRekey(entry, now, effects);
            }
        }
    }

    private void CancelRekeys(ChildSaEntry entry, string reason, List<IkeEffect> effects) =>
        _sas.ForEach(sa => sa.CancelRekey(entry, reason, effects));

    /// <summary>Takes pairs out of use and tells each peer through its newest IKE SA (RFC 2408 section 3.15).</summary>
    private void Remove(IReadOnlyList<ChildSaEntry> entries, string reason, List<IkeEffect> effects)
    {
        foreach (var ofOne in entries.GroupBy(EstablishedWith))
        {
            ChildSaPair[] pairs = [.. ofOne.SelectMany(e => e.Pairs)];
            foreach (var entry in ofOne)
            {
                _services.Children.Remove(entry);
            }

            ofOne.Key?.SendDelete(pairs, effects);
            effects.AddRange(pairs.Select(pair => new RemoveChildSa(pair, reason)));
        }
    }
}
