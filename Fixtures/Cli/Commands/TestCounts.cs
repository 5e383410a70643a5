// SPDX-License-Identifier: Apache-2.0

using Ipsec.Fixtures.Judgement;

namespace Ipsec.Fixtures.Cli.Commands;

/// <summary>How many tests passed, failed, and could not be run; of unit tests and scenarios alike.</summary>
internal readonly record struct TestCounts(int Passed, int Failed, int Skipped)
{
    /// <summary>Adds two counts.</summary>
    public static TestCounts operator +(TestCounts left, TestCounts right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    /// <summary>The suite's part, without the findings about peers. When it could not run at all, that is one failure: nothing must look green that did not happen.</summary>
    public static TestCounts Of(SuiteRunResult suite, bool strict) => suite.Verdicts is not { } counts
        ? new TestCounts(0, 1, 0)
        : new TestCounts(
            counts[Verdict.Pass] + (strict ? 0 : counts[Verdict.NonStrict]),
            counts[Verdict.Fail] - suite.Findings + counts[Verdict.Fixed] + counts[Verdict.Environment] + counts[Verdict.HarnessError]
                + (strict ? counts[Verdict.NonStrict] : 0),
            counts[Verdict.Unsupported] + counts[Verdict.Known]);

    /// <summary>
    /// These counts of a test runner that has ended. One that crashed leaves no failed test behind, only its exit status; one that could not
    /// do anything with its filter leaves neither. Both are a failure.
    /// </summary>
    /// <param name="status">Its exit status.</param>
    public TestCounts OfRun(int status) => (status != 0 && Failed == 0) || Passed + Failed == 0 ? this with { Failed = Failed + 1 } : this;

    /// <inheritdoc/>
    public override string ToString() => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");
}
