// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>A scenario in two runs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Peer">The judged peer.</param>
/// <param name="Role">The judged side's role.</param>
/// <param name="Old">Its outcome in the earlier run; null when it did not run.</param>
/// <param name="New">Its outcome in the later run; null when it did not run.</param>
public sealed record RunChange(string Id, string Peer, Role Role, ScenarioRecord? Old, ScenarioRecord? New);
