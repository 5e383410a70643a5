// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Esp;

/// <summary>
/// Passes auditable events on to a sink, as many as the policy allows. Neither locks nor allocates; the time is the caller's.
/// </summary>
/// <param name="sink">Where events go.</param>
/// <param name="policy">How many.</param>
public sealed class AuditTrail(IAuditSink sink, AuditPolicy policy)
{
    private static readonly int Kinds = Enum.GetValues<EspOutcome>().Length;

    // For each outcome the time, in ticks, at which its bucket would be full again if nothing more came (a token bucket as one number).
    private readonly long[] _fullAt = new long[Kinds];
    private readonly long[] _suppressed = new long[Kinds];

    /// <summary>Records an event, if it is auditable and the policy allows.</summary>
    /// <param name="auditEvent">The event.</param>
    /// <returns>True when the sink got it.</returns>
    public bool Record(in AuditEvent auditEvent)
    {
        if (!AuditEvent.IsAuditable(auditEvent.Outcome))
        {
            return false;
        }

        var kind = (int)auditEvent.Outcome;
        if (!TryTakeToken(ref _fullAt[kind], auditEvent.Time.UtcTicks))
        {
            Interlocked.Increment(ref _suppressed[kind]);
            return false;
        }

        sink.Record(auditEvent, Interlocked.Exchange(ref _suppressed[kind], 0));
        return true;
    }

    private bool TryTakeToken(ref long fullAt, long now)
    {
        var found = Volatile.Read(ref fullAt);
        while (true)
        {
            var next = Math.Max(found, now) + policy.Interval.Ticks;
            if (next - now > policy.Burst * policy.Interval.Ticks)
            {
                return false;
            }

            var before = Interlocked.CompareExchange(ref fullAt, next, found);
            if (before == found)
            {
                return true;
            }

            found = before;
        }
    }
}
