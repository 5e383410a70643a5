// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Transports.Nat;

/// <summary>What a NAT did with the packets it saw.</summary>
public sealed class NatCounters
{
    private readonly Dictionary<(NatDirection, NatVerdict), long> _counts = [];

    /// <summary>Number of packets.</summary>
    /// <param name="direction">Which way they went.</param>
    /// <param name="verdict">What became of them.</param>
    /// <returns>The count so far.</returns>
    public long this[NatDirection direction, NatVerdict verdict] => _counts.GetValueOrDefault((direction, verdict));

    /// <summary>The counts that are not zero.</summary>
    /// <returns>For example "Outbound Translated 3, Inbound NoMapping 1".</returns>
    public override string ToString() => string.Join(", ", _counts.Select(count => $"{count.Key.Item1} {count.Key.Item2} {count.Value}"));

    internal NatVerdict Count(NatDirection direction, NatVerdict verdict)
    {
        _counts[(direction, verdict)] = this[direction, verdict] + 1;
        return verdict;
    }
}
