// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>
/// A failure that explains itself: the requirement, what was sent, what would have been legal, what came, and where the proof lies.
/// </summary>
/// <param name="Clause">The clause's id in the ledger, for example <c>RFC2409-5.5-03</c>.</param>
/// <param name="Requirement">The clause in our own words.</param>
/// <param name="Sent">The step and the message that were sent.</param>
/// <param name="Legal">Every outcome that would have been legal.</param>
/// <param name="Came">What came instead.</param>
public sealed record Failure(string Clause, string Requirement, string Sent, string Legal, string Came)
{
    /// <summary>The clause's level as the RFC prints it, for example <c>MUST NOT</c>.</summary>
    public string LevelText { get; init; } = "MUST";

    /// <summary>A failure of a clause of the ledger.</summary>
    public static Failure Of(Clause clause, string sent, string legal, string came)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return new Failure(clause.Id, clause.Requirement, sent, legal, came) { LevelText = clause.LevelText };
    }

    /// <summary>The five lines. A line break inside a part becomes a semicolon, so that there are never more than five.</summary>
    /// <param name="evidence">Path of the evidence folder, or null when none was kept.</param>
    public IReadOnlyList<string> Lines(string? evidence) =>
    [
        FiveLines.Line(FiveLines.Requirement, $"{Clause} ({LevelText}) {Requirement}"),
        FiveLines.Line(FiveLines.Sent, Sent),
        FiveLines.Line(FiveLines.Legal, Legal),
        FiveLines.Line(FiveLines.Came, Came),
        FiveLines.Line(FiveLines.Evidence, evidence ?? "none was kept"),
    ];

    /// <summary>The five lines as one text, joined by line feeds, as it stands in a record's message.</summary>
    public string ToMessage(string? evidence) => string.Join('\n', Lines(evidence));
}
