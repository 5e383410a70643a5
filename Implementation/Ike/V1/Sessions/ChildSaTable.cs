// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Lifetimes;
using Ipsec.Ike.V1.Negotiation;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>The IPsec SA pairs of an endpoint. They outlive the IKE SA that made them (RFC 2409 section 5.5).</summary>
internal sealed class ChildSaTable
{
    private readonly List<ChildSaEntry> _entries = [];
    private readonly HashSet<uint> _prepared = [];
    private long _lastOrder;

    /// <summary>All pairs, in the order in which they were put to use.</summary>
    public IReadOnlyList<ChildSaPair> All => [.. _entries.SelectMany(e => e.Pairs)];

    /// <summary>The same, bundles together.</summary>
    public IReadOnlyList<ChildSaEntry> Entries => _entries;

    public void Add(ChildSaEntry entry)
    {
        entry.Order = ++_lastOrder;
        _entries.Add(entry);
        Forget(entry.Pairs);
    }

    public bool Remove(ChildSaEntry entry) => _entries.Remove(entry);

    /// <summary>Takes a pair out; with it goes the bundle that it belongs to.</summary>
    public bool Remove(ChildSaPair pair) => _entries.RemoveAll(e => e.Pairs.Contains(pair)) > 0;

    /// <summary>Puts what has changed in the place of what was.</summary>
    public void Replace(ChildSaPair pair, ChildSaPair changed) => _entries.First(e => e.Pairs.Contains(pair)).Replace(pair, changed);

    public ChildSaPair? FindInbound(uint spi) => EntryOfInbound(spi)?.Pairs.First(p => p.InboundSpi == spi);

    /// <summary>One SPI of ours names one SA, AH or ESP alike.</summary>
    public ChildSaEntry? EntryOfInbound(uint spi) => _entries.Find(e => e.Pairs.Any(p => p.InboundSpi == spi));

    /// <summary>Only the peer with which a pair was made may name it.</summary>
    public ChildSaEntry? EntryOfOutbound(IkeSa sa, IpsecProtocol protocol, uint spi) => _entries.Find(e =>
        e.Peer == sa.Peer && e.Pairs.Any(p => p.Protocol == protocol && p.OutboundSpi == spi && sa.IsPeerOf(p)));

    /// <summary>
    /// Whether the peer already receives on this SPI. With protocol and address it identifies one SA of the receiver (RFC
    /// 4301 section 4.1), so a peer that chooses it again could not tell the packets apart.
    /// </summary>
    public bool IsTaken(IPAddress remote, IpsecProtocol protocol, uint outboundSpi) => _entries.Exists(e =>
        e.Pairs.Any(p => p.Protocol == protocol && p.OutboundSpi == outboundSpi && p.RemoteAddress.Equals(remote)));

    /// <summary>Keeps the inbound SPIs of pairs that are not complete from being drawn again.</summary>
    public void Prepare(IEnumerable<ChildSaPair> pairs) => _prepared.UnionWith(pairs.Select(p => p.InboundSpi));

    /// <summary>Frees what <see cref="Prepare"/> kept.</summary>
    public void Forget(IEnumerable<ChildSaPair> pairs) => _prepared.ExceptWith(pairs.Select(p => p.InboundSpi));

    /// <summary>Unused SPIs above the reserved values, one for each protocol (RFC 4302 section 2.4, RFC 4303 section 2.1).</summary>
    public InboundSpis NewSpis(IRandomSource random)
    {
        var esp = NewSpi(random);
        uint ah;
        do
        {
            ah = NewSpi(random);
        }
        while (ah == esp);
        return new(ah, esp);
    }

    private uint NewSpi(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        uint spi;
        do
        {
            random.Fill(bytes);
            spi = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }
        while (spi <= Phase2Spi.LargestReserved || FindInbound(spi) is not null || _prepared.Contains(spi));
        return spi;
    }
}
