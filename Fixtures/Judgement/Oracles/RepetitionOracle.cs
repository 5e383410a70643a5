// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Judges when messages are sent again (RFC 2408 section 5.1).</summary>
public static class RepetitionOracle
{
    /// <summary>What timers and a busy machine make of a constant interval.</summary>
    private static readonly TimeSpan Wobble = TimeSpan.FromMilliseconds(50);

    /// <summary>The intervals between the copies of a message get longer.</summary>
    /// <param name="copies">The message and its repetitions, in order.</param>
    /// <param name="wanted">Number of copies without which nothing can be said.</param>
    /// <returns>Null when they do.</returns>
    public static Finding? GrowingIntervals(IReadOnlyList<ObservedIke> copies, int wanted)
    {
        var gaps = copies.Zip(copies.Skip(1), (earlier, later) => later.Time - earlier.Time).ToArray();
        var legal = $"{wanted} copies, each interval between them longer than the one before";
        var grows = gaps.Zip(gaps.Skip(1), (earlier, later) => later > earlier + Wobble).All(longer => longer);
        return copies.Count >= wanted && grows
            ? null
            : new(legal, $"{copies.Count} copies, intervals: {string.Join(", ", gaps.Select(gap => $"{gap.TotalSeconds:F2} s"))}");
    }
}
