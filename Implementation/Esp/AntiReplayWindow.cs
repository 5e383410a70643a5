// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// The sliding receive window of RFC 4303 section 3.4.3 and appendix A2, for 32 and 64-bit sequence numbers. Looking
/// (<see cref="Check"/>) is apart from marking (<see cref="Accept"/>), because the ICV is verified in between. Both may be called by
/// several threads at once; of several that mark one number exactly one is told that it is fresh.
/// </summary>
/// <remarks>
/// The bitmap is a ring of blocks as in RFC 6479: instead of shifting bits, a block is reused for the numbers one turn of the ring
/// further on. Each block is one word that holds 16 marks and, above them, which 16 numbers they are for, so that one
/// compare-exchange both reuses a block and marks it, and a late thread sees that its block is gone.
/// </remarks>
public sealed class AntiReplayWindow
{
    /// <summary>Narrowest window, in packets (RFC 4303 section 3.4.3).</summary>
    public const int MinSize = 32;

    /// <summary>Widest window, in packets.</summary>
    public const int MaxSize = 4096;

    private const int BlockBits = 4;
    private const int MarksPerBlock = 1 << BlockBits;
    private const ulong MarksMask = (1UL << MarksPerBlock) - 1;

    private readonly ulong[] _blocks;
    private ulong _highest;

    /// <summary>A window in which nothing has been received.</summary>
    /// <param name="size">Width in packets: a multiple of 32 from 32 to 4096.</param>
    /// <param name="highest">
    /// Highest sequence number received so far: 0 for a new SA. A higher one continues an SA; the numbers below it that are in the
    /// window count as not received.
    /// </param>
    public AntiReplayWindow(int size, ulong highest = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, MinSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        ArgumentOutOfRangeException.ThrowIfNotEqual(size % MinSize, 0, nameof(size));
        Size = size;

        // A window that starts in the middle of a block touches one block more than it fills.
        _blocks = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(size / MarksPerBlock) + 1)];
        var newest = highest >> BlockBits;
        for (var back = 0u; back < _blocks.Length; back++)
        {
            _blocks[(newest - back) % (uint)_blocks.Length] = Tag(newest - back);
        }

        if (highest != 0)
        {
            Accept(highest);
        }
    }

    /// <summary>Width, in packets.</summary>
    public int Size { get; }

    /// <summary>Right edge of the window: the highest number accepted, 0 before the first (T in RFC 4303 appendix A2).</summary>
    public ulong Highest => Volatile.Read(ref _highest);

    /// <summary>Judges a number without marking it.</summary>
    /// <param name="sequenceNumber">The whole number; with extended numbers from <see cref="Expand"/>.</param>
    /// <returns>Whether a packet with it may still be accepted.</returns>
    public ReplayVerdict Check(ulong sequenceNumber)
    {
        var verdict = CheckEdges(sequenceNumber);
        if (verdict != ReplayVerdict.Fresh)
        {
            return verdict;
        }

        var block = Volatile.Read(ref BlockOf(sequenceNumber));
        return Age(sequenceNumber, block) switch
        {
            < 0 => ReplayVerdict.TooOld,
            0 when (block & Mark(sequenceNumber)) != 0 => ReplayVerdict.Replayed,
            _ => ReplayVerdict.Fresh,
        };
    }

    /// <summary>Marks the number of an authentic packet as received and moves the window if it is the highest.</summary>
    /// <param name="sequenceNumber">The whole number.</param>
    /// <returns>Fresh when this call marked it; another thread may have been faster since the check.</returns>
    public ReplayVerdict Accept(ulong sequenceNumber)
    {
        var verdict = CheckEdges(sequenceNumber);
        if (verdict != ReplayVerdict.Fresh)
        {
            return verdict;
        }

        ref var place = ref BlockOf(sequenceNumber);
        var found = Volatile.Read(ref place);
        while (true)
        {
            var age = Age(sequenceNumber, found);
            if (age < 0)
            {
                return ReplayVerdict.TooOld;
            }

            var marks = age == 0 ? found & MarksMask : 0;
            if ((marks & Mark(sequenceNumber)) != 0)
            {
                return ReplayVerdict.Replayed;
            }

            var marked = Tag(sequenceNumber >> BlockBits) | marks | Mark(sequenceNumber);
            var before = Interlocked.CompareExchange(ref place, marked, found);
            if (before == found)
            {
                RaiseHighest(sequenceNumber);
                return ReplayVerdict.Fresh;
            }

            found = before;
        }
    }

    /// <summary>The 64-bit number that the 32 bits in a packet stand for, by where the window is (RFC 4303 appendix A2.2).</summary>
    /// <param name="low">Sequence number field of the packet.</param>
    /// <returns>
    /// The whole number; 0, which is never fresh, when the low half could only belong to a time before the first packet.
    /// </returns>
    public ulong Expand(uint low)
    {
        var highest = Highest;
        var highestLow = (uint)highest;
        var subspace = highest >> 32;
        var left = unchecked(highestLow - (uint)Size + 1);
        if (highestLow >= Size - 1)
        {
            // Case A: the window lies within one subspace.
            return (low >= left ? subspace : subspace + 1) << 32 | low;
        }

        // Case B: it reaches back into the subspace before.
        return low < left ? subspace << 32 | low
            : subspace > 0 ? (subspace - 1) << 32 | low
            : 0;
    }

    // The block number, above the 16 marks. Of its 60 bits the lower 48 tell blocks apart that are less than 2^51 numbers away.
    private static ulong Tag(ulong block) => block << MarksPerBlock;

    private static ulong Mark(ulong sequenceNumber) => 1UL << (int)(sequenceNumber % MarksPerBlock);

    // Positive: the block in place is for older numbers and may be reused. Negative: it is for newer ones.
    private static long Age(ulong sequenceNumber, ulong block) =>
        unchecked((long)(Tag(sequenceNumber >> BlockBits) - (block & ~MarksMask)));

    private ref ulong BlockOf(ulong sequenceNumber) =>
        ref _blocks[(sequenceNumber >> BlockBits) & (uint)(_blocks.Length - 1)];

    private ReplayVerdict CheckEdges(ulong sequenceNumber) =>
        sequenceNumber == 0 ? ReplayVerdict.Zero
        : Highest >= (uint)Size && sequenceNumber <= Highest - (uint)Size ? ReplayVerdict.TooOld
        : ReplayVerdict.Fresh;

    private void RaiseHighest(ulong sequenceNumber)
    {
        var highest = Highest;
        while (sequenceNumber > highest)
        {
            var before = Interlocked.CompareExchange(ref _highest, sequenceNumber, highest);
            if (before == highest)
            {
                return;
            }

            highest = before;
        }
    }
}
