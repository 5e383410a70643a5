// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Gateway;

/// <summary>What packets may cost that wait for an SA to be negotiated, for each policy entry.</summary>
/// <param name="Packets">How many wait; further ones are dropped.</param>
/// <param name="Bytes">How many bytes wait.</param>
/// <param name="Time">How long they wait, and how long a negotiation is believed to be under way.</param>
/// <param name="RetryAfter">How long after a negotiation that failed the next packet may start another.</param>
public sealed record TrapLimits(int Packets, long Bytes, TimeSpan Time, TimeSpan RetryAfter)
{
    /// <summary>64 packets or 256 KiB for 30 seconds; 3 seconds of rest after a failure.</summary>
    public static TrapLimits Default { get; } = new(64, 256 << 10, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3));
}
