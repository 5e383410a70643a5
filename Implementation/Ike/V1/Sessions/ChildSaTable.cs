// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>The IPsec SA pairs of an endpoint. They outlive the IKE SA that made them (RFC 2409 section 5.5).</summary>
internal sealed class ChildSaTable
{
    private readonly List<ChildSaPair> _pairs = [];

    public IReadOnlyList<ChildSaPair> All => _pairs;

    public void Add(ChildSaPair pair) => _pairs.Add(pair);

    public bool Remove(ChildSaPair pair) => _pairs.Remove(pair);

    public ChildSaPair? FindInbound(uint spi) => _pairs.Find(p => p.InboundSpi == spi);

    /// <summary>Only the connection that made a pair may name it.</summary>
    public ChildSaPair? FindOutbound(string connection, uint spi) =>
        _pairs.Find(p => p.OutboundSpi == spi && p.Connection == connection);

    /// <summary>
    /// Whether the peer already receives on this SPI. It identifies one SA of the receiver (RFC 4303 section 2.1), so a
    /// peer that chooses it again could not tell the packets apart.
    /// </summary>
    public bool IsTaken(IPAddress remote, uint outboundSpi) =>
        _pairs.Exists(p => p.OutboundSpi == outboundSpi && p.RemoteAddress.Equals(remote));

    /// <summary>An unused SPI above the reserved values (RFC 4303 section 2.1).</summary>
    public uint NewSpi(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        uint spi;
        do
        {
            random.Fill(bytes);
            spi = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        }
        while (spi <= Phase2Negotiation.LargestReservedSpi || FindInbound(spi) is not null);
        return spi;
    }
}
