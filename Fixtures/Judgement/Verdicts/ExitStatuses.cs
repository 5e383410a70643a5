// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>From verdicts to the exit status.</summary>
public static class ExitStatuses
{
    /// <summary>
    /// The status of a run with these verdicts. A fault of the suite outweighs a failure of the peer, and that outweighs the environment;
    /// no verdict at all means nothing was selected.
    /// </summary>
    public static ExitStatus Of(IEnumerable<Verdict> verdicts, bool strict = false)
    {
        var all = verdicts.ToHashSet();
        if (all.Count == 0)
        {
            return ExitStatus.NothingSelected;
        }

        if (all.Contains(Verdict.HarnessError))
        {
            return ExitStatus.HarnessFault;
        }

        if (all.Any(verdict => verdict.IsUnexpected(strict)))
        {
            return ExitStatus.Unexpected;
        }

        return all.Contains(Verdict.Environment) ? ExitStatus.Environment : ExitStatus.AsExpected;
    }
}
