// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Ipsec.Fixtures.Judgement;

/// <summary>The outcome of one scenario against one peer in one role.</summary>
/// <param name="Id">The scenario's permanent id.</param>
/// <param name="Name">Its title.</param>
/// <param name="Feature">The feature it stands in.</param>
/// <param name="Tags">Its tags, without the leading <c>@</c>.</param>
/// <param name="Clauses">The ids of the clauses it judges.</param>
/// <param name="Level">How strongly they bind.</param>
/// <param name="Peer">The judged peer's name.</param>
/// <param name="Role">The judged side's role.</param>
/// <param name="Verdict">What came out.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="Message">For anything but a pass: the five lines, or the reason.</param>
/// <param name="Evidence">The evidence folder, relative to the results' folder, with forward slashes; null when none was kept.</param>
public sealed record ScenarioRecord(
    string Id,
    string Name,
    string Feature,
    ImmutableArray<string> Tags,
    ImmutableArray<string> Clauses,
    Level Level,
    string Peer,
    Role Role,
    Verdict Verdict,
    double DurationMs,
    string? Message,
    string? Evidence);
