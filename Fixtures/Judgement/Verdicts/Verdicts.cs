// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The verdicts' names in results, and what they mean for a build.</summary>
public static class Verdicts
{
    /// <summary>Every verdict, in report order.</summary>
    public static IReadOnlyList<Verdict> All { get; } = Enum.GetValues<Verdict>();

    /// <summary>The name in JSON, reports and messages, for example <c>non-strict</c>.</summary>
    public static string ToText(this Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Fail => "fail",
        Verdict.NonStrict => "non-strict",
        Verdict.Unsupported => "unsupported",
        Verdict.Known => "known",
        Verdict.Fixed => "fixed",
        Verdict.Environment => "environment",
        Verdict.HarnessError => "harness-error",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
    };

    /// <summary>One line for legends: what the verdict means.</summary>
    public static string Meaning(this Verdict verdict) => verdict switch
    {
        Verdict.Pass => "the clause is kept",
        Verdict.Fail => "a MUST is broken",
        Verdict.NonStrict => "a SHOULD is not followed",
        Verdict.Unsupported => "the peer cannot do it",
        Verdict.Known => "fails exactly as a listed deviation says",
        Verdict.Fixed => "listed as a deviation, and now passes",
        Verdict.Environment => "nothing was learnt: the control failed or the peer was not there",
        Verdict.HarnessError => "a fault of the suite itself",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
    };

    /// <summary>Reads the text form.</summary>
    public static bool TryParse(string? text, out Verdict verdict)
    {
        foreach (var candidate in All)
        {
            if (candidate.ToText() == text)
            {
                verdict = candidate;
                return true;
            }
        }

        verdict = default;
        return false;
    }

    /// <summary>Whether the verdict is an unexpected result of the peer; <paramref name="strict"/> lets a SHOULD count as a MUST.</summary>
    public static bool IsUnexpected(this Verdict verdict, bool strict = false) =>
        verdict is Verdict.Fail or Verdict.Fixed || (strict && verdict == Verdict.NonStrict);

    /// <summary>The verdict that a reader must see first when several stand for one cell: the one that most needs attention.</summary>
    public static Verdict Worst(IEnumerable<Verdict> verdicts) => verdicts.MaxBy(Gravity);

    private static int Gravity(Verdict verdict) => verdict switch
    {
        Verdict.HarnessError => 7,
        Verdict.Fail => 6,
        Verdict.Fixed => 5,
        Verdict.Environment => 4,
        Verdict.NonStrict => 3,
        Verdict.Known => 2,
        Verdict.Pass => 1,
        _ => 0,
    };
}
