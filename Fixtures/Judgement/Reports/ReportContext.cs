// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>What reports need beside the results.</summary>
public sealed record ReportContext
{
    /// <summary>The clauses, for their requirements in our words.</summary>
    public ClauseLedger Ledger { get; init; } = ClauseLedger.Empty;

    /// <summary>The message ladder of an outcome, or null when there is none.</summary>
    public Func<ScenarioRecord, IReadOnlyList<LadderStep>?> Ladder { get; init; } = static _ => null;

    /// <summary>Whether a SHOULD counts as a MUST.</summary>
    public bool Strict { get; init; }

    /// <summary>Takes the ladders from the evidence kept in a results' folder.</summary>
    public static ReportContext FromEvidence(string folder, ClauseLedger ledger, bool strict = false) => new()
    {
        Ledger = ledger,
        Ladder = record => record.Evidence is null ? null : EvidenceFolder.ReadTrace(Path.Combine(folder, record.Evidence))?.ToLadder(),
        Strict = strict,
    };
}
