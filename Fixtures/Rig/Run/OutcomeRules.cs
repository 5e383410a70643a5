// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Rig.Run;

/// <summary>From what ended a scenario to its verdict.</summary>
public static class OutcomeRules
{
    private static readonly string[] FramesOfRunner = ["at TechTalk.SpecFlow.", "at System.Reflection.", "at InvokeStub_"];

    /// <summary>Judges a scenario by the exception that ended it.</summary>
    /// <param name="error">The exception, or null when every step held.</param>
    /// <param name="tags">The scenario's tags.</param>
    /// <param name="ledger">The clauses, for their requirements in our words.</param>
    /// <param name="steps">The steps as far as they were reached.</param>
    /// <param name="isAssertion">Whether an exception is a test framework's failed assertion.</param>
    /// <param name="isBlamed">Whether a crash of the peer is this scenario's finding; null for never.</param>
    public static ScenarioOutcome Of(
        Exception? error, ScenarioTags tags, ClauseLedger ledger, StepTrail steps, Func<Exception, bool> isAssertion, Func<PeerCrash, bool>? isBlamed = null)
    {
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(isAssertion);
        return Unwrap(error) switch
        {
            null => ScenarioOutcome.Pass,
            ConformanceException broken => OfFailure(broken.Failure, tags.Level),
            UnsupportedException unsupported => new(Verdict.Unsupported, Reason: unsupported.Message),
            PeerCrashedException crash when isBlamed?.Invoke(crash.Crash) ?? false => OfCrash(crash, tags, ledger, steps),
            EnvironmentException environment => new(Verdict.Environment, Reason: environment.Message),
            { } assertion when isAssertion(assertion) => OfFailure(FromAssertion(assertion.Message, tags, ledger, steps), tags.Level),
            { } fault => ScenarioOutcome.HarnessError(steps.Current is { } step ? $"{step}\n{Readable(fault)}" : Readable(fault)),
        };
    }

    /// <summary>
    /// The outcome of a scenario that made the peer crash: a failure whatever its level, because no clause permits it.
    /// </summary>
    public static ScenarioOutcome OfCrash(PeerCrashedException error, ScenarioTags tags, ClauseLedger ledger, StepTrail steps)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(steps);
        return new(Verdict.Fail, FromAssertion(error.Crash.ToString(), tags, ledger, steps) with { Legal = "any answer or none, from a daemon that lives on" }, error.Message) { IsCrash = true };
    }

    /// <summary>
    /// A broken clause is judged by the weaker of two levels: its own, and its scenario's. A MAY cannot be broken; what came is noted.
    /// </summary>
    private static ScenarioOutcome OfFailure(Failure failure, Level scenario)
    {
        var clause = failure.LevelText switch
        {
            "SHOULD" or "SHOULD NOT" => Level.Should,
            "MAY" => Level.May,
            _ => Level.Must,
        };
        var verdict = (Level)Math.Max((int)clause, (int)scenario) switch
        {
            Level.Must => Verdict.Fail,
            Level.Should => Verdict.NonStrict,
            _ => Verdict.Pass,
        };
        return new(verdict, failure);
    }

    /// <summary>An assertion knows only what came; what was sent and what would have been legal is what the steps say.</summary>
    private static Failure FromAssertion(string came, ScenarioTags tags, ClauseLedger ledger, StepTrail steps)
    {
        var sent = steps.LastAction ?? "nothing yet";
        var legal = steps.Claim ?? $"the step holds: {steps.Current}";
        var id = tags.Clauses.FirstOrDefault("");
        return ledger.TryFind(id, out var clause)
            ? Failure.Of(clause, sent, legal, came)
            : new Failure(id, "(not in the ledger)", sent, legal, came);
    }

    /// <summary>An exception without the stack frames of what runs the steps: those are the same every time.</summary>
    private static string Readable(Exception fault) => string.Join(
        '\n', fault.ToString().Split('\n').Select(line => line.TrimEnd('\r')).Where(line => !FramesOfRunner.Any(line.TrimStart().StartsWith)));

    private static Exception? Unwrap(Exception? error) => error switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions.Count: 1 } aggregate => Unwrap(aggregate.InnerExceptions[0]),
        _ => error,
    };
}
