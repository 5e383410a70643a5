// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Rig.Run;

namespace Ipsec.Fixtures.Cli.Progress;

/// <summary>A scenario that runs now.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Step">The step it is at, or null before the first.</param>
internal sealed record RunningScenario(ScenarioRun Scenario, string? Step);
