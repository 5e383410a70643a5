// SPDX-License-Identifier: Apache-2.0

using FluentAssertions.Execution;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.StepDefinitions.Peers;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using TechTalk.SpecFlow;

namespace Ipsec.StepDefinitions.Hooks;

/// <summary>
/// The frame around every scenario: the first hook to run before it and the last after it. Gives steps their <see cref="ScenarioRun"/>,
/// turns what ended the scenario into a verdict, hands the record to the <see cref="RunSession"/>, and tells NUnit the same.
/// </summary>
[Binding]
public sealed class ScenarioHooks(ScenarioContext scenario)
{
    private readonly RunSession _session = RunSession.Current;
    private ScenarioRun? _run;
    private IReadOnlyList<string> _tagProblems = [];

    /// <summary>Ends the session when nobody else will.</summary>
    [AfterTestRun(Order = int.MaxValue)]
    public static async Task EndSessionAsync()
    {
        if (RunSession.Current.EndsWithTests)
        {
            await RunSession.Current.DisposeAsync();
        }
    }

    [BeforeScenario(Order = int.MinValue)]
    public async Task BeginAsync()
    {
        var identity = ScenarioTests.Identify(TestExecutionContext.CurrentContext.CurrentTest, out _tagProblems);
        _run = _session.StartScenario(identity);
        scenario.ScenarioContainer.RegisterInstanceAs(_run);
        if (_tagProblems.Count == 0)
        {
            await _run.ConnectAsync();
        }
    }

    [BeforeStep(Order = int.MinValue)]
    public void BeginStep()
    {
        var step = scenario.StepContext.StepInfo;
        _run?.StepStarts($"{step.StepDefinitionType}", step.Text);
    }

    [AfterScenario(Order = int.MaxValue)]
    public async Task EndAsync()
    {
        if (_run is null)
        {
            // The scenario never began: NUnit already holds the reason.
            return;
        }

        var result = TestExecutionContext.CurrentContext.CurrentResult;
        var record = await _run.EndAsync(Judge(result));
        Tell(result, record);
        _session.Finish(_run.Identity.TestId, record);
    }

    private ScenarioOutcome Judge(TestResult result)
    {
        if (_tagProblems.Count > 0)
        {
            return ScenarioOutcome.HarnessError($"tags: {string.Join("; ", _tagProblems)}");
        }

        return scenario.ScenarioExecutionStatus switch
        {
            // No exception is kept for these. The output says which step it was, and how a definition would look.
            ScenarioExecutionStatus.UndefinedStep or ScenarioExecutionStatus.StepDefinitionPending =>
                ScenarioOutcome.HarnessError($"{scenario.ScenarioExecutionStatus}:\n{result.Output.ReplaceLineEndings("\n").TrimEnd()}"),
            _ => OutcomeRules.Of(scenario.TestError, _run!.Identity.Tags, _session.Ledger, _run.Steps, IsAssertion, _run.IsBlamedFor),
        };
    }

    private static bool IsAssertion(Exception error) =>
        error is AssertionFailedException or ResultStateException { ResultState.Status: TestStatus.Failed };

    private void Tell(TestResult result, ScenarioRecord record)
    {
        var state = record.Verdict switch
        {
            Verdict.Pass or Verdict.Known => ResultState.Success,
            Verdict.NonStrict => _session.Options.Strict ? ResultState.Failure : ResultState.Success,
            Verdict.Fail or Verdict.Fixed => ResultState.Failure,
            Verdict.Unsupported => ResultState.Ignored,
            _ => ResultState.Error,
        };
        var trace = state.Status == TestStatus.Failed ? result.StackTrace : null;
        result.SetResult(state, record.Verdict is Verdict.Environment ? $"environment: {record.Message}" : record.Message, trace);
    }
}
