// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>How a scenario ended.</summary>
/// <param name="Verdict">What came out.</param>
/// <param name="Failure">The broken clause, when there is one.</param>
/// <param name="Reason">Why, when it is not a broken clause: what the peer cannot do, what the environment lacks, or our own fault.</param>
public sealed record ScenarioOutcome(Verdict Verdict, Failure? Failure = null, string? Reason = null)
{
    /// <summary>The clause is kept.</summary>
    public static ScenarioOutcome Pass { get; } = new(Verdict.Pass);

    /// <summary>A fault of the suite itself.</summary>
    public static ScenarioOutcome HarnessError(string reason) => new(Verdict.HarnessError, Reason: reason);

    /// <summary>What stands in the record: the five lines, or the reason; null for a plain pass.</summary>
    /// <param name="evidence">Path of the evidence folder, or null when none was kept.</param>
    public string? ToMessage(string? evidence)
    {
        var lines = Failure?.ToMessage(evidence);
        return (lines, Reason) switch
        {
            (null, _) => Reason,
            (_, null) => lines,
            _ => $"{lines}\n{Reason}",
        };
    }

    /// <summary>What is left of this outcome when the peer turns out to have been gone; a crash that was found, and a fault of ours, stay.</summary>
    public ScenarioOutcome WithoutPeer(string reason) => this switch
    {
        { Verdict: Verdict.HarnessError } => WithFault(reason),
        // What was noticed first says most.
        { IsCrash: true } or { Verdict: Verdict.Environment } => this,
        _ => new(Verdict.Environment, Reason: Failure is null ? reason : $"{reason}\nBefore that was known: {Failure.Came}"),
    };

    /// <summary>Whether it is the peer's crash that was found.</summary>
    public bool IsCrash { get; init; }

    /// <summary>The same outcome, and a fault that came up later: the suite can no longer be trusted here.</summary>
    public ScenarioOutcome WithFault(string reason) =>
        this with { Verdict = Verdict.HarnessError, Reason = Reason is null ? reason : $"{Reason}\n{reason}" };
}
