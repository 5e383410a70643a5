// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>Is told what happens in a run, from the threads it happens on.</summary>
public interface IRunObserver
{
    /// <summary>A scenario starts.</summary>
    void ScenarioStarted(ScenarioRun scenario);

    /// <summary>A step of a scenario starts.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="step">The step with its keyword.</param>
    void StepStarted(ScenarioRun scenario, string step);

    /// <summary>A scenario has ended: it has its record, or, with null, the run was cut off under it.</summary>
    void ScenarioFinished(string testId, ScenarioRecord? record);
}
