// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Daemon.Runtime;

/// <summary>At most one line a second for each reason, so that nobody can fill the log; what is left out is counted.</summary>
/// <param name="clock">The time.</param>
internal sealed class RateLimit(TimeProvider clock)
{
    // Reasons come from a program's own texts and seldom hold a peer's; still, nobody is to make this grow.
    private const int MostReasons = 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (DateTimeOffset At, long Suppressed)> _reasons = new(StringComparer.Ordinal);

    /// <summary>Whether a line may be written now.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="suppressed">How many of the same reason were left out since the last one.</param>
    /// <returns>False when it is to be left out.</returns>
    public bool Allows(string reason, out long suppressed)
    {
        var now = clock.GetUtcNow();
        var isKnown = _reasons.TryGetValue(reason, out var last);
        suppressed = last.Suppressed;
        if (isKnown && now - last.At < Interval)
        {
            _reasons[reason] = last with { Suppressed = last.Suppressed + 1 };
            return false;
        }

        if (!isKnown && _reasons.Count >= MostReasons)
        {
            _reasons.Clear();
        }

        _reasons[reason] = (now, 0);
        return true;
    }
}
