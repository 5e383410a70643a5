// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Ipsec.Crypto;
using Ipsec.Ike.Effects;

namespace Ipsec.Ike.V1.Sessions;

/// <summary>The IPsec SA pairs of an endpoint. They outlive the IKE SA that made them (RFC 2409 section 5.5).</summary>
internal sealed class ChildSaTable
{
    private const uint LargestReservedSpi = 255;

    private readonly List<ChildSaPair> pairs = [];

    public IReadOnlyList<ChildSaPair> All => pairs;

    public void Add(ChildSaPair pair) => pairs.Add(pair);

    public bool Remove(ChildSaPair pair) => pairs.Remove(pair);

    public ChildSaPair? FindInbound(uint spi) => pairs.Find(p => p.InboundSpi == spi);

    /// <summary>Only the connection that made a pair may name it.</summary>
    public ChildSaPair? FindOutbound(string connection, uint spi) =>
        pairs.Find(p => p.OutboundSpi == spi && p.Connection == connection);

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
        while (spi <= LargestReservedSpi || FindInbound(spi) is not null);
        return spi;
    }
}
