// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike;

/// <summary>How often and when an unanswered message is sent again (RFC 2408 section 5.1: not at a fixed interval).</summary>
/// <param name="Initial">Time to the first retransmission.</param>
/// <param name="Factor">Each following interval is this many times the one before.</param>
/// <param name="Tries">Retransmissions before the exchange is given up.</param>
public sealed record RetransmissionPolicy(TimeSpan Initial, double Factor, int Tries)
{
    /// <summary>1 s, then growing by 1.8, five times: gives up after about 42 s.</summary>
    public static RetransmissionPolicy Default { get; } = new(TimeSpan.FromSeconds(1), 1.8, 5);

    /// <summary>Time to wait after the message was sent for the given time.</summary>
    /// <param name="timesSent">1 after the first transmission.</param>
    /// <returns>The interval.</returns>
    public TimeSpan IntervalAfter(int timesSent) => Initial * Math.Pow(Factor, timesSent - 1);
}
