// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Ipsec.Esp;

/// <summary>
/// How often each outcome came; the auditable events of RFC 4303 section 4 are among them. May be read while packets pass.
/// </summary>
public sealed class EspCounters
{
    private static readonly EspOutcome[] Outcomes = Enum.GetValues<EspOutcome>();

    private readonly long[] _counts = new long[Outcomes.Length];

    /// <summary>Number of packets with an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The count so far.</returns>
    public long this[EspOutcome outcome] => Interlocked.Read(ref _counts[(int)outcome]);

    /// <summary>Number of packets with any outcome.</summary>
    public long Total => Outcomes.Sum(outcome => this[outcome]);

    /// <summary>Counts a packet.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <returns>The outcome again, so that one can count and return at once.</returns>
    public EspOutcome Count(EspOutcome outcome)
    {
        Interlocked.Increment(ref _counts[(int)outcome]);
        return outcome;
    }

    /// <summary>The outcomes that came at all.</summary>
    /// <returns>For example "Ok 12, Replayed 1".</returns>
    public override string ToString() => string.Join(
        ", ",
        Outcomes.Where(outcome => this[outcome] != 0)
            .Select(outcome => string.Create(CultureInfo.InvariantCulture, $"{outcome} {this[outcome]}")));
}
