// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>Where a message stands in a scenario, whatever the peer: what makes messages of two captures comparable.</summary>
/// <param name="Exchange">The exchange in the RFC's words.</param>
/// <param name="Starter">Who started it.</param>
/// <param name="Occurrence">Which of the exchanges of that kind and starter it was, from 1.</param>
/// <param name="Ordinal">The message's number within it, from 1.</param>
public readonly record struct MessagePlace(string Exchange, string Starter, int Occurrence, int Ordinal)
{
    /// <summary>Without the occurrence: what a peer does in every quick mode is one thing.</summary>
    public override string ToString() => FormattableString.Invariant($"{Exchange} #{Ordinal}");
}
