// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Ipsec.Fixtures.Judgement;
using Ipsec.Fixtures.Rig.Run;
using Ipsec.Fixtures.Rig.Scenes;

namespace Ipsec.StepDefinitions.Support;

/// <summary>Turns what an oracle found into the five lines of a failure, under the clause that the scenario names first.</summary>
public sealed class Claims(ScenarioRun run, Scene scene)
{
    /// <summary>The claim holds unless an oracle found something.</summary>
    /// <param name="finding">What was found; null for nothing.</param>
    /// <exception cref="ConformanceException">Something was found.</exception>
    public void Hold(Finding? finding)
    {
        if (finding is not null)
        {
            Fail(finding.Legal, finding.Came);
        }
    }

    /// <summary>As <see cref="Hold(Finding?)"/>, but what was found breaks a recommendation at most.</summary>
    /// <param name="finding">What was found; null for nothing.</param>
    /// <exception cref="ConformanceException">Something was found.</exception>
    public void Recommend(Finding? finding)
    {
        if (finding is not null)
        {
            Fail(finding.Legal, finding.Came, "SHOULD");
        }
    }

    /// <summary>The claim holds when a condition does.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="legal">What the clause allows.</param>
    /// <param name="came">What was seen instead; asked for only when needed.</param>
    /// <exception cref="ConformanceException">The condition does not hold.</exception>
    public void Hold([DoesNotReturnIf(false)] bool condition, string legal, Func<string> came)
    {
        if (!condition)
        {
            Fail(legal, came());
        }
    }

    [DoesNotReturn]
    private void Fail(string legal, string came, string? level = null)
    {
        var id = run.Identity.Tags.Clauses[0];
        var sent = $"{run.Steps.LastAction}; {scene.LastSent}";
        var failure = RunSession.Current.Ledger.TryFind(id, out var clause)
            ? Failure.Of(clause, sent, legal, came)
            : new Failure(id, "(not in the ledger)", sent, legal, came);
        throw new ConformanceException(level is null ? failure : failure with { LevelText = level });
    }
}
