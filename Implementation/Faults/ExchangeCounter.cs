// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults;

/// <summary>
/// Numbers the messages of each exchange in the order in which they are first seen, so that a retransmission has the
/// number of its first transmission. Needs no keys: it looks at headers and at whole datagrams only.
/// </summary>
public sealed class ExchangeCounter
{
    private readonly Dictionary<(Cookie Initiator, ExchangeType Exchange, uint MessageId), List<byte[]>> exchanges = [];

    /// <summary>The number of a datagram's message within its exchange.</summary>
    /// <param name="datagram">UDP payload.</param>
    /// <param name="exchange">The exchange type its header names.</param>
    /// <returns>The number from 1; 0 when it is not even an ISAKMP header.</returns>
    public int NumberOf(ReadOnlySpan<byte> datagram, out ExchangeType exchange)
    {
        exchange = ExchangeType.None;
        if (!IsakmpHeader.TryRead(datagram, out var header, out _))
        {
            return 0;
        }

        exchange = header.ExchangeType;
        var key = (header.InitiatorCookie, header.ExchangeType, header.MessageId);
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(exchanges, key, out _);
        seen ??= [];
        for (var i = 0; i < seen.Count; i++)
        {
            if (datagram.SequenceEqual(seen[i]))
            {
                return i + 1;
            }
        }

        seen.Add(datagram.ToArray());
        return seen.Count;
    }
}
