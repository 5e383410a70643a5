// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>What came of running the suite.</summary>
/// <param name="Status">The exit status.</param>
/// <param name="Verdicts">How many outcomes of each verdict there were; null when nothing was run.</param>
internal sealed record SuiteRunResult(int Status, VerdictCounts? Verdicts)
{
    /// <summary>Names of the peers that could be started.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];
}
