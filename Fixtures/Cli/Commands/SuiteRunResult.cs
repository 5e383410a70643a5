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

    /// <summary>The results' folder; null when nothing was run.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// How many scenarios that judge nobody but the peer a peer of another's making has failed. For who asks about the peer
    /// that is the answer; for who asks whether the suite works it is none.
    /// </summary>
    public int Findings { get; init; }

    /// <summary>The exit status as it were without the findings.</summary>
    public int StatusWithoutFindings { get; init; } = Status;
}
