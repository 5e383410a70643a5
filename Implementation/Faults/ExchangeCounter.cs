// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;
using Ipsec.Wire.Isakmp;

namespace Ipsec.Faults;

/// <summary>
/// Numbers the messages of each exchange in the order in which they are first seen, so that a retransmission has the
/// number of its first transmission. Needs no keys: it looks at headers and at whole datagrams only. What it remembers is
/// bounded, because anyone can send datagrams: of many exchanges it forgets the oldest.
/// </summary>
public sealed class ExchangeCounter
{
    private const int MaxExchanges = 1024;
    private const int MaxMessages = 64;

    private readonly Dictionary<ExchangeKey, List<UInt128>> _exchanges = [];
    private readonly Queue<ExchangeKey> _byAge = new();

    /// <summary>The number of a datagram's message within its exchange.</summary>
    /// <param name="datagram">UDP payload.</param>
    /// <param name="exchange">The exchange type its header names.</param>
    /// <returns>The number from 1; 0 when it is not even an ISAKMP header, or when the exchange has more messages than any real one.</returns>
    public int NumberOf(ReadOnlySpan<byte> datagram, out ExchangeType exchange)
    {
        exchange = ExchangeType.None;
        if (!IsakmpHeader.TryRead(datagram, out var header, out _))
        {
            return 0;
        }

        exchange = header.ExchangeType;
        var seen = Messages(new(header.InitiatorCookie, header.ExchangeType, header.MessageId));
        var fingerprint = Fingerprint(datagram);
        var index = seen.IndexOf(fingerprint);
        if (index >= 0)
        {
            return index + 1;
        }

        if (seen.Count == MaxMessages)
        {
            return 0;
        }

        seen.Add(fingerprint);
        return seen.Count;
    }

    private static UInt128 Fingerprint(ReadOnlySpan<byte> datagram)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(datagram, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private List<UInt128> Messages(ExchangeKey key)
    {
        if (!_exchanges.TryGetValue(key, out var seen))
        {
            if (_exchanges.Count == MaxExchanges)
            {
                _exchanges.Remove(_byAge.Dequeue());
            }

            seen = [];
            _exchanges.Add(key, seen);
            _byAge.Enqueue(key);
        }

        return seen;
    }

    private readonly record struct ExchangeKey(Cookie Initiator, ExchangeType Exchange, uint MessageId);
}
