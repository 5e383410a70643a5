// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>One requirement of an RFC that the suite tracks: a row of the clause ledger.</summary>
/// <param name="Id">Document, section and running number, for example <c>RFC2409-5.4-01</c>. Never renumbered.</param>
/// <param name="Level">How strongly it binds.</param>
/// <param name="LevelText">The level as the RFC prints it, for example <c>MUST NOT</c>.</param>
/// <param name="Role">Who has to comply: initiator, responder, both, sender, receiver, gateway or host.</param>
/// <param name="Requirement">The requirement in one sentence of our own.</param>
/// <param name="HowObserved">What is sent and what must be seen to judge the peer.</param>
/// <param name="Testable"><c>wire</c>, <c>vector</c> or <c>not-on-wire</c>.</param>
/// <param name="Priority">1 needed for interoperability, 2 important, 3 rare.</param>
public sealed record Clause(
    string Id, Level Level, string LevelText, string Role, string Requirement, string HowObserved, string Testable, int Priority)
{
    /// <summary>Whether section and content were checked against the RFC's text.</summary>
    public bool Verified { get; init; }

    /// <summary>Name of the ledger file the row stands in, for example <c>ikev1</c>.</summary>
    public string Ledger { get; init; } = "";
}
