// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Fixtures.Judgement;

/// <summary>The command line's exit status.</summary>
public enum ExitStatus
{
    /// <summary>Everything came out as expected.</summary>
    AsExpected = 0,

    /// <summary>An unexpected result: a failure, or a listed deviation that no longer deviates.</summary>
    Unexpected = 1,

    /// <summary>Wrong arguments.</summary>
    BadArguments = 2,

    /// <summary>A peer that was asked for could not be started, or a control failed.</summary>
    Environment = 3,

    /// <summary>No scenario was selected.</summary>
    NothingSelected = 4,

    /// <summary>A fault of the suite itself: its other results deserve no trust either.</summary>
    HarnessFault = 5,
}
