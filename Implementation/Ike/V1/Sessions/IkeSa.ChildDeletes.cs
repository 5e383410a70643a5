// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Ipsec.Ike.Effects;
using Ipsec.Ike.V1.Negotiation;
using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Sessions;

/// <content>Deletes of IPsec SAs: RFC 2408 section 3.15.</content>
internal sealed partial class IkeSa
{
    // Keeps a Delete of many SAs well below the size of one packet.
    private const int MostSpisOfADelete = 256;

    /// <summary>
    /// Tells the peer that IPsec SAs of this connection are gone: names the SPIs on which we received. A Delete payload
    /// holds SPIs of one protocol only, so AH and ESP take two.
    /// </summary>
    public void SendDelete(IReadOnlyCollection<ChildSaPair> pairs, List<IkeEffect> effects)
    {
        foreach (var protocol in pairs.GroupBy(p => p.Protocol))
        {
            foreach (var some in protocol.Chunk(MostSpisOfADelete))
            {
                ImmutableArray<ReadOnlyMemory<byte>> spis = [.. some.Select(p => (ReadOnlyMemory<byte>)Phase2Spi.Write(p.InboundSpi))];
                SendInformational(new DeletePayload(Phase1Negotiation.IpsecDoi, (ProtocolId)protocol.Key, sizeof(uint), spis), _phase1Iv, effects);
            }
        }
    }

    /// <summary>The peer no longer receives on these SPIs. Of a bundle the rest is of no use alone.</summary>
    private void RemoveByOutboundSpis(IpsecProtocol protocol, IEnumerable<ReadOnlyMemory<byte>> spis, List<IkeEffect> effects)
    {
        foreach (var bytes in spis)
        {
            if (Phase2Spi.TryRead(bytes.Span, out var spi) && _services.Children.EntryOfOutbound(this, protocol, spi) is { } entry)
            {
                const string Reason = "the peer deleted it";
                _services.Children.Remove(entry);
                effects.AddRange(entry.Pairs.Select(pair => new RemoveChildSa(pair, Reason)));
                _services.Deleted.Add(entry);
            }
        }
    }
}
