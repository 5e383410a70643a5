// SPDX-License-Identifier: Apache-2.0

using Ipsec.Wire.V1;

namespace Ipsec.Ike.V1.Fragmentation;

/// <summary>
/// Puts fragments together. Nothing authenticates a fragment, so what is kept is bounded in messages, fragments, bytes
/// and time (RFC 2408 section 1.7.1); only the whole message can be judged.
/// </summary>
/// <param name="limits">The bounds.</param>
/// <param name="capacity">Messages that may be incomplete at once; one more drops the oldest.</param>
internal sealed class FragmentReassembler(IkeV1Limits limits, int capacity)
{
    private const string Clause = "RFC 2408 section 1.7.1";

    private readonly List<Partial> _partials = [];

    /// <summary>Messages of which fragments are missing.</summary>
    public int Incomplete => _partials.Count;

    /// <summary>Takes a fragment.</summary>
    /// <param name="key">The message it belongs to.</param>
    /// <param name="fragment">The fragment.</param>
    /// <param name="now">The time.</param>
    /// <param name="message">The whole message, when this was the one that was missing; else empty.</param>
    /// <returns>Null when the fragment was taken.</returns>
    public Rejection? Add(FragmentKey key, FragmentPayload fragment, DateTimeOffset now, out ReadOnlyMemory<byte> message)
    {
        message = default;
        _partials.RemoveAll(p => p.Expires <= now);
        if (fragment.Number == 0 || fragment.Number > limits.Fragments || fragment.Data.IsEmpty)
        {
            return new(Clause, $"{fragment}: fragments are numbered 1 to {limits.Fragments} and hold at least one byte");
        }

        var partial = _partials.Find(p => p.Key == key);
        if (partial is not null && partial.Contradicts(fragment))
        {
            // A forged fragment, or another message with the same ID. The older set is given up: a retransmission then
            // completes, where otherwise what was forged first would stay until its time is over.
            _partials.Remove(partial);
            partial = null;
        }

        if (partial?.Has(fragment) == true)
        {
            return new("RFC 2408 section 5.1", $"{fragment}: duplicate of a fragment already there");
        }

        if ((partial?.Bytes ?? 0) + fragment.Data.Length > limits.FragmentedBytes)
        {
            return new(Clause, $"{fragment}: the fragments have more than {limits.FragmentedBytes} bytes");
        }

        partial ??= Begin(key, now);
        partial.Add(fragment);
        if (partial.IsComplete)
        {
            _partials.Remove(partial);
            message = partial.Join();
        }

        return null;
    }

    private Partial Begin(FragmentKey key, DateTimeOffset now)
    {
        if (_partials.Count >= capacity)
        {
            _partials.RemoveAt(0);
        }

        var partial = new Partial(key, now + limits.FragmentPatience);
        _partials.Add(partial);
        return partial;
    }

    private sealed class Partial(FragmentKey key, DateTimeOffset expires)
    {
        private readonly SortedDictionary<byte, byte[]> _pieces = [];
        private byte? _last;

        public FragmentKey Key { get; } = key;

        public DateTimeOffset Expires { get; } = expires;

        public int Bytes { get; private set; }

        public bool IsComplete => _last == _pieces.Count;

        public bool Has(FragmentPayload fragment) => _pieces.ContainsKey(fragment.Number);

        /// <summary>Another content for a number, another last number, or a number behind the last.</summary>
        public bool Contradicts(FragmentPayload fragment) =>
            (_pieces.TryGetValue(fragment.Number, out var there) && !fragment.Data.Span.SequenceEqual(there))
            || (_last is { } last && (fragment.Number > last || fragment.IsLast != (fragment.Number == last)))
            || (fragment.IsLast && _pieces.Keys.Any(number => number > fragment.Number || (number == fragment.Number && _last != number)));

        public void Add(FragmentPayload fragment)
        {
            // A copy: the datagram's buffer is the caller's.
            _pieces.Add(fragment.Number, fragment.Data.ToArray());
            Bytes += fragment.Data.Length;
            if (fragment.IsLast)
            {
                _last = fragment.Number;
            }
        }

        public ReadOnlyMemory<byte> Join() => _pieces.Values.SelectMany(piece => piece).ToArray();
    }
}
