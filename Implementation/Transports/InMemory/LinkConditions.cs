// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.InMemory;

/// <summary>How bad a link is, in memory or on the way to a real peer. Decisions are drawn from the link's own random source, so a seed repeats them.</summary>
/// <param name="Delay">Time a frame takes.</param>
/// <param name="Jitter">Up to this much is added; more than the gap between two frames reorders them.</param>
/// <param name="Loss">Share of frames lost, 0 to 1.</param>
/// <param name="Duplication">Share of frames that arrive twice, 0 to 1.</param>
public sealed record LinkConditions(TimeSpan Delay, TimeSpan Jitter, double Loss, double Duplication)
{
    /// <summary>One millisecond, nothing lost, nothing duplicated.</summary>
    public static LinkConditions Good { get; } = new(TimeSpan.FromMilliseconds(1), TimeSpan.Zero, 0, 0);

    /// <summary>
    /// Which packets are lost besides, counted from 1: 3 for the third, sixth and so on; 0 for none. Unlike a share it bounds how many
    /// are lost one after the other.
    /// </summary>
    public int LosesEvery { get; init; }

    /// <summary>No time, nothing lost, nothing duplicated: as if the link were not there.</summary>
    public static LinkConditions None { get; } = new(TimeSpan.Zero, TimeSpan.Zero, 0, 0);
}
