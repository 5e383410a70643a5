// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>What the window's verdicts mean for a packet.</summary>
internal static class Replay
{
    public static EspOutcome Outcome(ReplayVerdict? verdict) => verdict switch
    {
        null or ReplayVerdict.Fresh => EspOutcome.Ok,
        ReplayVerdict.Replayed => EspOutcome.Replayed,
        ReplayVerdict.TooOld => EspOutcome.TooOld,
        ReplayVerdict.Zero => EspOutcome.SequenceZero,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "A verdict without an outcome."),
    };
}
