// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Ike.V1.QuickMode;
using Ipsec.Ike.V1.Sessions;

namespace Ipsec.Ike.V1.Lifetimes;

/// <summary>What one quick mode made: a pair of SAs, or the two of a bundle, which live and end together.</summary>
internal sealed class ChildSaEntry(PeerKey peer, ImmutableArray<ChildSaPair> pairs, SaClock clock, ChildSaEntry? replaces)
{
    private readonly Dictionary<uint, ulong> _bytes = [];

    public ImmutableArray<ChildSaPair> Pairs { get; private set; } = pairs;

    /// <summary>The entry that a rekey of ours meant to replace by this one.</summary>
    public ChildSaEntry? Replaces { get; } = replaces;

    /// <summary>Put to use, and not yet looked at by those who care for its predecessors.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>Its place in the order in which entries were put to use; the table gives it.</summary>
    public long Order { get; set; }

    /// <summary>With whom it is; IKE SAs come and go meanwhile.</summary>
    public PeerKey Peer { get; } = peer;

    public string Connection => Pairs[0].Connection;

    public string Child => Pairs[0].Child;

    /// <summary>Whether this side started the quick mode.</summary>
    public bool IsInitiator => Pairs[0].IsInitiator;

    public SaClock Clock { get; private set; } = clock;

    /// <summary>The most that an SA of it has carried: each SA has its own count (RFC 4301 section 4.4.2.1).</summary>
    public ulong Bytes { get; private set; }

    /// <summary>When it is deleted because another one has taken its place.</summary>
    public DateTimeOffset? RetireAt { get; private set; }

    /// <summary>When to begin or to try again to replace it; null when there is nothing to do.</summary>
    public DateTimeOffset? RekeyAt { get; set; }

    /// <summary>Whether its owner has been told of the soft lifetime.</summary>
    public bool IsSoftTold { get; set; }

    /// <summary>Replaced: stays only for packets that are still on their way.</summary>
    public bool IsRetired => RetireAt is not null;

    /// <summary>The lowest of its SPIs in either direction: the same number on both sides.</summary>
    public uint LowestSpi => Pairs.Min(p => Math.Min(p.InboundSpi, p.OutboundSpi));

    /// <summary>Whether both protect the same for the same peer, and none has been replaced.</summary>
    public bool IsSiblingOf(ChildSaEntry other) =>
        Peer == other.Peer
        && IsForSameAs(other.Pairs[0])
        && Pairs[0].RemoteAddress.Equals(other.Pairs[0].RemoteAddress)
        && Pairs[0].Udp == other.Pairs[0].Udp
        && !IsRetired
        && !other.IsRetired;

    /// <summary>Whether a pair is of the same child, and for the same part of its traffic.</summary>
    public bool IsForSameAs(ChildSaPair pair) =>
        Child == pair.Child
        && SelectorIdentity.Same(Pairs[0].LocalSelector, pair.LocalSelector)
        && SelectorIdentity.Same(Pairs[0].RemoteSelector, pair.RemoteSelector);

    public bool IsYoungerThan(ChildSaEntry other) => Order > other.Order;

    public (LifetimeStage Stage, LifetimeUnit Unit) StageAt(DateTimeOffset now) => Clock.At(now, Bytes);

    /// <summary>The next moment at which something may be to do.</summary>
    public DateTimeOffset Deadline => new DateTimeOffset?[] { Clock.HardAt, IsSoftTold ? null : Clock.SoftAt, RekeyAt, RetireAt }.Min()!.Value;

    public void Count(uint inboundSpi, ulong received, ulong sent)
    {
        _bytes[inboundSpi] = Math.Max(received, sent);
        Bytes = Math.Max(Bytes, _bytes[inboundSpi]);
    }

    /// <summary>The peer will use it for less time than was agreed (RFC 2407 section 4.5.4).</summary>
    public void Shorten(SaLife life) => Clock = Clock with { Life = Clock.Life.Shorter(life) };

    /// <summary>The peer of a pair has another address or port.</summary>
    public void Replace(ChildSaPair pair, ChildSaPair changed) => Pairs = Pairs.Replace(pair, changed);

    public void Retire(DateTimeOffset at)
    {
        RetireAt ??= at;
        RekeyAt = null;
        IsSoftTold = true;
    }
}
