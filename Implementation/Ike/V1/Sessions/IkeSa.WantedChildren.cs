// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.NewGroup;
using Ipsec.Ike.V1.Policy;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Wire.Isakmp;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Quick modes of ours, and what comes of any quick mode.</content>
internal sealed partial class IkeSa
{
    private readonly Queue<ChildSaEntry> _wantedRekeys = [];

    /// <summary>Replaces a pair or bundle now, or as soon as phase 1 is complete.</summary>
    public void WantRekey(ChildSaEntry entry, DateTimeOffset now, List<IkeEffect> effects)
    {
        _wantedRekeys.Enqueue(entry);
        if (IsReady)
        {
            StartWantedChildren(now, effects);
        }
    }

    /// <summary>Starts children that waited for a private group, when it has come or cannot come any more.</summary>
    public void ContinueWanted(DateTimeOffset now, List<IkeEffect> effects)
    {
        if (IsReady && _wantedChildren.Count > 0)
        {
            StartWantedChildren(now, effects);
        }
    }

    /// <summary>Whether a quick mode that replaces it is under way or waits for phase 1; one of the peer for the same child may do so too.</summary>
    public bool IsRekeying(ChildSaEntry entry) =>
        !IsClosed
        && Peer == entry.Peer
        && (_wantedRekeys.Contains(entry)
            || _quickModes.Values.Any(q => q.State.Expected is not null
                && (q.Replaces == entry || (!q.IsInitiator && q.State.Prepared is [var pair, ..] && entry.IsForSameAs(pair)))));

    /// <summary>What was to be replaced has been deleted: nobody wants its successor.</summary>
    public void CancelRekey(ChildSaEntry entry, string reason, List<IkeEffect> effects)
    {
        var others = _wantedRekeys.Where(e => e != entry).ToArray();
        _wantedRekeys.Clear();
        Array.ForEach(others, _wantedRekeys.Enqueue);
        foreach (var quick in _quickModes.Values.Where(q => q.Replaces == entry && q.State.Expected is not null).ToArray())
        {
            FailQuickMode(quick, reason, effects);
        }
    }

    private ChildPolicy Child(string name) => AssignedPolicy.Children.First(c => c.Name == name);

    private static ChildPolicy Narrowed(ChildPolicy child, IdentificationPayload? local, IdentificationPayload? remote) => child.MayBeNarrowed
        ? child with { LocalSelector = local ?? child.LocalSelector, RemoteSelector = remote ?? child.RemoteSelector }
        : child;

    private void StartWantedChildren(DateTimeOffset now, List<IkeEffect> effects)
    {
        StartWantedGroups(now, effects);
        for (var left = _wantedChildren.Count; left > 0; left--)
        {
            var wanted = _wantedChildren.Dequeue();
            if (AwaitsGroup(Child(wanted.Child)))
            {
                _wantedChildren.Enqueue(wanted);
            }
            else
            {
                StartQuickMode(Narrowed(Child(wanted.Child), wanted.Local, wanted.Remote), replaces: null, now, effects);
            }
        }

        while (_wantedRekeys.TryDequeue(out var entry))
        {
            StartQuickMode(Narrowed(Child(entry.Child), entry.Pairs[0].LocalSelector, entry.Pairs[0].RemoteSelector), entry, now, effects);
        }
    }

    /// <summary>Whether a child needs a private group that is being negotiated.</summary>
    private bool AwaitsGroup(ChildPolicy child) =>
        child.PrivatePfsGroup is { } number
        && _services.Groups.Find(Peer, number) is null
        && _newGroups.Values.Any(n => n.State is NewGroupState.ExpectAnswer offer && offer.Offered.Any(g => g.Number == number));

    private void StartQuickMode(ChildPolicy child, ChildSaEntry? replaces, DateTimeOffset now, List<IkeEffect> effects)
    {
        var messageId = _services.NewMessageId(_usedMessageIds);
        var context = QuickModeContext(messageId);
        if (!context.TryGetGroup(child, out var group))
        {
            Fail($"the private group {child.PrivatePfsGroup} has not been negotiated");
            return;
        }

        if (Encapsulation.Usable(child.Suites, Encapsulation.OnTheWire(child.Mode, context.Nat)).IsEmpty)
        {
            Fail("all its suites have AH, which cannot pass the NAT between the peers");
            return;
        }

        var step = QuickModeInitiator.Start(child, group, _services.Children.NewSpis(_services.Random), context);
        var quick = new QuickModeExchange(messageId, true, step.Next, Phase2Iv(_phase1Iv, messageId))
        {
            Replaces = replaces,
            SetsCommit = child.SetCommitBit,
        };
        _quickModes.Add(messageId, quick);
        _usedMessageIds.Add(messageId);
        Apply(quick, step, 1, now, effects);

        void Fail(string problem) =>
            effects.Add(new ExchangeFailed(Description, ExchangeType.QuickMode, messageId, $"child \"{child.Name}\": {problem}"));
    }

    /// <summary>
    /// Puts pairs to use, AH and ESP of a bundle together. Their clock runs from here; a bundle lives as long as the shorter
    /// of its two.
    /// </summary>
    private void Install(QuickModeExchange quick, ImmutableArray<ChildSaPair> pairs, DateTimeOffset now, List<IkeEffect> effects)
    {
        var life = pairs.Select(p => new SaLife(p.LifetimeSeconds, p.LifetimeKilobytes)).Aggregate((a, b) => a.Shorter(b));
        var clock = SaClock.Begin(now, life, Policy.Rekey, _services.Random);
        var entry = new ChildSaEntry(Peer, pairs, clock, quick.Replaces) { RekeyAt = Policy.Rekey.IsAutomatic ? clock.SoftAt : null };
        _services.Children.Add(entry);
        effects.AddRange(pairs.Select(pair => new InstallChildSa(pair)));
        if (quick.SetsCommit)
        {
            quick.Connected = SendConnected(quick, pairs[0], effects);
        }
    }
}
