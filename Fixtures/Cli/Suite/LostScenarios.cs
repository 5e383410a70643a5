// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using NUnit.Framework.Interfaces;

namespace Ipsec.Fixtures.Cli.Suite;

/// <summary>
/// Sees to it that no scenario vanishes: a test that ended without delivering a record, because a hook failed, its feature could
/// not be set up, or somebody switched it off, gets one that says so.
/// </summary>
internal sealed class LostScenarios(RunSession session, IEnumerable<ScenarioIdentity> chosen) : ITestListener
{
    private readonly FrozenDictionary<string, ScenarioIdentity> _chosen =
        chosen.ToFrozenDictionary(scenario => scenario.TestId, StringComparer.Ordinal);

    /// <inheritdoc/>
    public void TestStarted(ITest test)
    {
    }

    /// <inheritdoc/>
    public void TestFinished(ITestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (_chosen.TryGetValue(result.Test.Id, out var scenario) && !session.HasFinished(scenario.TestId))
        {
            var reason = $"The scenario delivered no verdict: {result.Message ?? $"NUnit says {result.ResultState}"}";
            var duration = TimeSpan.FromSeconds(result.Duration);
            session.Finish(scenario.TestId, scenario.ToRecord(Verdict.HarnessError, duration, reason, evidence: null));
        }
    }

    /// <inheritdoc/>
    public void TestOutput(TestOutput output)
    {
    }

    /// <inheritdoc/>
    public void SendMessage(TestMessage message)
    {
    }
}
