// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Ipsec.Sa;

/// <summary>
/// Security Policy Database: ordered entries of which the first that matches decides (RFC 4301 section 4.4.1). A lookup reads
/// one snapshot of the list and takes no lock; a change replaces the snapshot.
/// </summary>
public sealed class Spd
{
    private readonly Lock _changing = new();

    // The array behind the reference is never written to once it stands here.
    private volatile SpdEntry[] _entries;

    /// <summary>A database with these entries.</summary>
    /// <param name="entries">First has precedence.</param>
    public Spd(params IEnumerable<SpdEntry> entries) => _entries = [.. entries];

    /// <summary>The entries in order of precedence, without the implied last one that discards.</summary>
    public ImmutableArray<SpdEntry> Entries => ImmutableCollectionsMarshal.AsImmutableArray(_entries);

    /// <summary>Appends an entry: it decides what no earlier entry matches.</summary>
    /// <param name="entry">The entry.</param>
    public void Add(SpdEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_changing)
        {
            _entries = [.. _entries, entry];
        }
    }

    /// <summary>Puts an entry before the one that stands at a position.</summary>
    /// <param name="index">0 for the highest precedence, up to the number of entries.</param>
    /// <param name="entry">The entry.</param>
    public void Insert(int index, SpdEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_changing)
        {
            _entries = [.. _entries[..index], entry, .. _entries[index..]];
        }
    }

    /// <summary>Removes the first entry equal to the one given.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>False when there is none.</returns>
    public bool Remove(SpdEntry entry)
    {
        lock (_changing)
        {
            var index = Array.IndexOf(_entries, entry);
            if (index >= 0)
            {
                _entries = [.. _entries[..index], .. _entries[(index + 1)..]];
            }

            return index >= 0;
        }
    }

    /// <summary>Replaces the whole policy at once: every lookup sees either the old or the new one.</summary>
    /// <param name="entries">First has precedence.</param>
    public void Replace(IEnumerable<SpdEntry> entries)
    {
        lock (_changing)
        {
            _entries = [.. entries];
        }
    }

    /// <summary>What to do with a packet on its way out (RFC 4301 section 5.1).</summary>
    /// <param name="innerPacket">A whole IPv4 or IPv6 packet, or a fragment.</param>
    /// <returns>
    /// The first matching entry; <see cref="SpdEntry.Unmatched"/> when none does, <see cref="SpdEntry.Unreadable"/> when the bytes
    /// are no IP packet.
    /// </returns>
    public SpdEntry LookupOutbound(ReadOnlySpan<byte> innerPacket) =>
        PacketSelectors.TryRead(innerPacket, out var packet) ? LookupOutbound(packet) : SpdEntry.Unreadable;

    /// <summary>What to do with a packet on its way out (RFC 4301 section 5.1).</summary>
    /// <param name="packet">The packet's selector fields.</param>
    /// <returns>The first matching entry or <see cref="SpdEntry.Unmatched"/>.</returns>
    public SpdEntry LookupOutbound(in PacketSelectors packet)
    {
        foreach (var entry in _entries)
        {
            if (entry.MatchesOutbound(packet))
            {
                return entry;
            }
        }

        return SpdEntry.Unmatched;
    }

    /// <summary>
    /// What to do with a packet that came in clear from the unprotected side (RFC 4301 section 5.2 step 3b).
    /// <see cref="SpdAction.Protect"/> means that it had to come under an SA: it is discarded.
    /// </summary>
    /// <param name="packet">A whole IPv4 or IPv6 packet, or a fragment.</param>
    /// <returns>The first matching entry, as for <see cref="LookupOutbound(ReadOnlySpan{byte})"/>.</returns>
    public SpdEntry LookupInbound(ReadOnlySpan<byte> packet) =>
        PacketSelectors.TryRead(packet, out var selectors) ? LookupInbound(selectors) : SpdEntry.Unreadable;

    /// <summary>What to do with a packet that came in clear from the unprotected side (RFC 4301 section 5.2 step 3b).</summary>
    /// <param name="packet">The packet's selector fields.</param>
    /// <returns>The first matching entry or <see cref="SpdEntry.Unmatched"/>.</returns>
    public SpdEntry LookupInbound(in PacketSelectors packet)
    {
        foreach (var entry in _entries)
        {
            if (entry.MatchesInbound(packet))
            {
                return entry;
            }
        }

        return SpdEntry.Unmatched;
    }
}
