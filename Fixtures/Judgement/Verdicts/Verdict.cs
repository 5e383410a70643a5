// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Ipsec.Fixtures.Judgement;

/// <summary>What one scenario said about one peer. The order is the order of columns and legends in every report.</summary>
[JsonConverter(typeof(VerdictJsonConverter))]
public enum Verdict
{
    /// <summary>The clause is kept.</summary>
    Pass,

    /// <summary>A MUST is broken.</summary>
    Fail,

    /// <summary>A SHOULD is not followed.</summary>
    NonStrict,

    /// <summary>The peer cannot do it: known before the run, or proven by a probe.</summary>
    Unsupported,

    /// <summary>Fails exactly as a listed deviation says.</summary>
    Known,

    /// <summary>Listed as a known deviation, and now passes: the list is out of date.</summary>
    Fixed,

    /// <summary>The control exchange failed, a container died, an engine is missing: nothing was learnt about the peer.</summary>
    Environment,

    /// <summary>A fault of the suite itself.</summary>
    HarnessError,
}
