// SPDX-License-Identifier: Apache-2.0

using Ipsec.Sa;

namespace Ipsec.Esp;

/// <summary>
/// Sequence numbers of a sender (RFC 4303 section 3.3.3; RFC 4302 section 3.3.2). They stop at their end instead of cycling. Several
/// threads may take numbers at once; each gets its own.
/// </summary>
internal sealed class SequenceCounter
{
    private readonly ulong _end;
    private ulong _last;

    public SequenceCounter(SaParameters parameters, ulong first)
    {
        _end = parameters.ExtendedSequenceNumbers ? ulong.MaxValue : uint.MaxValue;
        ArgumentOutOfRangeException.ThrowIfZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, _end);
        _last = first - 1;
    }

    /// <summary>The last number taken.</summary>
    public ulong Last => Volatile.Read(ref _last);

    /// <summary>How many are left.</summary>
    public ulong Left => _end - Last;

    /// <summary>Leaves numbers out; the last one at the most.</summary>
    public void Skip(ulong count)
    {
        var last = Volatile.Read(ref _last);
        while (true)
        {
            var found = Interlocked.CompareExchange(ref _last, last + Math.Min(count, _end - last), last);
            if (found == last)
            {
                return;
            }

            last = found;
        }
    }

    public bool TryTake(out ulong sequenceNumber)
    {
        var last = Volatile.Read(ref _last);
        while (last < _end)
        {
            var found = Interlocked.CompareExchange(ref _last, last + 1, last);
            if (found == last)
            {
                sequenceNumber = last + 1;
                return true;
            }

            last = found;
        }

        sequenceNumber = 0;
        return false;
    }
}
