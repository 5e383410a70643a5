// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Policy;

/// <summary>
/// When an SA is replaced before its life ends. The end is the hard lifetime, which is negotiated; the soft one before it
/// is each side's own (RFC 4301 section 4.4.2.1), and lies at random in a stretch so that two sides seldom begin at once.
/// </summary>
public sealed record RekeyPolicy
{
    /// <summary>Whether this side replaces SAs by itself; otherwise they end with their hard lifetime.</summary>
    public bool IsAutomatic { get; init; } = true;

    /// <summary>The part of the life that is left at the latest when replacing begins.</summary>
    public double Margin { get; init; } = 0.1;

    /// <summary>The stretch before that point in which replacing begins, as a part of the life.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>How long the old SA stays after the new one is in use, for what is still on its way (RFC 2408 section 4.3).</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time from one attempt that failed to the next.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(10);
}
